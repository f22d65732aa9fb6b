"""DMOJ's judge is measured where it is installed, and only by what it accepts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bench.dmoj import FOLDER, Dmoj, files_of, installed, seconds_of_grading, seconds_of_tests
from bench.measuring import BenchFailure
from bench.programs import tiny

ACCEPTED = [
    (0.1, "Start grading after-one/1 in CPP20..."),
    (2.0, "Test case  1 AC [0.004s (0.005s wall) | 3652kb] "),
    (2.25, "Test case  2 AC [0.057s (0.058s wall) | 3652kb] "),
    (2.5, "Test case  3 AC [0.012s (0.013s wall) | 3652kb] "),
    (2.75, "Done grading after-one/1."),
]
ANSWERS = """\
#!/usr/bin/python3
import sys
tests = {tests}
print("\\nRunning local judge...\\n\\ndmoj> ", end="")
for line in sys.stdin:
    _submit, *_limits, problem, _language, _source = line.split()
    print("Start grading", problem)
    for number in range(tests + (problem == "after-one")):
        print(f"Test case {{number + 1:2}} {verdict} [0.01s]")
    print("Done grading", problem, "\\n\\ndmoj> ", end="")
"""


def judge_that_answers(folder: Path, tests: int, verdict: str = "AC") -> Path:
    """A virtual environment whose `dmoj-cli` speaks as the real one and judges nothing."""
    command = folder / "judge" / "bin" / "dmoj-cli"
    command.parent.mkdir(parents=True)
    command.write_text(ANSWERS.format(tests=tests, verdict=verdict))
    for path in (command, command.parent, command.parent.parent):
        path.chmod(0o755)
    return command.parent.parent


def test_the_compiler_and_the_test_after_it_are_not_counted() -> None:
    assert seconds_of_tests(ACCEPTED, 3) == 0.5


def test_a_whole_grading_ends_with_its_last_word() -> None:
    assert seconds_of_grading(ACCEPTED, 3) == 2.75


@pytest.mark.parametrize(
    "lines",
    [
        ACCEPTED[:-1],
        ACCEPTED[:2] + ACCEPTED[3:],
        [(came, text.replace("3 AC", "3 WA")) for came, text in ACCEPTED],
        [(0.1, "Start grading after-one/1 in CPP20..."), (0.4, "Failed compiling submission!")],
    ],
)
def test_what_it_does_not_accept_is_no_measurement(lines: list[tuple[float, str]]) -> None:
    for seconds in (seconds_of_grading, seconds_of_tests):
        with pytest.raises(BenchFailure, match="did not accept"):
            seconds(lines, 3)


def test_it_gets_the_same_program_and_tests() -> None:
    submission = tiny("cpp", 2)
    files = files_of(submission)
    assert files[f"{FOLDER}/main.cpp"] == submission.source
    assert len(json.loads(files[f"{FOLDER}/problems/all/init.yml"])["test_cases"]) == 2
    cases = json.loads(files[f"{FOLDER}/problems/after-one/init.yml"])["test_cases"]
    folder = f"{FOLDER}/problems/after-one"
    pairs = [(files[f"{folder}/{case['in']}"], files[f"{folder}/{case['out']}"]) for case in cases]
    assert pairs == [submission.tests[0], *submission.tests]


def test_it_is_found_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = judge_that_answers(tmp_path, tests=1)
    links = tmp_path / "links"
    links.mkdir()
    monkeypatch.setenv("PATH", str(links))
    assert installed() is None
    (links / "dmoj-cli").symlink_to(home / "bin" / "dmoj-cli")
    assert installed() == home


@pytest.mark.docker
@pytest.mark.parametrize("language", ["python3", "cpp"])
def test_its_command_line_is_spoken_with_in_the_image(tmp_path: Path, language: str) -> None:
    with Dmoj(judge_that_answers(tmp_path, tests=2), tiny(language, 2)) as judge:
        for _again in range(2):
            assert judge.seconds() >= 0


@pytest.mark.docker
def test_wrong_answers_end_the_measurement(tmp_path: Path) -> None:
    home = judge_that_answers(tmp_path, tests=2, verdict="WA")
    with Dmoj(home, tiny("python3", 2)) as judge, pytest.raises(BenchFailure, match="did not accept"):
        judge.seconds()


@pytest.mark.docker
def test_one_that_does_not_start_says_why(tmp_path: Path) -> None:
    home = judge_that_answers(tmp_path, tests=1)
    (home / "bin" / "dmoj-cli").write_text("#!/usr/bin/python3\nraise SystemExit('No module named dmoj')\n")
    with Dmoj(home, tiny("python3", 1)) as judge, pytest.raises(BenchFailure, match="No module named dmoj"):
        judge.seconds()
    shutil.rmtree(home)
    with Dmoj(home, tiny("python3", 1)) as judge, pytest.raises(BenchFailure, match="the container has ended"):
        judge.seconds()
