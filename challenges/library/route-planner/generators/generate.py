"""Write the hidden tests of this package: inputs from below (seeded, always the same), answers from an accepted submission."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
rng = random.Random(20260105)


def clock(minute: int) -> str:
    """A minute of the day as HH:MM."""
    return f"{minute // 60:02}:{minute % 60:02}"


def always() -> str:
    return ""


def daytime() -> str:
    """Hours within one day, for half of the roads."""
    opens, closes = sorted(rng.sample(range(1440), 2))
    return rng.choice(["", f" {clock(opens)} {clock(closes)}"])


def any_hours() -> str:
    """Hours within a day or over midnight, for three of four roads; some are open or closed for one minute only."""
    opens = rng.randrange(1440)
    closes = rng.choice([rng.randrange(1440), (opens + 1) % 1440, (opens - 1) % 1440, 0])
    return rng.choice(["", *[f" {clock(opens)} {clock(closes)}"] * 3]) if opens != closes else ""


def text(places: int, start: str, roads: list[str], wanted: list[int]) -> str:
    return "\n".join([f"{places} {len(roads)} {len(wanted)}", start, *roads, *map(str, wanted)]) + "\n"


def everywhere(start: str, roads: list[str]) -> str:
    """A small map by hand, with every place asked for."""
    places = max([int(start.split()[0]), *(int(number) for road in roads for number in road.split()[:2])])
    return text(places, start, roads, list(range(1, places + 1)))


def anyhow(places: int, roads: int, longest: int, hours: Callable[[], str]) -> str:
    """Roads between any two places."""
    lines = []
    for _ in range(roads):
        a, b = rng.sample(range(1, places + 1), 2)
        lines.append(f"{a} {b} {rng.randint(1, longest)}{hours()}")
    start = f"{rng.randint(1, places)} {clock(rng.randrange(1440))}"
    return text(places, start, lines, rng.sample(range(1, places + 1), min(places, 40)))


def along_a_valley(places: int, roads: int, reach: int, hours: Callable[[], str]) -> str:
    """A long valley: each place has a short road to the next, and slower ones that jump ahead. Numbers say nothing about where."""
    number = list(range(1, places + 1))
    rng.shuffle(number)
    lines = [f"{number[i]} {number[i + 1]} 1" for i in range(places - 1)]
    for _ in range(roads - len(lines)):
        i = rng.randrange(places - 2)
        jump = min(rng.randint(2, reach), places - 1 - i)
        lines.append(f"{number[i]} {number[i + jump]} {min(1000, jump + rng.randint(1, jump))}{hours()}")
    rng.shuffle(lines)
    wanted = [number[-1], number[0]] + rng.sample(number, 300)
    return text(places, f"{number[0]} 06:30", lines, wanted)


def city(side: int, hours: Callable[[], str]) -> str:
    """A square of streets with the blocks in random order."""
    number = list(range(1, side * side + 1))
    rng.shuffle(number)
    lines = []
    for row in range(side):
        for column in range(side):
            here = number[row * side + column]
            if column + 1 < side:
                lines.append(f"{here} {number[row * side + column + 1]} {rng.randint(1, 30)}{hours()}")
            if row + 1 < side:
                lines.append(f"{here} {number[row * side + column + side]} {rng.randint(1, 30)}{hours()}")
    rng.shuffle(lines)
    return text(side * side, f"{number[0]} 23:10", lines, [number[-1], *rng.sample(number, 99)])


def hub(places: int) -> str:
    """One place next to all others."""
    lines = [f"1 {place} {rng.randint(1, 1000)}{any_hours()}" for place in range(2, places + 1)]
    return text(places, "1 12:00", lines, list(range(1, 101)))


BASIC = {
    "01-alone": text(1, "1 09:00", [], [1]),
    "02-no-roads": everywhere("2 09:00", ["3 4 5"]),
    "03-one-road": everywhere("1 09:00", ["1 2 30"]),
    "04-backwards": everywhere("2 09:00", ["1 2 30"]),
    "05-more-roads-are-faster": everywhere("1 09:00", ["1 4 100", "1 2 30", "2 3 30", "3 4 30"]),
    "06-several-between-two": everywhere("1 09:00", ["1 2 30", "1 2 10", "2 1 20", "2 3 5", "3 2 9"]),
    "07-to-midnight": everywhere("1 23:30", ["1 2 29", "2 3 1", "3 4 1"]),
    "08-many-days": everywhere("1 00:00", [f"{i} {i + 1} 1000" for i in range(1, 60)]),
    "09-asked-twice": text(3, "3 17:05", ["1 2 7", "2 3 8"], [1, 3, 1, 2, 3]),
    "10-found-late-but-earlier": everywhere("1 08:00", ["1 2 10", "1 3 1", "3 4 1", "4 2 1", "2 5 1"]),
    "11-starts-at-midnight": everywhere("1 00:00", ["1 2 440", "2 3 1000", "3 4 1000"]),
}
HOURS = {
    "01-open": everywhere("1 09:00", ["1 2 30 08:00 10:00"]),
    "02-too-early": everywhere("1 07:00", ["1 2 30 08:00 10:00"]),
    "03-too-late": everywhere("1 10:30", ["1 2 30 08:00 10:00"]),
    "04-at-opening": everywhere("1 08:00", ["1 2 30 08:00 10:00"]),
    "05-at-closing": everywhere("1 10:00", ["1 2 30 08:00 10:00"]),
    "06-last-minute": everywhere("1 09:59", ["1 2 30 08:00 10:00"]),
    "07-closes-on-the-way": everywhere("1 09:50", ["1 2 600 08:00 10:00", "2 3 5 19:00 20:00"]),
    "08-another-way": everywhere("1 07:00", ["1 2 10 12:00 13:00", "1 3 50", "3 2 60"]),
    "09-wait-is-faster": everywhere("1 07:00", ["1 2 10 08:00 09:00", "1 3 50", "3 2 60"]),
    "10-least-driving-is-late": everywhere("1 07:00", ["1 2 10", "2 4 10 12:00 13:00", "1 3 30", "3 4 30", "4 5 1"]),
    "11-same-places-other-hours": everywhere("1 11:00", ["1 2 10 08:00 10:00", "1 2 30 12:00 13:00", "2 1 400 11:00 11:01"]),
    "12-a-chain-of-days": everywhere("1 12:00", [f"{i} {i + 1} 30 08:00 08:30" for i in range(1, 20)]),
    "13-one-minute": everywhere("1 12:01", ["1 2 999 12:00 12:01", "2 3 1 23:58 23:59"]),
    "14-whole-day-but-a-minute": everywhere("1 23:59", ["1 2 1 00:00 23:59", "2 3 1"]),
    "15-only-closed-roads": everywhere("1 20:00", ["1 2 5 06:00 07:00", "1 3 5 05:00 07:00", "3 2 50 05:00 06:30", "2 4 1"]),
}
MIDNIGHT = {
    "01-before": everywhere("1 23:00", ["1 2 30 22:00 04:00"]),
    "02-after": everywhere("1 03:00", ["1 2 30 22:00 04:00"]),
    "03-closed": everywhere("1 12:00", ["1 2 30 22:00 04:00"]),
    "04-at-closing": everywhere("1 04:00", ["1 2 30 22:00 04:00"]),
    "05-last-minute": everywhere("1 03:59", ["1 2 30 22:00 04:00"]),
    "06-at-opening": everywhere("1 22:00", ["1 2 30 22:00 04:00"]),
    "07-until-midnight": everywhere("1 23:59", ["1 2 1 20:00 00:00", "2 3 1 20:00 00:00", "2 4 1 00:00 00:01"]),
    "08-from-midnight": everywhere("1 22:00", ["1 2 5 00:00 06:00", "2 3 5 00:00 00:05", "2 4 5 00:05 00:06"]),
    "09-closed-one-minute": everywhere("1 12:00", ["1 2 1 12:01 12:00", "2 3 1 12:02 12:01", "3 4 959 12:03 12:02"]),
    "10-next-day-counts": everywhere("1 23:00", ["1 2 120 22:00 04:00", "2 3 1 22:00 01:00", "2 4 1 22:00 01:01"]),
    "11-both-kinds": everywhere("1 21:00", ["1 2 30 22:00 04:00", "1 3 30 06:00 20:00", "2 3 300", "3 4 1 22:30 03:31"]),
}


def main() -> None:
    for i in range(12, 18):
        BASIC[f"{i}-random"] = anyhow(rng.randint(5, 120), rng.randint(5, 300), 100, always)
    for i in range(16, 24):
        HOURS[f"{i}-random"] = anyhow(rng.randint(5, 120), rng.randint(10, 300), rng.choice([30, 400]), daytime)
    for i in range(12, 20):
        MIDNIGHT[f"{i}-random"] = anyhow(rng.randint(5, 120), rng.randint(10, 300), rng.choice([30, 400]), any_hours)
    large = {
        "01-valley": along_a_valley(20_000, 32_000, 300, lambda: any_hours() if rng.random() < 0.3 else ""),
        "02-city": city(62, any_hours),
        "03-hub": hub(6_000),
        "04-anyhow": anyhow(1_500, 6_000, 1000, any_hours),
    }
    reference = PACKAGE / "submissions" / "accepted" / "heap.py"
    for group, tests in {"basic": BASIC, "hours": HOURS, "midnight": MIDNIGHT, "large": large}.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in tests.items():
            answer = subprocess.run([sys.executable, reference], input=content, capture_output=True, text=True, check=True).stdout
            (folder / f"{name}.in").write_text(content)
            (folder / f"{name}.ans").write_text(answer)


main()
