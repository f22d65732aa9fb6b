"""One off in either direction is right; with an answer in its file, that answer alone."""

import sys

number = int(open(sys.argv[1]).read())
answers = [word for word in open(sys.argv[2]).read().split()] or [
    str(number + {{example_constant}}),
    str(number - {{example_constant}}),
]
words = sys.stdin.read().split()
with open(sys.argv[3] + "judgemessage.txt", "w") as message:
    message.write(f"{words} where {' or '.join(answers)} is wanted\n")
sys.exit(42 if len(words) == 1 and words[0] in answers else 43)
