import sys

CLOSER = {"(": ")", "[": "]", "{": "}"}
CLOSERS = set(CLOSER.values())


def check(lines):
    """The one line to print about a file given as a list of lines."""
    stack = []
    deepest = 0
    for row, line in enumerate(lines, 1):
        text_start = None
        escaped = False
        for column, char in enumerate(line, 1):
            if text_start is not None:
                if escaped:
                    escaped = False
                elif char == "\\":
                    escaped = True
                elif char == '"':
                    text_start = None
            elif char == "#":
                break
            elif char == '"':
                text_start = column
            elif char in CLOSER:
                stack.append((char, row, column))
                deepest = max(deepest, len(stack))
            elif char in CLOSERS:
                if not stack:
                    return f"{row}:{column} unexpected {char}"
                expected = CLOSER[stack.pop()[0]]
                if expected != char:
                    return f"{row}:{column} expected {expected} found {char}"
        if text_start is not None:
            return f'{row}:{text_start} unclosed "'
    if stack:
        char, row, column = stack[-1]
        return f"{row}:{column} unclosed {char}"
    return f"ok {deepest}"


print(check(sys.stdin.buffer.read().decode("utf-8").split("\n")))
