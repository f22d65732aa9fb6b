"""A contender from elsewhere: DMOJ's judge, where its `dmoj-cli` is installed in a virtual environment of its own.

It runs in the image with the image's own programs, as the bare ones do, in a container that confines nothing: what confines
the submission is the judge. It is spoken with as a person would, through its command line's prompt.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from bench import stamping
from bench.baselines import UNCONFINED, read_answer
from bench.measuring import BenchFailure
from bench.programs import Submission
from sandbox import images

COMMAND = "dmoj-cli"
PROMPT = "dmoj> "
NAMES = {"python3": "PY3", "cpp": "CPP20"}
"""What it calls the languages that are measured with it."""
RUNTIMES = {"python3": "/usr/bin/python3", "g++17": "/usr/bin/g++", "g++20": "/usr/bin/g++"}
FOLDER = "/tmp/judge"  # noqa: S108 - inside a container of its own
LIMITS = ("-tl", "10", "-ml", str(256 * 1024))
VERDICT = re.compile(r"Test case +\d+ (\S+)")
DONE = "Done grading"

Lines = Sequence[tuple[float, str]]


def installed() -> Path | None:
    """The virtual environment whose `dmoj-cli` stands in PATH."""
    found = shutil.which(COMMAND)
    return Path(found).resolve().parent.parent if found else None


def seconds_of_grading(lines: Lines, tests: int) -> float:
    """From the order to the judge's last word: its own check of the source and all tests. Raises unless all are accepted."""
    _check(lines, tests)
    return next(came for came, text in lines if text.startswith(DONE))


def seconds_of_tests(lines: Lines, tests: int) -> float:
    """From the first verdict to the last: all tests but the first, which came after the compiler and only starts the clock."""
    _check(lines, tests)
    came = [came for came, text in lines if VERDICT.match(text)]
    return came[-1] - came[0]


def _check(lines: Lines, tests: int) -> None:
    verdicts = [found[1] for _came, text in lines if (found := VERDICT.match(text))]
    if verdicts != ["AC"] * tests or not any(text.startswith(DONE) for _came, text in lines):
        raise BenchFailure("DMOJ's judge did not accept the program: " + " / ".join(text for _came, text in lines)[:500])


def files_of(submission: Submission) -> dict[str, str]:
    """Its settings, the tests as one of its problems, and the source, by their paths. The problem's first test comes twice."""
    tests = (submission.tests[0], *submission.tests)
    settings = {"id": "bench", "key": "bench", "problem_storage_globs": [f"{FOLDER}/problems/*"], "runtime": RUNTIMES}
    problems = {
        "all": [_case(number) for number in range(1, len(tests))],
        "after-one": [_case(number) for number in range(len(tests))],
    }
    files = {f"{FOLDER}/judge.yml": json.dumps(settings), f"{FOLDER}/{submission.language.source_name}": submission.source}
    for name, cases in problems.items():
        files[f"{FOLDER}/problems/{name}/init.yml"] = json.dumps({"test_cases": cases})
        for number, (given, answer) in enumerate(tests):
            files[f"{FOLDER}/problems/{name}/{number}.in"] = given
            files[f"{FOLDER}/problems/{name}/{number}.out"] = answer
    return files


def _case(number: int) -> dict[str, str | int]:
    return {"in": f"{number}.in", "out": f"{number}.out", "points": 1}


class Dmoj:
    """The judge of the virtual environment `home`, started once, with one submission that it grades again and again."""

    def __init__(self, home: Path, submission: Submission) -> None:
        self._submission = submission
        place = ("--mount", f"type=bind,source={home},target={home},readonly", "--tmpfs", "/tmp:exec")  # noqa: S108
        who = ("--user", "1000:1000", "--env", "HOME=/tmp", "--env", "PYTHONUNBUFFERED=1")
        image = images.tag(submission.language.image)
        inside = ("/usr/bin/python3", "-c", Path(stamping.__file__).read_text())
        self._process = subprocess.Popen(
            (*UNCONFINED, *place, *who, "--entrypoint", inside[0], image, *inside[1:]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        judge = [f"{home}/bin/{COMMAND}", "--no-ansi", "--skip-self-test", "-c", f"{FOLDER}/judge.yml"]
        self._say(json.dumps({"files": files_of(submission), "command": judge, "prompt": PROMPT}))

    def seconds(self) -> float:
        """How long it takes, the tests alone where the program is compiled. Raises `BenchFailure` unless all are accepted."""
        tests = len(self._submission.tests)
        if self._submission.is_compiled:
            return seconds_of_tests(self._grade("after-one"), tests + 1)
        return seconds_of_grading(self._grade("all"), tests)

    def _grade(self, problem: str) -> Lines:
        language = self._submission.language
        self._say(" ".join(("submit", *LIMITS, problem, NAMES[language.id], f"{FOLDER}/{language.source_name}")))
        assert self._process.stdout is not None
        return [(came, text) for came, text in read_answer(self._process.stdout.readline(), "DMOJ's judge")["lines"]]

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # what it said before it ended is read next
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def __enter__(self) -> Dmoj:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.communicate()
