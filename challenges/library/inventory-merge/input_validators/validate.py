"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import re
import sys
from datetime import datetime

RECORD = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}) [a-z0-9]{1,12} [a-z0-9]{1,12} [=+-](0|[1-9][0-9]{0,9})")


def check(text: str) -> str | None:
    if not text.endswith("\n"):
        return "the last line does not end"
    first, *lines = text[:-1].split("\n")
    if not re.fullmatch(r"0|[1-9][0-9]{0,4}", first) or int(first) > 25000:
        return f"the number of records is {first!r}"
    if len(lines) != int(first):
        return f"{first} records, but {len(lines)} lines"
    for number, line in enumerate(lines, start=2):
        record = RECORD.fullmatch(line)
        if record is None or int(record[2]) > 1_000_000_000:
            return f"line {number} is not a record: {line!r}"
        try:
            datetime.fromisoformat(record[1])
        except ValueError:
            return f"line {number} has no such time: {record[1]}"
    return None


reason = check(sys.stdin.read())
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
