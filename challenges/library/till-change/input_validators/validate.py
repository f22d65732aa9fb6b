"""Checks one input against the statement: exit status 42 when it holds, 43 and a reason when it does not."""

import re
import sys

AMOUNT = r"(0|[1-9][0-9]{0,8})\.[0-9]{2}"


def check(text: str) -> str | None:
    if not re.fullmatch(rf"{AMOUNT} {AMOUNT}\n", text):
        return "not two amounts on one line"
    price, given = (int(amount.replace(".", "")) for amount in text.split())
    if price == 0:
        return "the price is 0.00"
    if max(price, given) > 100_000_000_00:
        return "an amount is above 100000000.00"
    return None


reason = check(sys.stdin.read())
if reason:
    print(reason, file=sys.stderr)
sys.exit(43 if reason else 42)
