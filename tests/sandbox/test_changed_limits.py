"""A box's memory limit when the engine complains of having changed it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import docker.errors
import pytest
from docker.api.client import APIClient

from sandbox.containers import DockerSandbox
from sandbox.languages import LANGUAGES
from sandbox.spec import Ending, RunSpec, SandboxFailure, SourceFile
from tests.sandbox.conftest import COMPILE, USUAL

HOG = b"#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }\n"
OF_CRUN = "Cannot update container 1: crun did not terminate successfully: cannot set kernel memory with cgroupv2: : unknown"


@pytest.fixture
def complaining(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on the engine changes limits, and says afterwards that it did not."""
    update = APIClient.update_container

    def complaining(words: str) -> None:
        def updated(client: APIClient, *args: Any, **limits: Any) -> None:
            update(client, *args, **limits)
            raise docker.errors.APIError("500 Server Error", explanation=words)

        monkeypatch.setattr(APIClient, "update_container", updated)

    return complaining


@pytest.mark.docker
def test_what_crun_complains_of_on_version_2_was_done_all_the_same(complaining: Callable[[str], None]) -> None:
    complaining(OF_CRUN)
    with sandbox() as opened, opened.box(LANGUAGES["c"], USUAL.memory_kib) as box:
        assert box.compile((SourceFile("main.c", HOG),), COMPILE).ok
        (outcome,) = box.run([RunSpec(b"", USUAL)])
    assert outcome.ending is Ending.MEMORY_LIMIT


@pytest.mark.docker
def test_another_complaint_is_a_failure_of_ours(complaining: Callable[[str], None]) -> None:
    complaining("Cannot update container 1: no space left on device")
    with (
        sandbox() as opened,
        opened.box(LANGUAGES["c"], USUAL.memory_kib) as box,
        pytest.raises(SandboxFailure, match="no space"),
    ):
        box.compile((SourceFile("main.c", HOG),), COMPILE)


def sandbox() -> DockerSandbox:
    return DockerSandbox(warm_boxes=0, owner=f"tests-changed-{os.getpid()}")
