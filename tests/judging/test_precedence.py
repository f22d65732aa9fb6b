"""Programs that fail in two ways at once: the first that applies of TLE, MLE, OLE, RTE and the comparison is the verdict.

A program is stopped when it passes its output limit, so that what it would have done after that does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from number_packages import MODERN, package
from pretend_sandbox import PYTHON

from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Verdict
from challenges.reading import read_problem
from sandbox.spec import SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

pytestmark = pytest.mark.docker

RIGHT = "import os, signal, sys, time\nprint(int(input()) + 1, flush=True)\n"
WRONG = "import os, signal, sys, time\nprint('wrong', flush=True)\n"
SPIN = "while True: pass\n"
HOARD = "kept = []\nwhile True: kept.append(bytearray(1 << 24))\n"
FLOOD = "try:\n    while True: sys.stdout.write('x' * 65536); sys.stdout.flush()\nexcept OSError:\n    pass\n"
CHILD = "if os.fork() == 0:\n    {}\nelse:\n    os.wait()\n"


def in_child(what: str) -> str:
    return CHILD.format(what.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("program", "verdict"),
    [
        (RIGHT + "sys.exit(1)\n", Verdict.RTE),
        (RIGHT + "os.kill(os.getpid(), signal.SIGTERM)\n", Verdict.RTE),
        (RIGHT + SPIN, Verdict.TLE),
        (RIGHT + "time.sleep(60)\n", Verdict.TLE),
        (RIGHT + "os.kill(os.getpid(), signal.SIGSTOP)\n", Verdict.TLE),
        (RIGHT + in_child(SPIN), Verdict.TLE),
        (RIGHT + HOARD, Verdict.MLE),
        (RIGHT + "raise MemoryError\n", Verdict.RTE),
        (RIGHT + FLOOD, Verdict.OLE),
        (RIGHT + FLOOD + "os._exit(1)\n", Verdict.OLE),
        (RIGHT + FLOOD + HOARD, Verdict.OLE),
        (RIGHT + FLOOD + SPIN, Verdict.OLE),
        (WRONG + "sys.exit(1)\n", Verdict.RTE),
        (WRONG + SPIN, Verdict.TLE),
        (WRONG + HOARD, Verdict.MLE),
        (WRONG, Verdict.WA),
        (RIGHT, Verdict.AC),
    ],
    ids=[
        *("right, status", "right, signal", "right, spins", "right, sleeps", "right, stopped", "right, child spins"),
        *("right, hoards", "right, says it hoards", "right, floods", "right, floods, status", "right, floods, hoards"),
        *("right, floods, spins", "wrong, status", "wrong, spins", "wrong, hoards", "wrong", "right"),
    ],
)
def test_the_first_that_applies(sandbox: DockerSandbox, program: str, verdict: Verdict) -> None:
    problem, findings = read_problem(package(MODERN))
    assert problem is not None, findings
    limits = limits_for(problem, PYTHON, memory_mib=256)
    found = grade(problem, (SourceFile("main.py", program.encode()),), PYTHON, sandbox, limits)
    assert found.verdict is verdict, found.tests[0].message
