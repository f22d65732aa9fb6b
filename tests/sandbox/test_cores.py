"""Boxes that are in use at the same time have a core each, where boxes are pinned and there are enough."""

from __future__ import annotations

import contextlib
import os
from typing import Any

import pytest

from sandbox import hardening
from sandbox.boxes import SupervisedBox
from sandbox.container import BoxContainer
from sandbox.containers import DockerSandbox
from sandbox.cores import Cores, CoresForSlots, cores_for, usable_cores
from sandbox.languages import LANGUAGES
from sandbox.spec import SandboxFailure

PYTHON = LANGUAGES["python3"]


@pytest.fixture
def owner(worker_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the owners of a test's sandboxes begin with. Only their boxes are seen: other tests have workers as well."""
    name = f"cores-{worker_id}-{os.getpid()}"
    labelled = DockerSandbox._labelled

    def ours(sandbox: DockerSandbox, label: str, **more: str) -> list[dict[str, Any]]:
        return [box for box in labelled(sandbox, label, **more) if box["Labels"][hardening.OWNER_LABEL].startswith(name)]

    monkeypatch.setattr(DockerSandbox, "_labelled", ours)
    return name


def test_there_is_a_core_for_every_slot_or_none_for_any() -> None:
    usable = sorted(os.sched_getaffinity(0))
    assert cores_for(len(usable)) == tuple(usable)
    assert cores_for(1) == (usable[0],)
    assert cores_for(len(usable) + 1) == ()


def test_a_core_that_somebody_has_is_left_to_them() -> None:
    usable = sorted(os.sched_getaffinity(0))
    assert cores_for(1, taken={usable[0]}) == tuple(usable[1:2])
    assert cores_for(len(usable), taken={usable[0]}) == ()


def test_no_two_have_the_same_core_and_one_too_many_has_none() -> None:
    cores = Cores((0, 1))
    assert [cores.take(None), cores.take(None), cores.take(None)] == [0, 1, None]
    cores.give_back(1)
    cores.give_back(None)
    assert [cores.take(0), cores.take(0)] == [1, None]


def test_a_box_keeps_the_core_that_it_was_made_for_while_nobody_else_has_it() -> None:
    cores = Cores((0, 1))
    assert (cores.take(1), cores.is_free(1), cores.is_free(0)) == (1, False, True)
    assert cores.take(1) == 0


def test_new_boxes_are_made_for_the_core_that_the_fewest_wait_for() -> None:
    cores = Cores((0, 1))
    assert [cores.for_new([]), cores.for_new([0]), cores.for_new([1]), cores.for_new([0, 1, None])] == [0, 1, 0, 0]
    cores.take(0)
    assert cores.for_new([]) == 1
    assert Cores(()).for_new([]) is None


def test_workers_that_begin_at_the_same_moment_come_to_different_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.cores.usable_cores", lambda: (0, 1, 2, 3, 4))
    monkeypatch.setattr("sandbox.cores.LOOK_AGAIN_S", -1.0)
    workers: dict[str, CoresForSlots] = {}
    seen: dict[str, tuple[int, ...]] = {}

    def others(name: str) -> list[tuple[int, str]]:
        return [(core, other) for other, cores in seen.items() if other != name for core in cores]

    for name in ("c", "a", "b"):
        workers[name] = CoresForSlots(2, name, lambda name=name: others(name))
    for _ in range(4):
        chosen = {name: worker.now() for name, worker in workers.items()}
        seen |= {name: tuple(core for core in range(5) if cores.has(core)) for name, cores in chosen.items()}
    assert seen == {"a": (0, 1), "b": (2, 3), "c": ()}


@pytest.mark.docker
def test_a_box_that_does_not_start_on_a_core_is_followed_by_one_that_may_use_all(
    owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = BoxContainer._start

    def refused(box: BoxContainer) -> None:
        if box.core is not None:
            raise SandboxFailure("cpuset.cpus: permission denied", retry=True)
        start(box)

    monkeypatch.setattr(BoxContainer, "_start", refused)
    with pinning(owner) as sandbox:
        with pytest.raises(SandboxFailure, match="permission denied"), sandbox.box(PYTHON, 65536):
            pass
        with sandbox.box(PYTHON, 65536) as box:
            assert pinned_to(sandbox, box) == ""


@pytest.mark.docker
def test_a_box_is_pinned_from_the_start_and_one_too_many_is_not(owner: str) -> None:
    with pinning(owner) as sandbox:
        for _ in range(2):
            with sandbox.box(PYTHON, 65536) as one, sandbox.box(PYTHON, 65536) as other:
                used = [pinned_to(sandbox, box) for box in (one, other)]
                assert used == [used[0], ",".join(map(str, usable_cores()))]
                assert used[0] in map(str, usable_cores())


@pytest.mark.docker
def test_runtimes_with_threads_of_their_own_may_use_every_core(owner: str) -> None:
    with pinning(owner) as sandbox, sandbox.box(LANGUAGES["java"], 65536) as box, sandbox.box(PYTHON, 65536) as pinned:
        assert pinned_to(sandbox, box) == ""
        assert pinned_to(sandbox, pinned) in map(str, usable_cores())


@pytest.mark.docker
def test_two_workers_of_one_engine_have_different_cores_and_a_third_none(owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.cores.usable_cores", lambda: (0, 1))
    with contextlib.ExitStack() as stack:
        sandboxes = [stack.enter_context(pinning(f"{owner}-{number}")) for number in range(3)]
        boxes = [stack.enter_context(sandbox.box(PYTHON, 65536)) for sandbox in sandboxes]
        assert [pinned_to(sandbox, box) for sandbox, box in zip(sandboxes, boxes, strict=True)] == ["0", "1", ""]


@pytest.mark.docker
def test_a_core_is_taken_once_its_worker_has_ended(owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.cores.usable_cores", lambda: (0,))
    monkeypatch.setattr("sandbox.cores.LOOK_AGAIN_S", 0.0)
    with pinning(f"{owner}-second") as second:
        with pinning(f"{owner}-first") as first, first.box(PYTHON, 65536), second.box(PYTHON, 65536) as box:
            assert pinned_to(second, box) == ""
        with second.box(PYTHON, 65536) as box:
            assert pinned_to(second, box) == "0"


@pytest.mark.docker
def test_a_core_that_there_is_not_is_done_without(
    owner: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sandbox.cores.usable_cores", lambda: (4000,))
    with pinning(owner) as sandbox, sandbox.box(PYTHON, 65536) as box:
        assert pinned_to(sandbox, box) == ""
    assert "sandbox.not_pinned core=4000" in caplog.text


def pinning(owner: str) -> DockerSandbox:
    return DockerSandbox(warm_boxes=0, owner=owner, pinned_slots=1)


def pinned_to(sandbox: DockerSandbox, box: SupervisedBox) -> str:
    found = sandbox._engine.api.inspect_container(box.container.id)  # type: ignore[attr-defined]
    return str(found["HostConfig"]["CpusetCpus"])
