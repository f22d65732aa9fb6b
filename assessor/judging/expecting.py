"""Did an example submission earn what its place in the package asks for? Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.judging.verdicts import Grade, TestResult, Verdict
from challenges.expectations import glob_matches
from challenges.problem import Demand, ExampleSubmission

VERDICT_ORDER = tuple(Verdict)


def observed(judged: Grade) -> set[Verdict]:
    """The verdicts of all tests that were run, and that of a grader that rejects although all of them passed; CE alone when it
    did not compile.
    """
    if judged.verdict is Verdict.CE:
        return {Verdict.CE}
    seen = {result.verdict for result in judged.tests}
    return seen | {judged.verdict} if seen == {Verdict.AC} else seen


def is_undecided(submission: ExampleSubmission, judged: Grade) -> bool:
    """Whether tests that were not run could still show what is required: something failed, and only what may fail."""
    seen = {verdict.value for verdict in observed(judged)}
    stopped_early = judged.verdict not in (Verdict.AC, Verdict.CE)
    return stopped_early and seen <= submission.permitted and not seen & submission.required


def faults_of(submission: ExampleSubmission, judged: Grade) -> list[str]:
    """What the submission earned and must not, or must and did not."""
    seen = frozenset(verdict.value for verdict in observed(judged))
    faults = []
    if not seen <= submission.permitted:
        first = next((result for result in judged.tests if result.verdict.value not in submission.permitted), None)
        faults.append(f"{_told(judged, first)}, but only {_words(submission.permitted)} may be earned here")
    elif not seen & submission.required:
        what = f"earned {_words(seen)}, but at least one test must show {_words(submission.required)}"
        faults.append(what + "; add a test that it fails, or move it to another folder" if seen == {"AC"} else what)
    if submission.score is not None and judged.score is not None:
        least, most = submission.score
        if not least <= judged.score <= most:
            faults.append(f"scored {judged.score:g}, but must score {_range(submission.score)}")
    faults += [_unsaid(message, "") for message in submission.messages if not _was_said(message, judged.tests)]
    return faults + [fault for demand in submission.demands for fault in _faults_of_demand(demand, judged)]


def _faults_of_demand(demand: Demand, judged: Grade) -> Iterator[str]:
    """What is not as asked on the tests and groups that the demand is about."""
    tests = tuple(result for result in judged.tests if glob_matches(demand.pattern, result.name))
    seen = frozenset(result.verdict.value for result in tests)
    wrong = next((result for result in tests if result.verdict.value not in demand.permitted), None)
    where = f" on {demand.pattern}"
    if judged.verdict is Verdict.CE:
        return
    if wrong is not None:
        yield f"{_told(judged, wrong)}, but only {_words(demand.permitted)} may be earned{where}"
    elif tests and not seen & demand.required:
        yield f"earned {_words(seen)}{where}, but at least one test there must show {_words(demand.required)}"
    if demand.message is not None and not _was_said(demand.message, tests):
        yield _unsaid(demand.message, where)
    if demand.score is not None:
        for name, points in _points_of(demand.pattern, judged):
            if not demand.score[0] <= points <= demand.score[1]:
                yield f"scored {points:g} in {name}, but must score {_range(demand.score)} there"


def _points_of(pattern: str, judged: Grade) -> Iterator[tuple[str, float]]:
    """The groups that a pattern names, with what they earned. `secret` is the whole."""
    if pattern == "secret" and judged.score is not None:
        yield "secret", judged.score
        return
    for group in judged.groups:
        if group.score is not None and glob_matches(pattern, group.name):
            yield group.name, group.score


def _was_said(message: str, tests: tuple[TestResult, ...]) -> bool:
    return any(message in result.message for result in tests)


def _unsaid(message: str, where: str) -> str:
    return f"no message of the validator{where} holds “{message}”"


def _range(score: tuple[float, float]) -> str:
    least, most = score
    return f"{least:g}" if least == most else f"between {least:g} and {most:g}"


def _told(judged: Grade, result: TestResult | None) -> str:
    if result is None and judged.verdict is not Verdict.CE:
        return f"passed every test, but the grader decided {judged.verdict}"
    if result is None:
        return f"does not compile: {judged.compile.output.strip()[:300]}"
    return f"earned {result.verdict} on {result.name} ({result.message.rstrip('.')})"


def _words(verdicts: frozenset[str]) -> str:
    return " or ".join(in_order(verdicts))


def in_order(verdicts: frozenset[str]) -> tuple[str, ...]:
    """Verdicts as they are always listed."""
    return tuple(verdict.value for verdict in VERDICT_ORDER if verdict.value in verdicts)
