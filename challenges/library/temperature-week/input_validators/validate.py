"""Exit 42 when standard input is a week as the statement describes it, 43 otherwise."""

import re
import sys

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

lines = sys.stdin.read().split("\n")
matches = [re.fullmatch(r"([A-Z][a-z]{2}) (0|-?[1-9][0-9]?)", line) for line in lines[:7]]
valid = (
    len(lines) == 8
    and lines[7] == ""
    and all(matches)
    and [match[1] for match in matches] == DAYS
    and all(-60 <= int(match[2]) <= 60 for match in matches)
)
sys.exit(42 if valid else 43)
