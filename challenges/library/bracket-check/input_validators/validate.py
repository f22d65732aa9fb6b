"""Exit 42 when standard input is a file as the statement describes it, 43 otherwise."""

import sys

content = sys.stdin.buffer.read()
try:
    text = content.decode("utf-8")
except UnicodeDecodeError:
    sys.exit(43)
controls = any(ord(char) < 32 and char not in "\t\n" for char in text)
valid = len(content) <= 200_000 and not controls and (not text or text.endswith("\n"))
sys.exit(42 if valid else 43)
