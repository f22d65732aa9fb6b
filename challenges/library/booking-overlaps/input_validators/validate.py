"""Exit 42 when standard input is a list of requests as the statement describes it, 43 otherwise."""

import re
import sys

NUMBER = r"(0|[1-9][0-9]{0,9})"

lines = sys.stdin.read().split("\n")
if lines.pop() != "" or not lines or not re.fullmatch(NUMBER, lines[0]):
    sys.exit(43)
count = int(lines[0])
if count > 80_000 or len(lines) != count + 1:
    sys.exit(43)
for line in lines[1:]:
    wish = re.fullmatch(rf"[a-z]{{1,8}} {NUMBER} {NUMBER}", line)
    cancel = re.fullmatch(rf"- {NUMBER}", line)
    if not (
        (wish and int(wish[1]) <= 1_000_000_000 and 1 <= int(wish[2]) <= 1_000_000) or (cancel and 1 <= int(cancel[1]) <= count)
    ):
        sys.exit(43)
sys.exit(42)
