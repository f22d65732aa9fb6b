"""As deep as the fridge is wide, with the limit that Python has by itself."""

from functools import cache


@cache
def ways(number: int) -> int:
    return 1 if number < 2 else (ways(number - 1) + ways(number - 2)) % 1_000_000_007


print(ways(int(input())))
