"""A host is measured by a reference program, and where it is slower than the one that proved a limit, the limit is longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from pretend_sandbox import PretendSandbox, ended, numbers
from sample_packages import package, report

from assessor.catalogue.models import ChallengeVersion
from assessor.catalogue.versions import create_version, publish, record_proof, request_proof
from assessor.database import Database
from assessor.judging.calibrating import ANSWER, RUNS, Calibration, measure
from assessor.judging.limits import limits_for
from assessor.judging.speeds import proven_ms, slowdown, speed_sentence
from sandbox.containers import DockerSandbox
from sandbox.languages import LANGUAGES
from sandbox.spec import RunOutcome, SandboxFailure


def taking(*cpu_ms: int) -> PretendSandbox:
    """A host on which the reference program takes so long, run by run."""
    return PretendSandbox(lambda _stdin, attempt: ended(ANSWER, cpu_ms=cpu_ms[attempt % len(cpu_ms)]))


@pytest.mark.docker
def test_the_reference_program_runs_in_the_sandbox_and_gives_its_answer(sandbox: DockerSandbox) -> None:
    assert measure(sandbox) > 0


def test_the_fastest_of_several_runs_counts() -> None:
    host = taking(250, 210, 400, 211, 230)
    assert measure(host) == 210
    assert len(host.ran) == RUNS


def test_a_host_without_time_to_spare_is_measured_once_only() -> None:
    host = taking(250, 210)
    assert measure(host, budget_s=0) == 250
    assert len(host.ran) == 1


@pytest.mark.parametrize("outcome", [ended(b"7\n"), ended(ANSWER, exit_code=1)], ids=["wrong", "failed"])
def test_a_reference_that_does_not_do_its_work_measures_nothing(outcome: RunOutcome) -> None:
    with pytest.raises(SandboxFailure, match="did not do what it must"):
        measure(PretendSandbox(lambda _stdin, _attempt: outcome))
    with pytest.raises(SandboxFailure, match="does not compile"):
        measure(PretendSandbox(compiles=False, says="no such compiler"))


def test_a_host_is_measured_once() -> None:
    host = taking(200)
    calibration = Calibration(host)
    assert calibration.known_ms is None
    assert [calibration.reference_ms(), calibration.reference_ms(), calibration.known_ms] == [200, 200, 200]
    assert len(host.ran) == RUNS


@pytest.mark.parametrize(
    ("here", "there", "factor"),
    [(200, 200, 1.0), (100, 200, 1.0), (230, 200, 1.0), (240, 200, 1.2), (500, 200, 2.5), (9000, 200, 4.0), (None, 200, 1.0)],
)
def test_limits_are_longer_in_proportion_but_never_shorter(here: int | None, there: int, factor: float) -> None:
    assert slowdown(here, there) == factor
    assert slowdown(there, None) == 1.0


def test_time_and_elapsed_time_are_longer_and_nothing_else_is() -> None:
    limits = limits_for(numbers({"a": [1]}), LANGUAGES["python3"], 1000)
    slower = limits.on_slower_host(2.5)
    assert (slower.time_ms, slower.wall_ms) == (2500, 7500)
    assert replace(slower.with_time(limits.time_ms), slowdown=1.0) == limits
    assert slower.slowdown == 2.5
    assert limits.on_slower_host(1.0) == limits


def test_a_version_keeps_how_fast_the_host_was_that_proved_it(database: Database, now: datetime) -> None:
    with database.writing() as session:
        version = create_version(session, package(), None, None, now)
        assert proven_ms(session) is None
        record_proof(session, request_proof(session, version.id, now, publish=False), report() | {"reference_ms": 210}, now)
        publish(session, version.id, "service", now)
        version_id = version.id
    with database.reading() as session:
        assert session.get_one(ChallengeVersion, version_id).reference_ms == 210
        assert proven_ms(session) == 210


def test_the_speed_is_told_in_a_sentence() -> None:
    assert speed_sentence(212, None).startswith("The reference program takes 212 ms here. No time limit")
    assert "factor 1.01, time limits are kept as they are." in speed_sentence(212, 210)
    assert "factor 2.00, time limits are 2 times as long here." in speed_sentence(420, 210)
