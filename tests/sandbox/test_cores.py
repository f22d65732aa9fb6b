"""Boxes that are in use at the same time have a core each, where boxes are pinned and there are enough."""

from __future__ import annotations

import os

import pytest

from sandbox.containers import DockerSandbox
from sandbox.cores import Cores, cores_for
from sandbox.languages import LANGUAGES

PYTHON = LANGUAGES["python3"]


def test_there_is_a_core_for_every_slot_or_none_for_any() -> None:
    usable = sorted(os.sched_getaffinity(0))
    assert cores_for(len(usable)) == tuple(usable)
    assert cores_for(1) == (usable[0],)
    assert cores_for(len(usable) + 1) == ()


def test_no_two_have_the_same_core_and_one_too_many_has_none() -> None:
    cores = Cores((0, 1))
    assert [cores.take(), cores.take(), cores.take()] == [0, 1, None]
    cores.give_back(1)
    cores.give_back(None)
    assert [cores.take(), cores.take()] == [1, None]


@pytest.mark.docker
def test_a_box_is_pinned_while_it_is_used(worker_id: str) -> None:
    with DockerSandbox(warm_boxes=0, owner=f"cores-{worker_id}-{os.getpid()}", cores=cores_for(1)) as sandbox:
        for _ in range(2):
            with sandbox.box(PYTHON, 65536), sandbox.box(PYTHON, 65536):
                pinned = [
                    found["HostConfig"]["CpusetCpus"] for found in map(sandbox._engine.api.inspect_container, sandbox._in_use)
                ]
                assert sorted(pinned) == ["", str(min(os.sched_getaffinity(0)))]
