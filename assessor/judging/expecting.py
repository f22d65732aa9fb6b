"""Did an example submission earn what its place in the package asks for? Pure."""

from __future__ import annotations

from assessor.judging.verdicts import Grade, TestResult, Verdict
from challenges.problem import ExampleSubmission

VERDICT_ORDER = tuple(Verdict)


def observed(judged: Grade) -> set[Verdict]:
    """The verdicts of all tests that were run; CE alone when it did not compile."""
    return {Verdict.CE} if judged.verdict is Verdict.CE else {result.verdict for result in judged.tests}


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
            wanted = f"{least:g}" if least == most else f"between {least:g} and {most:g}"
            faults.append(f"scored {judged.score:g}, but must score {wanted}")
    return faults


def _told(judged: Grade, result: TestResult | None) -> str:
    if result is None:
        return f"does not compile: {judged.compile.output.strip()[:300]}"
    return f"earned {result.verdict} on {result.name} ({result.message.rstrip('.')})"


def _words(verdicts: frozenset[str]) -> str:
    return " or ".join(in_order(verdicts))


def in_order(verdicts: frozenset[str]) -> tuple[str, ...]:
    """Verdicts as they are always listed."""
    return tuple(verdict.value for verdict in VERDICT_ORDER if verdict.value in verdicts)
