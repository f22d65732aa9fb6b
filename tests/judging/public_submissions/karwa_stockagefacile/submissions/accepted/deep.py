"""A million calls deep: the stack is not limited."""

import sys

sys.setrecursionlimit(2_000_000)


def ways(left: int, one: int, two: int) -> int:
    return one if left == 0 else ways(left - 1, two, (one + two) % 1_000_000_007)


print(ways(int(input()), 1, 1))
