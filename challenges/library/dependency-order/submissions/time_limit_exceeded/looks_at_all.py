# Looks through all packages for the next one to build, every time.
import sys
from collections import deque


def circle(needs, start):
    """The shortest circle through `start`, or None."""
    paths = deque([(start,)])
    seen = set()
    while paths:
        path = paths.popleft()
        for need in sorted(set(needs[path[-1]])):
            if need == start:
                return path
            if need not in seen:
                seen.add(need)
                paths.append((*path, need))
    return None


def main():
    lines = sys.stdin.read().split("\n")
    needs = {}
    for line in lines[1 : int(lines[0]) + 1]:
        name, rest = line.split(":")
        needs[name] = rest.split()
    for name, wanted in needs.items():
        for need in wanted:
            if need not in needs:
                return print("missing", need, "needed by", name)
    left, built, order = sorted(needs), set(), []
    while left:
        for name in left:
            if all(need in built for need in needs[name]):
                break
        else:
            return print("cycle", *next(found for name in left if (found := circle(needs, name))))
        built.add(name)
        left.remove(name)
        order.append(name)
    print(*order, sep="\n")


main()
