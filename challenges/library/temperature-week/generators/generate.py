"""Write the hidden tests of this package: the inputs from the lists below, the answers from an accepted submission."""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
rng = random.Random(20260101)


def distinct(lowest: int, highest: int) -> list[int]:
    """Seven different temperatures, so that no day ties with another."""
    return rng.sample(range(lowest, highest + 1), 7)


GROUPS = {
    "basic": {
        "01-spring": [8, 11, 9, 14, 17, 12, 10],
        "02-mean-is-whole": [3, 4, 5, 6, 7, 8, 9],
        "03-rounds-up": [21, 24, 20, 26, 19, 27, 22],
        "04-one-and-two-digits": [9, 10, 11, 2, 30, 4, 5],
        "05-first-and-last": [1, 20, 21, 22, 23, 24, 60],
        "06-last-and-first": [60, 24, 23, 22, 21, 20, 1],
        "07-random": distinct(1, 60),
        "08-random": distinct(1, 40),
    },
    "below-zero": {
        "01-frost-all-week": [-3, -8, -12, -1, -5, -9, -7],
        "02-around-zero": [-2, 0, 3, -5, 1, 2, -1],
        "03-zero-is-warmest": [-4, -6, 0, -11, -20, -13, -9],
        "04-mean-just-below-zero": [-3, -2, -1, 0, 1, 2, 4],
        "05-mean-close-to-zero": [-3, -2, -1, 0, 1, 4, 2],
        "06-mean-minus-a-seventh": [-4, -2, -1, 0, 1, 2, 3],
        "07-extremes": [-60, -59, 60, 59, -58, 58, 7],
        "08-coldest-there-is": [-54, -55, -56, -57, -58, -59, -60],
        "09-random": distinct(-30, -1),
        "10-random": distinct(-60, 60),
    },
    "ties": {
        "01-two-warm-days": [4, 15, 7, 15, 9, 11, 5],
        "02-two-cold-days": [14, 5, 7, 15, 9, 5, 11],
        "03-all-equal": [6] * 7,
        "04-all-zero": [0] * 7,
        "05-all-lowest": [-60] * 7,
        "06-halves": [2, 2, 2, 2, 8, 8, 8],
        "07-ends-meet": [-5, 3, 4, -5, 12, 12, -5],
        "08-random": [rng.randint(-1, 1) for _ in range(7)],
        "09-random": [rng.randint(10, 12) for _ in range(7)],
    },
}


def main() -> None:
    reference = PACKAGE / "submissions" / "accepted" / "lists.py"
    for group, tests in GROUPS.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, week in tests.items():
            text = "".join(f"{day} {temperature}\n" for day, temperature in zip(DAYS, week))
            answer = subprocess.run([sys.executable, reference], input=text, capture_output=True, text=True, check=True).stdout
            (folder / f"{name}.in").write_text(text)
            (folder / f"{name}.ans").write_text(answer)


main()
