"""Write the hidden tests of this package: inputs from below (seeded, always the same), answers from an accepted submission."""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
rng = random.Random(20260103)


def untouching(count: int, rooms: list[str], span: int, longest: int) -> list[str]:
    """Random wishes of which none starts where another in its room ends: starts are even, ends are odd."""
    wishes = []
    for _ in range(count):
        start = 2 * rng.randrange(span // 2)
        wishes.append(f"{rng.choice(rooms)} {start} {2 * rng.randrange(longest // 2) + 1}")
    return wishes


def crowded(count: int, rooms: list[str], span: int, longest: int, cancels: float) -> list[str]:
    """Random wishes in a short span, so that many touch and clash, with some cancelling of any number up to `count`."""
    requests = []
    for number in range(1, count + 1):
        if rng.random() < cancels:
            requests.append(f"- {rng.randint(1, min(count, number + 2))}")
        else:
            requests.append(f"{rng.choice(rooms)} {rng.randrange(span)} {rng.randint(1, longest)}")
    return requests


def moving(count: int, rooms: list[str], cancels: float, step: int) -> list[str]:
    """A busy desk: wishes a little ahead of a clock that moves on, most of them granted, some touching."""
    requests = []
    clock = dict.fromkeys(rooms, 0)
    for number in range(1, count + 1):
        if number > 1 and rng.random() < cancels:
            requests.append(f"- {rng.randint(max(1, number - 500), number - 1)}")
            continue
        room = rng.choice(rooms)
        start = clock[room] + step * rng.randrange(40)
        clock[room] += step
        requests.append(f"{room} {start} {step if rng.random() < 0.9 else step + 1}")
    return requests


BASIC = {
    "01-no-requests": [],
    "02-one": ["a 5 10"],
    "03-inside": ["a 10 90", "a 20 15"],
    "04-around": ["a 20 15", "a 10 90"],
    "05-over-the-start": ["a 20 15", "a 10 13"],
    "06-over-the-end": ["a 20 15", "a 30 33"],
    "07-the-same": ["a 20 15", "a 20 15", "a 20 3", "a 20 33"],
    "08-other-rooms": ["a 20 15", "b 20 15", "ab 20 15", "ba 20 15", "a 20 15", "abcdefgh 20 15", "abcdefg 20 15"],
    "09-several-clashes": ["a 60 5", "a 20 5", "a 40 5", "a 10 101", "a 30 31", "a 22 41"],
    "10-refused-leaves-nothing": ["a 20 5", "a 22 41", "a 50 5", "a 40 5"],
    "11-ends-of-time": ["a 1000000000 1000000", "a 0 1", "a 999999998 3", "a 1000000000 1", "a 0 1000000"],
    "12-one-minute": ["a 4 1", "a 6 1", "a 4 1", "a 2 5"],
    "13-names-are-compared-whole": ["room 0 9", "rooms 0 9", "roo 4 9"],
}
TOUCHING = {
    "01-after": ["a 10 10", "a 20 10"],
    "02-before": ["a 20 10", "a 10 10"],
    "03-fills-the-gap": ["a 10 10", "a 30 10", "a 20 10", "a 19 1", "a 20 1"],
    "04-one-too-long": ["a 10 10", "a 30 10", "a 20 11", "a 19 11", "a 20 10"],
    "05-every-minute": [f"a {minute} 1" for minute in (3, 1, 2, 0, 4)] + ["a 0 5", "a 1 3", "a 5 1"],
    "06-end-of-time": ["a 999000000 1000000", "a 1000000000 1000000"],
    "07-chain-backwards": [f"a {minute} 7" for minute in range(700, -1, -7)],
    "08-touches-other-room": ["a 0 10", "b 10 10", "a 9 1", "b 9 1"],
}
CANCELLED = {
    "01-and-again": ["a 10 10", "- 1", "a 10 10", "- 1", "- 3"],
    "02-refused": ["a 10 10", "a 15 10", "- 2", "- 1", "a 15 10"],
    "03-number-of-a-cancelling": ["a 10 10", "- 1", "- 2", "- 3", "- 4"],
    "04-later-and-itself": ["- 1", "- 3", "a 10 10", "a 10 10", "- 3"],
    "05-opens-a-gap": ["a 10 10", "a 20 10", "a 30 10", "- 2", "a 19 11", "a 20 11", "a 20 10"],
    "06-same-start-again": ["a 5 10", "- 1", "a 5 20", "- 1", "a 5 5", "- 3", "- 3", "a 5 5"],
    "07-other-room-stays": ["a 5 10", "b 5 10", "- 1", "b 5 10", "a 5 10"],
    "08-only-cancelling": ["- 1", "- 2", "- 3"],
    "09-nothing-fits-after-refusal": ["a 0 100", "a 50 100", "- 1", "a 120 10", "- 2", "a 0 100"],
}


def main() -> None:
    for i in range(14, 20):
        BASIC[f"{i}-random"] = untouching(rng.randint(20, 200), ["a", "b", "cd"][: rng.randint(1, 3)], 2000, 60)
    for i in range(9, 15):
        TOUCHING[f"{i:02}-random"] = crowded(rng.randint(10, 150), ["a", "b"], 60, 4, 0)
    for i in range(10, 17):
        CANCELLED[f"{i}-random"] = crowded(rng.randint(10, 150), ["a", "b"], 50, 6, 0.4)
    halls = [chr(97 + i) for i in range(26)]
    large = {
        "01-one-room": moving(70_000, ["a"], 0.0, 2),
        "02-many-rooms": moving(6_000, halls, 0.3, 30),
        "03-far-apart": [f"a {1_000_000 * day + rng.randrange(1000)} 999000" for day in rng.sample(range(1000), 1000)],
        "04-all-clash": ["a 0 1000000"] + [f"a {rng.randrange(1_000_000)} 1" for _ in range(3000)],
    }
    reference = PACKAGE / "submissions" / "accepted" / "sorted_list.py"
    for group, tests in {"basic": BASIC, "touching": TOUCHING, "cancelled": CANCELLED, "large": large}.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, requests in tests.items():
            text = "\n".join([str(len(requests)), *requests]) + "\n"
            answer = subprocess.run([sys.executable, reference], input=text, capture_output=True, text=True, check=True).stdout
            (folder / f"{name}.in").write_text(text)
            (folder / f"{name}.ans").write_text(answer)


main()
