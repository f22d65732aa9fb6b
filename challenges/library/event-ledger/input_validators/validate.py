"""Exit 42 when standard input is a ledger as the statement describes it, 43 otherwise."""

import re
import sys

NAME = r"[a-z0-9]{1,8}"
TIME = r"(?:0|[1-9][0-9]{0,8}|1000000000)"
AMOUNT = r"(?!0\.00)(?:(?:0|[1-9][0-9]{0,5})\.[0-9]{2}|1000000\.00)"
MOVEMENT = rf"deposit {NAME} {AMOUNT}|withdraw {NAME} {AMOUNT}|transfer {NAME} {NAME} {AMOUNT}"
CORRECTION = rf"amend {NAME} {AMOUNT}|void {NAME}"


def valid() -> bool:
    lines = sys.stdin.read().split("\n")
    if lines.pop() != "" or not lines or not re.fullmatch(r"(0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})", lines[0]):
        return False
    events, questions = map(int, lines[0].split())
    if events > 25_000 or questions > 20_000 or len(lines) != 1 + events + questions:
        return False
    event = re.compile(rf"{NAME} {TIME} (?:{MOVEMENT}|{CORRECTION})")
    question = re.compile(rf"{NAME} {TIME}")
    return all(map(event.fullmatch, lines[1 : 1 + events])) and all(map(question.fullmatch, lines[1 + events :]))


sys.exit(42 if valid() else 43)
