"""What example submissions must earn: the rules of their folders, of submissions.yaml and of comments in the source.

Source: "Example submissions" of both versions; the comments are DOMjudge's. The format knows AC, WA, TLE and RTE. We tell
memory and output limits apart from other crashes, so wherever the format says RTE, MLE and OLE count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from challenges.problem import FormatVersion

CRASHES = frozenset({"RTE", "MLE", "OLE"})
EVERYTHING = frozenset({"AC", "WA", "TLE"}) | CRASHES

_FORMAT_VERDICTS = {"AC": frozenset({"AC"}), "WA": frozenset({"WA"}), "TLE": frozenset({"TLE"}), "RTE": CRASHES}

_COMMENT_VERDICTS = _FORMAT_VERDICTS | {
    "MLE": frozenset({"MLE"}),
    "OLE": frozenset({"OLE"}),
    "CE": frozenset({"CE"}),
    "CORRECT": frozenset({"AC"}),
    "ACCEPTED": frozenset({"AC"}),
    "WRONG-ANSWER": frozenset({"WA"}),
    "WRONG_ANSWER": frozenset({"WA"}),
    "NO-OUTPUT": frozenset({"WA"}),
    "TIMELIMIT": frozenset({"TLE"}),
    "TIME_LIMIT_EXCEEDED": frozenset({"TLE"}),
    "RUN-ERROR": CRASHES,
    "RUN_TIME_ERROR": CRASHES,
    "OUTPUT-LIMIT": frozenset({"OLE"}),
    "MEMORY-LIMIT": frozenset({"MLE"}),
    "COMPILER-ERROR": frozenset({"CE"}),
}
_COMMENT = re.compile(rb"@EXPECTED_RESULTS@:([^\r\n]*)")
_SCORE_COMMENT = re.compile(rb"@EXPECTED_SCORE@:\s*(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Expectation:
    """`permitted` holds for every test, `required` for at least one; `below_maximum` asks for less than the full score."""

    permitted: frozenset[str] = EVERYTHING
    required: frozenset[str] = EVERYTHING
    score: tuple[float, float] | None = None
    from_below: bool = False
    from_above: bool = False
    below_maximum: bool = False

    def and_also(self, other: Expectation) -> Expectation:
        """Both at once. Of two required sets the narrower is kept, or what they share."""
        return replace(
            other,
            permitted=self.permitted & other.permitted,
            required=self.required & other.required,
            score=other.score or self.score,
            from_below=self.from_below or other.from_below,
            from_above=self.from_above or other.from_above,
            below_maximum=self.below_maximum or other.below_maximum,
        )

    @property
    def contradiction(self) -> bool:
        """Whether no submission can meet this."""
        return not self.permitted or not self.required or not (self.permitted & self.required)


def verdict_set(words: tuple[str, ...]) -> frozenset[str] | None:
    """The format's verdicts as ours; null when one of them is unknown."""
    if not set(words) <= set(_FORMAT_VERDICTS):
        return None
    return frozenset().union(*(_FORMAT_VERDICTS[word] for word in words))


_AC = frozenset({"AC"})
_WA = frozenset({"WA"})
_TLE = frozenset({"TLE"})

FOLDERS: dict[FormatVersion, dict[str, Expectation]] = {
    FormatVersion.LEGACY: {
        "accepted": Expectation(_AC, _AC, from_below=True),
        "partially_accepted": Expectation(EVERYTHING, _AC, below_maximum=True),
        "wrong_answer": Expectation(_AC | _WA, _WA),
        "time_limit_exceeded": Expectation(_AC | _WA | _TLE, _TLE, from_above=True),
        "run_time_error": Expectation(EVERYTHING, CRASHES),
    },
    FormatVersion.V2025_09: {
        "accepted": Expectation(_AC, _AC, from_below=True),
        "rejected": Expectation(EVERYTHING, EVERYTHING - _AC),
        "wrong_answer": Expectation(_AC | _WA, _WA, from_below=True),
        "time_limit_exceeded": Expectation(_AC | _TLE, _TLE, from_above=True),
        "run_time_error": Expectation(_AC | CRASHES, CRASHES, from_below=True),
        "brute_force": Expectation(_AC | _TLE | CRASHES, _TLE | CRASHES),
    },
}


def commented_expectation(content: bytes) -> tuple[Expectation | None, list[str]]:
    """What an `@EXPECTED_RESULTS@:` comment asks for, and the words in it that are unknown.

    The comment lists what the whole submission may earn, so at least one test must show one of these.
    """
    match = _COMMENT.search(content)
    if match is None:
        return None, []
    words = re.findall(r"[A-Z][A-Z_-]*", match.group(1).decode("ascii", "replace").upper())
    unknown = [word for word in words if word not in _COMMENT_VERDICTS and word != "CHECK-MANUALLY"]
    known = [_COMMENT_VERDICTS[word] for word in words if word in _COMMENT_VERDICTS]
    if unknown or not known:
        return None, unknown
    asked: frozenset[str] = frozenset().union(*known)
    permitted = asked if asked <= {"CE"} else asked | _AC
    return Expectation(permitted, asked, commented_score(content), from_below=asked == _AC, from_above=asked == _TLE), []


def commented_score(content: bytes) -> tuple[float, float] | None:
    """The score an `@EXPECTED_SCORE@:` comment asks for."""
    match = _SCORE_COMMENT.search(content)
    return None if match is None else (float(match.group(1)), float(match.group(1)))


def glob_matches(pattern: str, path: str) -> bool:
    """Whether a pattern of submissions.yaml names `path` or a folder above it; `*` stays within one name, `{a,b}` is either."""
    parts = path.split("/")
    for single in _expanded(pattern):
        names = single.strip("/").split("/")
        if len(names) <= len(parts) and all(_name_matches(name, part) for name, part in zip(names, parts, strict=False)):
            return True
    return False


def _name_matches(pattern: str, name: str) -> bool:
    """Whether `name` is `pattern` with any text for each `*`, found in one pass."""
    first, *others = pattern.split("*")
    if not others:
        return name == pattern
    if not name.startswith(first):
        return False
    position = len(first)
    for piece in others[:-1]:
        found = name.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return name.endswith(others[-1]) and len(name) - len(others[-1]) >= position


def _expanded(pattern: str, limit: int = 200) -> Iterator[str]:
    """The pattern once for each choice in its braces, at most `limit` times."""
    waiting = [pattern]
    while waiting and limit > 0:
        current = waiting.pop()
        match = re.search(r"\{([^{}]*)\}", current)
        if match is None:
            limit -= 1
            yield current
            continue
        waiting += [current[: match.start()] + choice + current[match.end() :] for choice in match.group(1).split(",")][:limit]
