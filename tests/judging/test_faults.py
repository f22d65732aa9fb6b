"""A plan of faults is read, each happens at its passing of its step, and only once for a data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.errors import BadInput
from assessor.judging.faults import Action, Fault, Faults, LaidFault, parse_plan
from sandbox.steps import Step


def test_a_plan_is_read() -> None:
    assert parse_plan("kill@claimed, raise@test-run:3") == (
        Fault(Action.KILL, Step.CLAIMED),
        Fault(Action.RAISE, Step.TEST_RUN, 3),
    )
    assert parse_plan("") == ()


@pytest.mark.parametrize("plan", ["kill", "kill@nowhere", "burn@claimed", "kill@claimed:x"])
def test_what_is_no_plan_is_refused(plan: str) -> None:
    with pytest.raises(BadInput, match="is no fault"):
        parse_plan(plan)


def test_a_fault_happens_at_its_passing_and_once(tmp_path: Path) -> None:
    plan = parse_plan("raise@compiled:2")
    faults = Faults(plan, tmp_path / "faults")
    faults(Step.CLAIMED)
    faults(Step.COMPILED)
    with pytest.raises(LaidFault):
        faults(Step.COMPILED)
    faults(Step.COMPILED)
    again = Faults(plan, tmp_path / "faults")
    again(Step.COMPILED)
    again(Step.COMPILED)
