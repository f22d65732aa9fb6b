"""What a test's command is put into on this machine is measured where it is installed, and only by right answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.baselines import OnHost
from bench.measuring import BenchFailure
from bench.programs import Submission, tiny
from bench.workloads import WITHIN, on_this_machine

STANDS_IN = """\
#!/bin/sh
until [ -x "$1" ] && [ -f "$1" ]; do shift; done
exec "$@"
"""


def names(host: OnHost, submission: Submission) -> list[str]:
    """What the contenders on this machine call what they measure."""
    return [name for contender in on_this_machine(host, submission) for name in contender.measure()]


@pytest.mark.parametrize("program", WITHIN)
def test_it_is_measured_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    submission = tiny("python3", 2)
    with OnHost() as host:
        assert names(host, submission) == ["bare on this machine"]
        (tmp_path / program).write_text(STANDS_IN)
        (tmp_path / program).chmod(0o755)
        assert names(host, submission) == ["bare on this machine", f"{program} on this machine"]


@pytest.mark.parametrize("program", WITHIN)
def test_one_that_does_not_start_programs_is_no_measurement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / program).write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / program).chmod(0o755)
    submission = tiny("python3", 2)
    with OnHost() as host:
        assert names(host, submission) == ["bare on this machine"]
        with pytest.raises(BenchFailure, match=f"{program} ended with status 1"):
            host.seconds(submission, within=WITHIN[program])
