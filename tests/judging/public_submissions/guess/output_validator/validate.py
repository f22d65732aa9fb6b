"""Keeps a number that is fixed, drawn, or not decided before it must be: then every answer leaves the most numbers possible."""

import random
import sys

ACCEPTED, REJECTED = 42, 43
GUESSES = 10


def finish(verdict: int, message: str) -> None:
    with open(sys.argv[3] + "judgemessage.txt", "a") as file:
        file.write(message + "\n")
    sys.exit(verdict)


def possible() -> range:
    mode, number = open(sys.argv[1]).read().split()
    if mode == "fixed":
        return range(int(number), int(number) + 1)
    if mode == "random":
        drawn = random.Random(int(number)).randint(1, 1000)
        return range(drawn, drawn + 1)
    return range(1, 1001)


def main() -> None:
    numbers = possible()
    for asked in range(1, GUESSES + 1):
        line = sys.stdin.readline()
        if not line:
            finish(REJECTED, f"no guess number {asked}")
        if not line.strip().isdecimal() or not 1 <= int(line) <= 1000:
            finish(REJECTED, f"guess number {asked} is no number from 1 to 1000")
        guess = int(line)
        lower = range(numbers.start, min(max(guess, numbers.start), numbers.stop))
        higher = range(max(min(guess + 1, numbers.stop), numbers.start), numbers.stop)
        if not lower and not higher:
            print("correct", flush=True)
            if sys.stdin.readline().strip():
                finish(REJECTED, "goes on after the right guess")
            finish(ACCEPTED, f"right after {asked}")
        numbers = max(lower, higher, key=len)
        print("lower" if numbers == lower else "higher", flush=True)
    finish(REJECTED, "all guesses used")


main()
