"""What a validator leaves in its feedback folder: words for people and points. Pure.

Words become text that any database holds, shortened. Points are read by the rules of the package's version; whatever breaks
them is the author's fault and raises `JudgeError`.

Source: https://icpc.io/problem-package-format/spec/2025-09#scoring-test-cases and, for `custom score`, spec/legacy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessor.judging.failures import JudgeError
from assessor.judging.scoring import Points
from challenges.problem import FormatVersion, Problem, ProblemType, Test

JUDGE_MESSAGE, TEAM_MESSAGE = "judgemessage.txt", "teammessage.txt"
SCORE, MULTIPLIER = "score.txt", "score_multiplier.txt"
NEXT_PASS = "nextpass.in"
ALL_FILES = (JUDGE_MESSAGE, TEAM_MESSAGE, SCORE, MULTIPLIER, NEXT_PASS)
"""Everything that is brought back. The last one is removed between passes."""

KEPT_CHARACTERS = 4000
ROUNDING = 1e-9
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Given:
    """What a validator wants an output to earn: points, a share of what the test can earn, or (usual) neither."""

    points: float | None = None
    multiplier: float | None = None


NOTHING_GIVEN = Given()


def message_of(feedback: Mapping[str, bytes], accepted: bool) -> str:
    """The validator's words for staff, then those it has for the candidate."""
    judges, team = _text(feedback, JUDGE_MESSAGE), _text(feedback, TEAM_MESSAGE)
    words = [judges] if judges else [] if accepted else ["The output validator rejected the output."]
    return "\n".join([*words, f"To the candidate: {team}"] if team else words)


def _text(feedback: Mapping[str, bytes], name: str) -> str:
    text = feedback.get(name, b"")[: 4 * KEPT_CHARACTERS].decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text.strip()[:KEPT_CHARACTERS]


def score_of(problem: Problem, points: Points, test: Test, accepted: bool, feedback: Mapping[str, bytes]) -> Given:
    """The points the validator gave. Raises `JudgeError` where the format forbids them, or asks for them in vain."""
    if problem.type is not ProblemType.SCORING:
        return NOTHING_GIVEN
    if problem.format_version is FormatVersion.LEGACY:
        return _legacy_score(problem, test, accepted, feedback)
    if not test.name.startswith("secret/"):
        return NOTHING_GIVEN
    found = [name for name in (SCORE, MULTIPLIER) if name in feedback]
    if not found:
        return NOTHING_GIVEN
    most = points.most_of_test(test.name)
    if not accepted:
        raise _fault(test, f"wrote {found[0]} for an output that it rejected")
    if len(found) > 1:
        raise _fault(test, f"wrote both {SCORE} and {MULTIPLIER}")
    if most is None:
        raise _fault(test, f"wrote {found[0]} for a test of a group that is scored pass-fail")
    if found == [MULTIPLIER]:
        return Given(multiplier=_number(test, MULTIPLIER, feedback, 1.0))
    return Given(points=_number(test, SCORE, feedback, float(most)))


def _legacy_score(problem: Problem, test: Test, accepted: bool, feedback: Mapping[str, bytes]) -> Given:
    """Only a validator that is announced with `score` gives points, and then to every output that it accepts."""
    if problem.validator is None or not problem.validator.must_score or not accepted:
        return NOTHING_GIVEN
    if SCORE not in feedback:
        raise _fault(test, f"is to score (`custom score`) but wrote no {SCORE}")
    return Given(points=_number(test, SCORE, feedback, math.inf))


def _number(test: Test, name: str, feedback: Mapping[str, bytes], most: float) -> float:
    text = feedback[name][:1000].decode("ascii", "replace").strip()
    if not _NUMBER.match(text) or not math.isfinite(float(text)):
        raise _fault(test, f"wrote {name} with “{text[:50]}”, which is no number")
    number = float(text)
    if not 0 <= number <= most * (1 + ROUNDING):
        raise _fault(test, f"wrote {name} with {text[:50]}, which is not between 0 and {most:g}")
    return min(number, most)


def _fault(test: Test, what: str) -> JudgeError:
    return JudgeError(f"The output validator {what} (on {test.name}).")
