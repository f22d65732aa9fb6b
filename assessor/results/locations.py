"""Lines of the candidate's own source that a compiler's or an interpreter's message points at."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LINES = 20
LONGEST_MESSAGE = 300
LONGEST_LINE = 400
"""What is looked at of each line: programs write these texts too, and a search takes longer than its line by a power."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """`line` counts from 1; `message` is the compiler's own, on one line."""

    line: int
    message: str


# One pattern for each habit: `{name}` is the entry file's name.
_HABITS = (
    r'File "[^"\n]*{name}", line (?P<line>\d{1,9})',
    r"--> [^\n]*{name}:(?P<line>\d{1,9})",
    r"{name}\((?P<line>\d{1,9}),\d+\): (?:error|warning) (?P<message>[^\n]+)",
    r"{name}:(?P<line>\d{1,9})(?::\d+)?:(?: fatal)?(?: error:)? ?(?P<message>[^\n]*)",
    r"{name}: line (?P<line>\d{1,9}): ?(?P<message>[^\n]*)",
    r"^(?P<message>[^\n]*) in [^\n]*{name}(?::| on line )(?P<line>\d{1,9})",
    r"{name}\((?P<line>\d{1,9})(?:, ?\d+)?\):? (?:Error: |Fatal: )?(?P<message>[^\n]*)",
    r"^(?P<message>[^\n]*) at (?:[^\n ]*/)?{name} line (?P<line>\d{1,9})",
    r"^(?:error: )?(?P<message>[^\n]*) near line (?P<line>\d{1,9}) of file [^\n]*{name}",
    r"^At line (?P<line>\d{1,9}) of file [^\n]*{name}",
    r"{name}:(?P<line>\d{1,9})\b",
    r"^(?:Parse|Runtime) error near line (?P<line>\d{1,9}): (?P<message>[^\n]*)",
)
_LAST_LINE_ERROR = re.compile(r"^(?P<message>\w*(?:Error|Exception|Interrupt|Exit)\b[^\n]*)$", re.MULTILINE)


def marked_lines(output: str, source_name: str, line_count: int) -> tuple[MarkedLine, ...]:
    """The lines a message names, in its order, each once; those outside the source are left out."""
    output = "\n".join(line[:LONGEST_LINE] for line in output.split("\n"))
    found: dict[int, str] = {}
    for habit in _HABITS:
        for match in re.finditer(habit.replace("{name}", re.escape(source_name)), output, re.MULTILINE):
            line = int(match["line"])
            message = (match.groupdict().get("message") or "").strip()
            if 1 <= line <= line_count and line not in found and len(found) < MOST_LINES:
                found[line] = message or _error_near(output, match.start(), match.end())
        if found:
            break
    return tuple(MarkedLine(line, message[:LONGEST_MESSAGE]) for line, message in found.items())


def _error_near(output: str, start: int, end: int) -> str:
    """Interpreters print their error under the trace, rustc above the place."""
    match = _LAST_LINE_ERROR.search(output, end)
    if match is not None:
        return match["message"]
    above = [line for line in output[:start].splitlines() if line.startswith("error")]
    return above[-1].removeprefix("error").lstrip(": ") if above else ""
