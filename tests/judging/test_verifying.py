"""Does a package hold what it promises: expectations, the derived time limit, and what is not judged at all."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from number_packages import LEGACY, MODERN, RIGHT, SCORING, START, WRONG, package
from pretend_sandbox import Behaviour, PretendSandbox, ended, numbers, successor

from assessor.judging.timing import TimePicture, derive_ms, provisional_ms, timing_findings
from assessor.judging.verdicts import Verdict
from assessor.judging.verify_report import VerifyReport
from assessor.judging.verifying import verify
from challenges.findings import Severity
from challenges.problem import FormatVersion, ProblemLimits
from sandbox.spec import Ending, RunOutcome, SandboxFailure

SLOW = "import time\n" + RIGHT
CRASH = "raise SystemExit(1)\n"


def wrong(stdin: bytes, _attempt: int) -> RunOutcome:
    return ended(b"%d\n" % (int(stdin) + 2))


def taking(cpu_ms: int) -> Behaviour:
    """The right program, needing this much CPU time."""
    return lambda stdin, attempt: replace(successor(stdin, attempt), cpu_ms=cpu_ms)


PROGRAMS: dict[bytes, Behaviour] = {
    RIGHT.encode(): successor,
    WRONG.encode(): wrong,
    SLOW.encode(): taking(60_000),
    CRASH.encode(): lambda _stdin, _attempt: ended(exit_code=1),
}


def pretend(**programs: Behaviour) -> PretendSandbox:
    return PretendSandbox(programs=PROGRAMS | {source.encode(): behave for source, behave in programs.items()})


def errors(report: VerifyReport) -> list[str]:
    return [str(finding) for finding in report.findings if finding.severity is Severity.ERROR]


def test_a_package_that_holds() -> None:
    report = verify(package(), pretend())
    assert errors(report) == []
    assert report.ok
    assert [(one.path, one.verdict, one.ok) for one in report.submissions] == [
        ("submissions/accepted/right.py", Verdict.AC, True),
        ("submissions/wrong_answer/wrong.py", Verdict.WA, True),
    ]
    document = report.as_document("some/where")
    assert json.loads(json.dumps(document)) == document
    assert (document["path"], document["ok"], document["time_limit_ms"]) == ("some/where", True, 1000)
    accepted = document["submissions"][0]
    assert (accepted["language"], accepted["expected"], accepted["score"]) == ("python3", ["AC"], None)
    assert accepted["slowest_cpu_ms"] == 10
    assert [(group["name"], group["passed"], group["total"]) for group in accepted["groups"]] == [
        ("sample", 1, 1),
        ("secret", 2, 2),
    ]


@pytest.mark.parametrize("base", [MODERN, LEGACY], ids=["2025-09", "legacy"])
@pytest.mark.parametrize(
    ("folder", "program", "ok"),
    [
        ("accepted", RIGHT, True),
        ("accepted", WRONG, False),
        ("accepted", SLOW, False),
        ("wrong_answer", WRONG, True),
        ("wrong_answer", RIGHT, False),
        ("wrong_answer", CRASH, False),
        ("time_limit_exceeded", SLOW, True),
        ("time_limit_exceeded", WRONG, False),
        ("time_limit_exceeded", RIGHT, False),
        ("run_time_error", CRASH, True),
        ("run_time_error", RIGHT, False),
    ],
)
def test_every_folder_asks_for_its_verdicts(base: dict[str, str], folder: str, program: str, ok: bool) -> None:
    path = f"submissions/{folder}/more.py"
    report = verify(package(base, **{path: program}), pretend())
    (found,) = [one for one in report.submissions if one.path == path]
    assert found.ok is ok
    assert report.ok is ok
    assert any(path in error for error in errors(report)) is not ok


def test_a_finding_says_which_test_went_wrong_and_what_was_allowed() -> None:
    report = verify(package(**{"submissions/accepted/more.py": CRASH}), pretend())
    assert errors(report) == [
        "submissions/accepted/more.py: error: earned RTE on sample/1 (Exited with status 1), but only AC may be earned here"
    ]


def mixed(stdin: bytes, attempt: int) -> RunOutcome:
    """Right on the sample, wrong on the first hidden test, crashes on the second."""
    return wrong(stdin, attempt) if stdin == b"5\n" else ended(exit_code=1) if stdin == b"-1\n" else successor(stdin, 0)


def test_legacy_speaks_of_the_verdict_that_candidates_get() -> None:
    report = verify(package(LEGACY, **{"submissions/wrong_answer/wrong.py": "mixed"}), pretend(mixed=mixed))
    assert report.ok
    assert report.submissions[1].observed == (Verdict.AC, Verdict.WA)


def test_legacy_looks_at_all_tests_when_what_is_required_has_not_shown() -> None:
    path = "submissions/run_time_error/crash.py"
    report = verify(package(LEGACY, **{path: "mixed"}), pretend(mixed=mixed))
    assert report.ok
    assert report.submissions[1].path == path
    assert report.submissions[1].observed == (Verdict.AC, Verdict.WA, Verdict.RTE)


def test_2025_09_speaks_of_every_test() -> None:
    report = verify(package(**{"submissions/wrong_answer/wrong.py": "mixed"}), pretend(mixed=mixed))
    assert not report.ok
    assert "earned RTE on secret/2" in errors(report)[0]
    assert report.submissions[1].observed == (Verdict.AC, Verdict.WA, Verdict.RTE)


def test_scores_are_compared() -> None:
    def half(stdin: bytes, attempt: int) -> RunOutcome:
        return wrong(stdin, attempt) if stdin == b"-1\n" else successor(stdin, attempt)

    rules = "rejected/half.py:\n  permitted: [AC, WA]\n  required: [WA]\n  score: {}\n"
    files = {"submissions/rejected/half.py": "half"}
    for asked, ok in ((40, True), ([30, 50], True), (60, False)):
        report = verify(package(SCORING, **files, **{"submissions/submissions.yaml": rules.format(asked)}), pretend(half=half))
        found = next(one for one in report.submissions if one.path.endswith("half.py"))
        assert (found.score, found.max_score, found.ok) == (40.0, 100.0, ok)
    assert "scored 40, but must score 60" in errors(report)[0]


def test_the_time_limit_is_derived_from_the_slowest_that_must_not_be_too_slow() -> None:
    untimed = START + "type: pass-fail\nname: One more\n"
    sandbox = pretend(**{RIGHT: taking(800), SLOW: taking(4000)})
    report = verify(package(**{"problem.yaml": untimed, "submissions/time_limit_exceeded/slow.py": SLOW}), sandbox)
    assert report.time == TimePicture(2000, False, 800, 3305)
    assert report.ok


def test_the_legacy_time_limit_is_five_times_the_slowest_accepted() -> None:
    sandbox = pretend(**{RIGHT: taking(647), SLOW: taking(60_000)})
    report = verify(package(LEGACY, **{"submissions/time_limit_exceeded/slow.py": SLOW}), sandbox)
    assert report.time is not None
    assert (report.time.limit_ms, report.time.slowest_accepted_ms) == (4000, 647)
    assert report.time.fastest_too_slow_ms is not None
    assert report.time.fastest_too_slow_ms >= 8000


def test_a_slow_submission_that_is_not_slow_enough_is_found() -> None:
    slow = {"submissions/time_limit_exceeded/slow.py": SLOW}
    modern = verify(package(**slow), pretend(**{SLOW: taking(1300)}))
    assert not modern.ok
    assert "needs only 1300 ms" in errors(modern)[0]
    assert modern.submissions[1].verdict is Verdict.TLE
    legacy = verify(package(LEGACY, **slow), pretend(**{SLOW: taking(1300)}))
    assert legacy.ok
    assert any("needs only 1300 ms" in str(finding) for finding in legacy.findings)


def test_too_tight_an_explicit_limit_is_found() -> None:
    report = verify(package(), pretend(**{RIGHT: taking(700)}))
    assert "too tight" in errors(report)[0]
    assert report.submissions[0].verdict is Verdict.AC


def test_only_what_the_final_limit_affects_is_judged_again() -> None:
    slow = {"submissions/time_limit_exceeded/slow.py": SLOW}
    sandbox = pretend(**{SLOW: taking(5000)})
    verify(package(**slow), sandbox)
    assert len(sandbox.compiled) == 3
    near = pretend(**{SLOW: taking(1050)})
    verify(package(**slow), near)
    assert len(near.compiled) == 4


def test_a_sleeper_within_the_provisional_wall_clock_is_judged_again_under_the_final_one() -> None:
    untimed = START + "type: pass-fail\nname: One more\n"

    def sleeping(stdin: bytes, attempt: int) -> RunOutcome:
        return replace(successor(stdin, attempt), wall_ms=20_000)

    sandbox = pretend(**{RIGHT: sleeping})
    verify(package(**{"problem.yaml": untimed}), sandbox)
    assert len(sandbox.compiled) == 3
    assert min(limits.wall_ms for limits in sandbox.limits) == 3000


@pytest.mark.parametrize(
    ("suffix", "said"),
    [(".cob", ".cob cannot be judged here"), (".pas", "Pascal is not set up here")],
    ids=["unknown", "not built"],
)
def test_a_language_we_do_not_have_is_skipped_with_a_warning(suffix: str, said: str) -> None:
    report = verify(package(**{f"submissions/accepted/old{suffix}": "begin end."}), pretend())
    (found,) = [one for one in report.submissions if one.path.endswith(suffix)]
    assert (found.verdict, found.ok, found.language) == (None, None, None)
    assert report.ok
    assert any(said in str(finding) for finding in report.findings)


def test_python_2_is_told_apart() -> None:
    report = verify(package(**{"submissions/accepted/old.py": "#!/usr/bin/env python2\nprint 1\n"}), pretend())
    assert any("is Python 2" in str(finding) for finding in report.findings)
    assert report.ok


def test_accepted_submissions_in_unknown_languages_alone_are_not_enough() -> None:
    files = {"submissions/accepted/right.py": None, "submissions/accepted/old.pas": "begin end."}
    report = verify(package(**files), pretend())
    assert not report.ok
    assert "no submission that must be accepted could be judged" in errors(report)[-1]


def test_without_an_accepted_submission_nothing_is_published() -> None:
    report = verify(package(**{"submissions/accepted/right.py": None}), pretend())
    assert not report.ok


def test_a_package_with_errors_is_not_run() -> None:
    sandbox = pretend()
    report = verify(package(**{"data/secret/1.ans": None}), sandbox)
    assert not report.ok
    assert (report.submissions, report.time, sandbox.compiled) == ((), None, [])
    assert report.as_document()["time_limit_ms"] is None


def test_a_package_we_cannot_judge_yet_says_so() -> None:
    sandbox = pretend()
    report = verify(package(LEGACY, **{"problem.yaml": "name: One more\nvalidation: custom\n"}), sandbox)
    assert not report.ok
    assert "custom output validator" in " ".join(errors(report))
    assert sandbox.compiled == []


def test_what_does_not_compile_is_told_with_the_compilers_words() -> None:
    sandbox = PretendSandbox(compiles=False, says="main.py, line 1: invalid syntax")
    report = verify(package(), sandbox)
    assert not report.ok
    assert "does not compile: main.py, line 1: invalid syntax" in errors(report)[0]
    assert report.submissions[0].verdict is Verdict.CE


def test_progress_names_what_is_judged() -> None:
    seen: list[tuple[int, int, str]] = []
    verify(package(), pretend(), lambda *step: seen.append(step))
    assert seen == [(0, 2, "submissions/accepted/right.py"), (1, 2, "submissions/wrong_answer/wrong.py"), (2, 2, "")]


def test_a_failing_sandbox_is_no_report() -> None:
    def down(_stdin: bytes, _attempt: int) -> RunOutcome:
        raise SandboxFailure("Docker is gone", retry=True)

    with pytest.raises(SandboxFailure):
        verify(package(), pretend(**{RIGHT: down}))


def test_a_slow_one_stopped_by_the_wall_clock_of_a_busy_machine_counts_as_slow() -> None:
    def starved(stdin: bytes, _attempt: int) -> RunOutcome:
        return ended(ending=Ending.WALL_LIMIT, cpu_ms=900, wall_ms=9000, exit_code=None, signal="SIGKILL")

    report = verify(package(**{"submissions/time_limit_exceeded/slow.py": SLOW}), pretend(**{SLOW: starved}))
    assert report.ok
    assert report.time is not None
    assert report.time.fastest_too_slow_ms == 1500


@pytest.mark.parametrize(
    ("limits", "slowest", "expected"),
    [
        (ProblemLimits(), None, 2000),
        (ProblemLimits(), 0, 1000),
        (ProblemLimits(), 500, 1000),
        (ProblemLimits(), 501, 2000),
        (ProblemLimits(time_resolution_ms=100), 501, 1100),
        (ProblemLimits(ac_to_time_limit=5.0), 647, 4000),
        (ProblemLimits(time_limit_ms=1500), 5000, 1500),
    ],
)
def test_the_rule_for_the_time_limit(limits: ProblemLimits, slowest: int | None, expected: int) -> None:
    assert derive_ms(limits, slowest) == expected


def test_the_provisional_limit_leaves_room_for_the_longest_limit_there_is() -> None:
    assert provisional_ms(ProblemLimits()) == 30_000
    assert provisional_ms(ProblemLimits(ac_to_time_limit=5.0)) == 12_000
    assert provisional_ms(ProblemLimits(time_limit_ms=700)) == 700


def test_timing_faults_are_errors_in_2025_09_and_warnings_in_legacy() -> None:
    tight = TimePicture(1000, True, 900, 1200)
    for version, severity in ((FormatVersion.V2025_09, Severity.ERROR), (FormatVersion.LEGACY, Severity.WARNING)):
        found = timing_findings(numbers({"a": [1]}, version=version), tight)
        assert [finding.severity for finding in found] == [severity, severity]
    assert timing_findings(numbers({"a": [1]}), TimePicture(1000, True, 500, 1500)) == []
