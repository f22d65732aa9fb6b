# Strips texts and comments with regular expressions (which moves the columns) and reports the outermost open bracket.
import re
import sys

PAIRS = {")": "(", "]": "[", "}": "{"}
CLOSER = {opener: closer for closer, opener in PAIRS.items()}

stack, deepest = [], 0
for row, line in enumerate(sys.stdin.buffer.read().decode().split("\n"), 1):
    line = re.sub(r"#.*", "", re.sub(r'"(\\.|[^"\\])*"', "", line))
    for column, char in enumerate(line, 1):
        if char in CLOSER:
            stack.append((char, row, column))
            deepest = max(deepest, len(stack))
        elif char in PAIRS:
            if not stack:
                sys.exit(print(f"{row}:{column} unexpected {char}"))
            opener = stack.pop()[0]
            if opener != PAIRS[char]:
                sys.exit(print(f"{row}:{column} expected {CLOSER[opener]} found {char}"))
if stack:
    print("{1}:{2} unclosed {0}".format(*stack[0]))
else:
    print(f"ok {deepest}")
