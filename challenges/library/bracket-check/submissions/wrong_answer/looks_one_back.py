# Decides whether a quote is escaped by looking at the one character before it: wrong after a double backslash.
import sys

PAIRS = {"(": ")", "[": "]", "{": "}"}


def check(content):
    stack, deepest = [], 0
    for row, line in enumerate(content.split("\n"), 1):
        start = 0
        for column, char in enumerate(line, 1):
            if char == '"' and not (start and line[column - 2] == "\\"):
                start = 0 if start else column
            elif start:
                continue
            elif char == "#":
                break
            elif char in PAIRS:
                stack.append((char, row, column))
                deepest = max(deepest, len(stack))
            elif char in PAIRS.values():
                if not stack:
                    return f"{row}:{column} unexpected {char}"
                expected = PAIRS[stack.pop()[0]]
                if char != expected:
                    return f"{row}:{column} expected {expected} found {char}"
        if start:
            return f'{row}:{start} unclosed "'
    if stack:
        return "{1}:{2} unclosed {0}".format(*stack[-1])
    return f"ok {deepest}"


print(check(sys.stdin.buffer.read().decode()))
