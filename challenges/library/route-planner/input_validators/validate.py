"""Exit 42 when standard input is a road map as the statement describes it, 43 otherwise."""

import re
import sys

CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
NUMBER = r"(?:0|[1-9][0-9]{0,5})"


def valid() -> bool:
    lines = sys.stdin.read().split("\n")
    if lines.pop() != "" or len(lines) < 2 or not re.fullmatch(rf"{NUMBER} {NUMBER} {NUMBER}", lines[0]):
        return False
    places, roads, wanted = map(int, lines[0].split())
    if not (1 <= places <= 20_000 and roads <= 45_000 and 1 <= wanted <= 1_000 and len(lines) == 2 + roads + wanted):
        return False
    if not re.fullmatch(rf"{NUMBER} {CLOCK}", lines[1]) or not 1 <= int(lines[1].split()[0]) <= places:
        return False
    for line in lines[2 : 2 + roads]:
        if not re.fullmatch(rf"{NUMBER} {NUMBER} {NUMBER}( {CLOCK} {CLOCK})?", line):
            return False
        a, b, duration, *hours = line.split()
        if not (1 <= int(a) <= places and 1 <= int(b) <= places and a != b and 1 <= int(duration) <= 1_000):
            return False
        if hours and hours[0] == hours[1]:
            return False
    return all(re.fullmatch(NUMBER, line) and 1 <= int(line) <= places for line in lines[2 + roads :])


sys.exit(42 if valid() else 43)
