"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import re
import sys

BILLION = 1_000_000_000


def whole(text: str, least: int, most: int) -> bool:
    return re.fullmatch(r"0|[1-9][0-9]{0,9}", text) is not None and least <= int(text) <= most


def check(text: str) -> str | None:
    if not text.endswith("\n"):
        return "the last line does not end"
    lines = text[:-1].split("\n")
    if not whole(lines[0], 1, 5):
        return f"the number of rules is {lines[0]!r}"
    r = int(lines[0])
    for rule in lines[1 : r + 1]:
        if rule.count(" ") != 1 or not all(whole(part, 1, BILLION) for part in rule.split(" ")):
            return f"not a rule: {rule!r}"
    if len(lines) < r + 2 or not whole(lines[r + 1], 1, 40000):
        return "there is no good number of lines after the rules"
    log = lines[r + 2 :]
    if len(log) != int(lines[r + 1]):
        return f"{lines[r + 1]} lines announced, {len(log)} found"
    before = 0
    for line in log:
        parts = line.split(" ")
        if len(parts) != 3 or not re.fullmatch(r"[a-z0-9]{1,12}", parts[1]) or not whole(parts[2], 1, BILLION):
            return f"not a line of the log: {line!r}"
        if not whole(parts[0], before, BILLION):
            return f"the time goes back or is no time: {line!r}"
        before = int(parts[0])
    return None


reason = check(sys.stdin.read())
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
