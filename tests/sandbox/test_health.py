"""Whether the engine makes boxes is judged by what happened and by trying, and which containers nobody holds by patience."""

from __future__ import annotations

import pytest

from sandbox.health import Health
from sandbox.spec import SandboxFailure
from sandbox.strays import Strays

HANGS = SandboxFailure("the runtime hangs", retry=True)
NO_IMAGE = SandboxFailure("an image is missing", retry=False)


class Engine:
    """Makes boxes, or fails as told."""

    def __init__(self) -> None:
        self.failure: SandboxFailure | None = None
        self.tried = 0
        self.health = Health(self.try_one)

    def try_one(self) -> None:
        self.tried += 1
        if self.failure is not None:
            raise self.failure
        self.health.made()


def test_nothing_is_tried_while_all_is_well() -> None:
    engine = Engine()
    assert engine.health.able()
    assert (engine.tried, engine.health.trouble) == (0, "")


def test_an_engine_that_makes_no_boxes_is_tried_ever_more_rarely(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr("sandbox.health.time.monotonic", lambda: moment)
    engine = Engine()
    engine.failure = HANGS
    engine.health.failed(HANGS)
    tries = []
    for _ in range(20):
        assert not engine.health.able()
        tries.append(engine.tried)
        moment += 0.5
    assert tries[:9] == [1, 1, 2, 2, 2, 2, 3, 3, 3]
    assert engine.health.trouble == "the runtime hangs"
    engine.failure = None
    moment += 60
    assert engine.health.able()
    assert engine.health.trouble == ""


def test_a_failure_of_one_box_alone_is_no_trouble_of_the_engine() -> None:
    engine = Engine()
    engine.health.failed(HANGS)
    assert engine.health.able()
    assert engine.tried == 1


def test_a_missing_image_is_for_a_person_and_stops_nobody() -> None:
    engine = Engine()
    engine.health.failed(NO_IMAGE)
    assert engine.health.able()
    engine.health.failed(HANGS)
    engine.failure = NO_IMAGE
    assert engine.health.able()


def test_a_container_is_a_stray_after_it_was_seen_without_a_holder_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr("sandbox.strays.time.monotonic", lambda: moment)
    strays = Strays()
    assert strays.among({"a", "b"}) == set()
    moment += 100
    assert strays.among({"a", "c"}) == set()
    moment += 100
    assert strays.among({"a", "b", "c"}) == {"a"}
