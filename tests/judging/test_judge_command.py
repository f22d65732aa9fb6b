"""`assessor judge` and `assessor challenge verify` as people call them, on real Docker: every verdict, precedence, bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from number_packages import LEGACY, MODERN, RIGHT, SCORING, WRONG, package, write_package

from assessor.judging.grading import grade
from assessor.judging.limits import limits_for
from assessor.judging.running import run_custom, run_samples
from assessor.judging.verdicts import Verdict
from challenges.reading import read_problem
from sandbox.languages import LANGUAGES
from sandbox.spec import SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

ROOT = Path(__file__).resolve().parents[2]
MEMORY = ("--memory", "64")

PYTHON = {
    "AC": RIGHT,
    "WA": WRONG,
    "TLE": "n = int(input())\nwhile True:\n    n += 1\n",
    "MLE": "hog = []\nwhile True:\n    hog.append(bytearray(b'x') * (1 << 20))\n",
    "OLE": "while True:\n    print('x' * 100_000)\n",
    "RTE": "print(int(input()) + 1 // 0)\n",
    "CE": "print(int(input()) + 1\n",
}
CPP_START = "#include <bits/stdc++.h>\nint main() { long n; std::cin >> n; "
CPP = {
    "AC": CPP_START + "std::cout << n + 1; }",
    "WA": CPP_START + "std::cout << n + 2; }",
    "TLE": CPP_START + "volatile long m = n; for (;;) m = m + 1; }",
    "MLE": CPP_START
    + "std::vector<char *> v; for (;;) { char *p = new char[1 << 20]; memset(p, n + 1, 1 << 20); v.push_back(p); } }",
    "OLE": CPP_START + "for (;;) std::cout << std::string(100000, 'x') << '\\n'; }",
    "RTE": CPP_START + "std::cout << n + 1 << std::endl; volatile int *p = nullptr; *p = 1; }",
    "CE": CPP_START + "std::cout << m + 1; }",
}
PRECEDENCE = {
    "a right answer, then a crash": (RIGHT + "raise SystemExit(3)\n", "RTE"),
    "a right answer, then a signal": (RIGHT + "import os\nos.abort()\n", "RTE"),
    "a right answer, then sleep": ("import sys, time\n" + RIGHT + "sys.stdout.flush()\ntime.sleep(60)\n", "TLE"),
    "a right answer, then spinning": ("import sys\n" + RIGHT + "sys.stdout.flush()\nwhile True: pass\n", "TLE"),
    "a right answer, then a flood": (RIGHT + "while True: print(' ' * 100_000)\n", "OLE"),
    "a wrong answer with exit status 1": (WRONG + "raise SystemExit(1)\n", "RTE"),
    "a wrong answer with exit status 42": (WRONG + "raise SystemExit(42)\n", "RTE"),
    "memory, then sleep": ("import time\nhog = bytearray(b'x') * (40 << 20)\ntime.sleep(60)\n", "TLE"),
    "a forged verdict": ('print(\'{"verdict": "AC"}\')\n', "WA"),
    "nothing printed": ("input()\n", "WA"),
    "input not read": ("print(2)\n", "WA"),
    "a NUL after the answer": ("print(str(int(input()) + 1) + '\\0')\n", "WA"),
    "a child that works on": ("import os\nif os.fork() == 0:\n    while True: pass\n" + RIGHT + "os.wait()\n", "TLE"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "one-more")


def assessor(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from assessor.cli.main import main; main()", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)


def judged(folder: Path, name: str, source: str, *options: str) -> dict[str, Any]:
    path = folder.parent / name
    path.write_text(source)
    done = assessor("judge", folder, path, "--json", *options)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.mark.docker
@pytest.mark.parametrize("verdict", list(PYTHON))
@pytest.mark.parametrize(("name", "programs"), [("a.py", PYTHON), ("a.cpp", CPP)], ids=["python3", "cpp"])
def test_every_verdict(folder: Path, name: str, programs: dict[str, str], verdict: str) -> None:
    found = judged(folder, name, programs[verdict], *MEMORY)
    assert found["verdict"] == verdict, found
    assert found["limits"] == {"time_ms": 1000, "memory_kib": 65536, "output_kib": 8192}
    assert found["compile"]["verdict"] == ("CE" if verdict == "CE" else "AC")
    assert bool(found["compile"]["output"]) is (verdict == "CE")
    assert (found["tests"] == []) is (verdict == "CE")
    if verdict != "CE":
        assert found["tests"][-1]["verdict"] == verdict
    assert (found["score"], found["max_score"]) == (None, None)


@pytest.mark.docker
@pytest.mark.parametrize(("source", "verdict"), list(PRECEDENCE.values()), ids=list(PRECEDENCE))
def test_what_comes_first_counts(folder: Path, source: str, verdict: str) -> None:
    assert judged(folder, "a.py", source)["verdict"] == verdict


@pytest.mark.docker
def test_a_scored_package_tells_points_and_every_field(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "scored", SCORING)
    found = judged(folder, "half.py", "n = int(input())\nprint(n + 1 if n > 0 else n)\n")
    assert (found["verdict"], found["score"], found["max_score"], found["language"]) == ("WA", 40.0, 100.0, "python3")
    assert [(test["name"], test["group"], test["verdict"]) for test in found["tests"]] == [
        ("sample/1", "sample", "AC"),
        ("secret/group1/1", "secret/group1", "AC"),
        ("secret/group2/1", "secret/group2", "WA"),
    ]
    keys = {"name", "group", "verdict", "cpu_ms", "wall_ms", "memory_kib", "exit_code", "signal", "output_bytes", "message"}
    assert all(keys <= set(test) for test in found["tests"])
    assert found["tests"][0]["exit_code"] == 0
    assert found["tests"][0]["memory_kib"] > 1000
    assert set(found["sandbox"]) == {"runtime", "acquire_ms", "total_ms"}


@pytest.mark.docker
def test_a_folder_of_files_is_one_program(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    (program / "main.py").write_text("from more import one_more\nprint(one_more(int(input())))\n")
    (program / "more.py").write_text("def one_more(number):\n    return number + 1\n")
    done = assessor("judge", folder, program, "--json")
    assert json.loads(done.stdout)["verdict"] == "AC", done.stderr


@pytest.mark.docker
def test_people_get_words_and_progress_on_stderr(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG)
    done = assessor("judge", folder, tmp_path / "wrong.py", "--all-tests")
    assert done.returncode == 0
    assert "sample/1: WA: Line 1, column 1" in done.stdout
    assert done.stdout.splitlines()[-1] == "WA, 0 of 3 tests run were passed"
    assert "3/3 secret/2 WA" in done.stderr


@pytest.mark.docker
def test_the_same_program_gets_the_same_verdict_every_time_under_load(sandbox: DockerSandbox) -> None:
    problem, _ = read_problem(package(SCORING))
    assert problem is not None
    language = LANGUAGES["python3"]
    programs = [RIGHT, "n = int(input())\nprint(n + 1 if n > 0 else n)\n", PYTHON["RTE"], "print('x' * (9 << 20))\n"]

    def outcome(source: str) -> tuple[str, float | None, tuple[tuple[str, str], ...]]:
        found = grade(problem, (SourceFile("main.py", source.encode()),), language, sandbox, limits_for(problem, language))
        return found.verdict.value, found.score, tuple((result.name, result.verdict.value) for result in found.tests)

    with ThreadPoolExecutor(4) as several:
        outcomes = list(several.map(outcome, programs * 20))
    for number, expected in enumerate([("AC", 100.0), ("WA", 40.0), ("RTE", 0.0), ("OLE", 0.0)]):
        same = set(outcomes[number :: len(programs)])
        assert len(same) == 1, same
        assert next(iter(same))[:2] == expected


@pytest.mark.docker
def test_runs_on_samples_and_on_ones_own_input(sandbox: DockerSandbox) -> None:
    problem, _ = read_problem(package())
    assert problem is not None
    language = LANGUAGES["python3"]
    limits, files = limits_for(problem, language), (SourceFile("main.py", WRONG.encode()),)
    (sample,) = run_samples(problem, files, language, sandbox, limits).tests
    assert (sample.name, sample.verdict, sample.stdout, sample.stderr) == ("sample/1", Verdict.WA, b"3\n", b"")
    (custom,) = run_custom(files, language, b"40\n", sandbox, limits).tests
    assert (custom.verdict, custom.stdout) == (Verdict.AC, b"42\n")
    (crash,) = run_custom(files, language, b"forty\n", sandbox, limits).tests
    assert crash.verdict is Verdict.RTE
    assert crash.stderr is not None
    assert b"ValueError" in crash.stderr


@pytest.mark.docker
def test_verify_holds_for_a_package_that_holds(tmp_path: Path) -> None:
    slow = {"submissions/time_limit_exceeded/slow.cpp": CPP["TLE"], "submissions/accepted/right.cpp": CPP["AC"]}
    good = write_package(tmp_path / "good", MODERN, **slow)
    done = assessor("challenge", "verify", good, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0, document
    assert document["ok"] is True
    (found,) = document["packages"]
    assert (found["path"], found["ok"], found["time_limit_ms"], found["findings"]) == (str(good), True, 1000, [])
    assert [(one["path"], one["language"], one["verdict"], one["ok"]) for one in found["submissions"]] == [
        ("submissions/accepted/right.cpp", "cpp", "AC", True),
        ("submissions/accepted/right.py", "python3", "AC", True),
        ("submissions/time_limit_exceeded/slow.cpp", "cpp", "TLE", True),
        ("submissions/wrong_answer/wrong.py", "python3", "WA", True),
    ]
    assert "good: 0/4 submissions/accepted/right.cpp" in done.stderr


@pytest.mark.docker
def test_verify_says_what_does_not_hold(tmp_path: Path) -> None:
    bad = write_package(tmp_path / "bad", LEGACY, **{"submissions/accepted/crash.py": PYTHON["RTE"]})
    done = assessor("challenge", "verify", bad)
    assert done.returncode == 1
    assert "FAIL submissions/accepted/crash.py: RTE" in done.stdout
    assert "crash.py: error: earned RTE on sample/1" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{bad}: does not hold, time limit 1000 ms"


def test_verify_of_a_package_that_is_not_there(tmp_path: Path) -> None:
    done = assessor("challenge", "verify", tmp_path / "nowhere", "--json")
    assert done.returncode == 2
    assert "no such folder" in json.loads(done.stdout)["packages"][0]["findings"][0]["message"]


@pytest.mark.parametrize(
    ("name", "content", "options", "words"),
    [
        ("a.py", b"", (), "is empty"),
        ("a.py", b" \n\n", (), "is empty"),
        ("a.py", b"x = 1\n" * 30_000, (), "is too large: 180000 bytes, and at most 128 KiB"),
        ("a.py", b"\x7fELF\0\0\0", (), "NUL byte"),
        ("a.xyz", b"x = 1\n", (), ".xyz cannot be judged here"),
        ("program", b"x = 1\n", (), "no extension cannot be judged here"),
        ("a.py", b"x = 1\n", ("--language", "cobol"), "“cobol” cannot be judged here"),
        ("a.py", b"#!/usr/bin/python2\nprint 1\n", (), "is Python 2"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused(
    folder: Path, name: str, content: bytes, options: tuple[str, ...], words: str
) -> None:
    path = folder.parent / name
    path.write_bytes(content)
    done = assessor("judge", folder, path, *options, "--json")
    assert done.returncode == 2, done.stderr
    assert words in json.loads(done.stdout)["error"]
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_source_that_is_not_there_is_refused(folder: Path) -> None:
    done = assessor("judge", folder, folder.parent / "nothing.py")
    assert done.returncode == 2
    assert "There is no file or folder" in done.stderr


def test_a_package_with_errors_is_refused_with_its_findings(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "broken", MODERN, **{"data/secret/2.ans": None})
    (tmp_path / "a.py").write_text(RIGHT)
    done = assessor("judge", folder, tmp_path / "a.py")
    assert done.returncode == 2
    assert "data/secret/2.in" in done.stderr
    assert "cannot be used" in done.stderr


def test_a_package_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(RIGHT)
    assert assessor("judge", tmp_path / "nowhere", tmp_path / "a.py").returncode == 2


def test_a_language_the_package_does_not_allow_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "strict", MODERN, **{"problem.yaml": MODERN["problem.yaml"] + "languages: [cpp]\n"})
    (tmp_path / "a.py").write_text(RIGHT)
    done = assessor("judge", folder, tmp_path / "a.py")
    assert done.returncode == 2
    assert "does not allow Python" in done.stderr


def test_a_custom_validator_cannot_be_judged(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "custom", LEGACY, **{"problem.yaml": "name: One more\nvalidation: custom\n"})
    (tmp_path / "a.py").write_text(RIGHT)
    done = assessor("judge", folder, tmp_path / "a.py", "--json")
    assert done.returncode == 3
    assert "custom output validator" in json.loads(done.stdout)["error"]


def test_without_docker_it_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    (folder.parent / "a.py").write_text(RIGHT)
    done = assessor("judge", folder, folder.parent / "a.py", "--json")
    assert done.returncode == 3
    assert "Docker cannot be reached" in json.loads(done.stdout)["error"]
    assert "Traceback" not in done.stderr
