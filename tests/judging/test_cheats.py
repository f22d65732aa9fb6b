"""Programs that want points they have not earned, judged for real: each gets the verdict of what it printed.

The challenge is to print the word that belongs to a number. The words are nowhere but in the answers, so whoever prints one
has found it where it must not be.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from number_packages import MODERN, package
from pretend_sandbox import PYTHON

from assessor.judging.comparing import compare
from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.verdicts import Verdict
from challenges.problem import Problem
from challenges.reading import read_problem
from sandbox.spec import SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

START, WORDS = "treasure-", ("4c1f90ab", "d07e5523")
FILES = {
    **MODERN,
    "data/sample/1.in": "1\n",
    "data/sample/1.ans": "1\n",
    "data/secret/1.in": "5\n",
    "data/secret/1.ans": f"{START}{WORDS[0]}\n",
    "data/secret/2.in": "7\n",
    "data/secret/2.ans": f"{START}{WORDS[1]}\n",
}
RIGHT = f"print({{'1': '1', '5': '{START}{WORDS[0]}', '7': '{START}{WORDS[1]}'}}[input()]"

EVERYWHERE = """\
import os, re
wanted = re.compile(b'treas' + b'ure-[0-9a-f]{8}')
found = set()
def look(data): found.update(wanted.findall(data))
with open('/proc/self/mem', 'rb', 0) as memory:
    for line in open('/proc/self/maps'):
        low, high = (int(end, 16) for end in line.split()[0].split('-'))
        try:
            memory.seek(low)
            look(memory.read(high - low))
        except (OSError, ValueError, OverflowError): pass
for top, folders, names in os.walk('/'):
    folders[:] = [f for f in folders if os.path.join(top, f) not in ('/usr', '/sys', '/proc', '/lib')]
    for name in names:
        path = os.path.join(top, name)
        if os.path.isfile(path) and not os.path.islink(path):
            try: look(open(path, 'rb').read(1 << 20))
            except OSError: pass
for process in filter(str.isdigit, os.listdir('/proc')):
    for name in ('cmdline', 'environ'):
        try: look(open(f'/proc/{process}/{name}', 'rb').read())
        except OSError: pass
print(*(word.decode() for word in found))
"""

MEMORY = """\
import glob, os
number = input()
places = ('/tmp', '/dev/shm', '.', '/box', '/var/tmp', os.path.expanduser('~'))
kept = [open(path).read() for place in places for path in glob.glob(place + '/kept*')]
print(kept[0] if kept else number)
for place in places:
    try: open(place + '/kept-' + number, 'w').write('treasure-' + number)
    except OSError: pass
"""

CHEATS: dict[str, tuple[str, Verdict]] = {
    "57 rewrites its input": (
        "import os\nfor path in ('/dev/stdin', '/proc/self/fd/0'):\n    for mode in ('r+', 'w', 'a'):\n"
        "        try: open(path, mode).write('1')\n        except OSError: pass\nprint(input())\n",
        Verdict.WA,
    ),
    "58 prints a verdict": (
        "print('AC')\nprint('timelimit exceeded')\nprint('{\"verdict\": \"AC\", \"score\": 100}')\n",
        Verdict.WA,
    ),
    "58 ends as a validator that accepts": ("raise SystemExit(42)\n", Verdict.RTE),
    "58 leaves a score": (
        "for path in ('score.txt', 'results.json', '/box/feedback/score.txt', '/tmp/score.txt'):\n"
        "    try: open(path, 'w').write('100')\n    except OSError: pass\n",
        Verdict.WA,
    ),
    "59 ends early": ("import os\nos._exit(0)\n", Verdict.WA),
    "60 prints what is equal to everything": (
        "class All(str):\n    __eq__ = lambda self, other: True\n    __hash__ = str.__hash__\n"
        "    __str__ = lambda self: self\nprint(All())\n",
        Verdict.WA,
    ),
    "61 patches what prints and compares": (
        "import builtins, io, sys, unittest\nbuiltins.print = lambda *a, **k: None\nsys.stdout = io.StringIO()\n"
        "unittest.TestCase.assertEqual = lambda *a: None\n"
        "open('conftest.py', 'w').write('def pytest_runtest_call(item): pass')\n",
        Verdict.WA,
    ),
    "62 looks for the answer everywhere": (EVERYWHERE, Verdict.WA),
    "63 hides the rest behind a zero byte": (RIGHT + " + '\\0rest')\n", Verdict.WA),
    "66 keeps what it has seen": (MEMORY, Verdict.WA),
    "the words themselves are right": (RIGHT + ")\n", Verdict.AC),
}


@pytest.fixture(scope="module")
def words() -> Problem:
    problem, findings = read_problem(package(FILES))
    assert problem is not None, findings
    return problem


@pytest.mark.docker
@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_gets_what_it_deserves(sandbox: DockerSandbox, words: Problem, name: str) -> None:
    source, verdict = CHEATS[name]
    limits = limits_for(words, PYTHON, 8000)
    found = grade(words, (SourceFile("main.py", source.encode()),), PYTHON, sandbox, limits, all_tests=True)
    assert found.verdict is verdict
    hidden = [test for test in found.tests if test.name.startswith("secret")]
    assert len(hidden) == 2
    assert all((test.verdict is Verdict.AC) is (verdict is Verdict.AC) for test in hidden)


@pytest.mark.docker
def test_fifty_at_once_get_each_its_own(sandbox: DockerSandbox, words: Problem) -> None:
    def judged(number: int) -> tuple[Verdict, set[bytes | None]]:
        source = f"import sys\nsys.stderr.write('number {number}')\n" + (RIGHT + ")\n" if number % 2 else f"print({number})\n")
        found = grade(words, (SourceFile("main.py", source.encode()),), PYTHON, sandbox, limits_for(words, PYTHON, 8000))
        return found.verdict, {test.stderr for test in found.tests}

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(judged, range(50)))
    assert [verdict for verdict, _ in found] == [Verdict.AC if number % 2 else Verdict.WA for number in range(50)]
    assert [said - {None} for _, said in found] == [{f"number {number}".encode()} for number in range(50)]


UNUSUAL = (
    *(b"nan", b"-nan", b"inf", b"-Infinity", b"1e400", b"-1e400", b"1e-400", b"0x1p3", b"-0", b"+1", b"1_0", b"\xd9\xa1", b"1,0"),
    *(b"1" * 1_000_000, b"0." + b"0" * 1_000_000 + b"1", b"1e" + b"9" * 1_000_000, b"[" * 1_000_000, b"\xff\xfe\x00\x31"),
    *(b"\0", b"", b"\n" * 1_000_000, b"(a+)+$" * 10_000, b"\xed\xa0\x80", b"\x1b[2J", b"1\r", b"--1", b".", b"e", b"-"),
)


@pytest.mark.parametrize("flags", [(), ("float_tolerance", "1e-6"), ("case_sensitive", "space_change_sensitive")], ids=str)
def test_no_output_breaks_the_comparer(flags: tuple[str, ...]) -> None:
    for one in UNUSUAL:
        assert compare(one, one, flags).accepted
        assert not compare(one + b" 12345678987654321", b"42", flags).accepted
        assert not compare(one + b" x", one + b" y", flags).accepted
