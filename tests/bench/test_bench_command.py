"""Every workload runs, and the command prints it all as one document."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from assessor.cli.bench import command
from assessor.errors import BadInput
from bench.baselines import Bare, check_outputs
from bench.measuring import BenchFailure
from bench.programs import Submission, tiny
from bench.workloads import WORKLOADS
from sandbox import images


def test_an_unknown_workload_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="there is no workload 'pythn'; there are python, cpp"):
        CliRunner().invoke(command, ["pythn"], catch_exceptions=False)


def test_wrong_answers_are_not_fast() -> None:
    check_outputs(tiny("python3", 2), ["1\n", "5\n"])
    with pytest.raises(BenchFailure, match="wrong answers"):
        check_outputs(tiny("python3", 2), ["1\n", "4\n"])


@pytest.mark.docker
def test_a_bare_program_that_fails_is_no_measurement() -> None:
    broken = Submission(tiny("python3", 1).language, "raise SystemExit(3)", (("", ""),))
    with Bare(images.tag("core")) as bare, pytest.raises(BenchFailure, match="ended with status 3"):
        bare.seconds(broken)


@pytest.mark.docker
@pytest.mark.parametrize("name", WORKLOADS)
def test_a_workload_runs_in_tiny_sizes(name: str) -> None:
    done = CliRunner().invoke(command, [name, "--quick", "--rounds", "1", "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    (workload,) = document["workloads"]
    assert (workload["name"], workload["failure"]) == (name, None)
    assert workload["reached"] > 0
    assert document["machine"]["cores"] >= 1
    by_name = {figure["name"]: figure for figure in workload["figures"]}
    if workload["baseline"]:
        assert by_name[workload["baseline"]]["ratio"] == 1.0
        assert by_name[workload["figure"]]["ratio"] == workload["reached"]
