# Looks for the nearest adjacent pair again and again and cuts it out: quadratic, and worse on deep files.
import sys

PAIRS = {"(": ")", "[": "]", "{": "}"}


def brackets(content):
    for row, line in enumerate(content.split("\n"), 1):
        start, escaped = 0, False
        for column, char in enumerate(line, 1):
            if start:
                if escaped:
                    escaped = False
                elif char == "\\":
                    escaped = True
                elif char == '"':
                    start = 0
            elif char == "#":
                break
            elif char == '"':
                start = column
            elif char in "()[]{}":
                yield char, row, column
        if start:
            yield '"', row, start
            return


def check(found):
    depth = deepest = 0
    for char, _, _ in found:
        depth += (char in "([{") - (char in ")]}")
        deepest = max(deepest, depth)
    while True:
        for i, (char, row, column) in enumerate(found):
            if char in ")]}":
                if i == 0:
                    return f"{row}:{column} unexpected {char}"
                expected = PAIRS[found[i - 1][0]]
                if expected != char:
                    return f"{row}:{column} expected {expected} found {char}"
                found = found[: i - 1] + found[i + 1 :]
                break
        else:
            break
    if found:
        char, row, column = found[-1]
        return f"{row}:{column} unclosed {char}"
    return f"ok {deepest}"


print(check(list(brackets(sys.stdin.buffer.read().decode("utf-8")))))
