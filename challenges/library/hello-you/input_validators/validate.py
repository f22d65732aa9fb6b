"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import re
import sys


def check(text: str) -> str | None:
    if not text.endswith("\n"):
        return "the last line does not end"
    first, *names = text[:-1].split("\n")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", first) or int(first) > 200:
        return f"the number of people is {first!r}"
    if len(names) != int(first):
        return f"{first} people, but {len(names)} lines"
    for line, name in enumerate(names, start=2):
        if len(name) > 60:
            return f"line {line} is too long"
        if name.strip(" ") != name.strip() or any(ch.isspace() and ch != " " for ch in name):
            return f"line {line} holds white space other than spaces"
        if "  " in name.strip():
            return f"line {line} has two spaces inside the name"
    return None


reason = check(sys.stdin.buffer.read().decode("utf-8"))
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
