"""Exit 42 when standard input is a list of packages as the statement describes it, 43 otherwise."""

import re
import sys

NAME = r"[a-z0-9-]{1,12}"

lines = sys.stdin.read().split("\n")
if lines.pop() != "" or not lines or not re.fullmatch(r"0|[1-9][0-9]{0,4}", lines[0]):
    sys.exit(43)
declared = [line.partition(":")[0] for line in lines[1:]]
valid = (
    int(lines[0]) == len(declared) <= 30_000
    and len(set(declared)) == len(declared)
    and all(re.fullmatch(rf"{NAME}:( {NAME})*", line) for line in lines[1:])
    and sum(line.count(" ") for line in lines[1:]) <= 100_000
)
sys.exit(42 if valid else 43)
