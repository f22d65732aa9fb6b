"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import sys


def check(text: str) -> str | None:
    if text == "":
        return None
    if not text.endswith("\n"):
        return "the last line does not end"
    lines = text[:-1].split("\n")
    if len(lines) > 20000:
        return f"{len(lines)} lines"
    for number, line in enumerate(lines, start=1):
        if len(line) > 200:
            return f"line {number} is too long"
        if "\t" in line.lstrip("\t") or any(ch.isspace() and ch not in " \t" for ch in line):
            return f"line {number} holds other white space than spaces and tabs at the start"
    return None


reason = check(sys.stdin.buffer.read().decode("utf-8"))
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
