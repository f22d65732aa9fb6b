"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers come from submissions/accepted/stable_sort.py; the other accepted submissions, written differently, confirm them.
"""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SHOPS = ["north", "south", "east", "west", "harbour", "station", "market7", "market12"]
ITEMS = ["rice", "tea", "soap", "salt", "oil", "milk", "flour", "lamp", "cable2", "cable10"]
BILLION = 1_000_000_000


def write(name: str, records: list[str]) -> None:
    text = f"{len(records)}\n" + "".join(f"{record}\n" for record in records)
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(text)
    model = [sys.executable, PACKAGE / "submissions/accepted/stable_sort.py"]
    answer = subprocess.run(model, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    path.with_suffix(".ans").write_bytes(answer)


def moment(minute: int) -> str:
    """The time that many minutes into January 2026 (31 days of 1440 minutes)."""
    return f"2026-01-{minute // 1440 + 1:02}T{minute // 60 % 24:02}:{minute % 60:02}"


def at(minute: int, *rest: str) -> str:
    return " ".join([moment(minute), *rest])


def change(rng: random.Random, most: int = 40) -> str:
    return rng.choice("=++--") + str(rng.randint(0, most))


def careful(rng: random.Random, count: int) -> list[str]:
    """Records in order of time whose stock never meets 0, and whose totals and first places are never shared."""
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    records = []
    for minute in range(count):
        shop, item = rng.randrange(len(SHOPS)), rng.randrange(len(ITEMS))
        number = primes[item] * 1000 * (shop + 1) + rng.randint(1, 90)
        records.append(at(2 * minute, SHOPS[shop], ITEMS[item], rng.choice(["=", "+"]) + str(number)))
        if rng.random() < 0.4:
            records.append(at(2 * minute + 1, SHOPS[shop], ITEMS[item], f"-{rng.randint(1, number)}"))
    return records


def jumble(rng: random.Random, count: int, minutes: int, shops: list[str], items: list[str], most: int = 40) -> list[str]:
    return [at(rng.randrange(minutes), rng.choice(shops), rng.choice(items), change(rng, most)) for _ in range(count)]


def basic() -> None:
    rng = random.Random(20261125)
    write("secret/basic/01-one-count", [at(0, "north", "rice", "=7")])
    write("secret/basic/02-one-delivery", [at(0, "north", "rice", "+7")])
    write("secret/basic/03-count-replaces", [at(0, "north", "tea", "+9"), at(1, "north", "tea", "=4"), at(2, "north", "tea", "+1"), at(3, "north", "tea", "-3")])
    write("secret/basic/04-shops-apart", [at(0, "north", "tea", "=5"), at(1, "south", "tea", "=8"), at(2, "north", "oil", "=2"), at(3, "south", "tea", "-1")])
    write("secret/basic/05-several-items", careful(rng, 40))
    write("secret/basic/06-many", careful(rng, 900))


def late() -> None:
    rng = random.Random(20261126)
    write("secret/late/01-swapped", [at(5, "north", "tea", "+3"), at(1, "north", "tea", "=10")])
    write("secret/late/02-count-came-last", [at(9, "north", "tea", "-2"), at(8, "north", "tea", "+6"), at(7, "north", "tea", "=1")])
    write("secret/late/03-equal-times", [at(5, "north", "tea", "+3"), at(5, "north", "tea", "=10"), at(5, "north", "tea", "-4")])
    write("secret/late/04-equal-times-other-way", [at(5, "north", "tea", "=10"), at(5, "north", "tea", "-4"), at(5, "north", "tea", "=2"), at(5, "north", "tea", "+3")])
    write("secret/late/05-stops-at-zero", [at(1, "north", "tea", "=3"), at(2, "north", "tea", "-5"), at(3, "north", "tea", "+4")])
    write("secret/late/06-zero-depends-on-order", [at(4, "north", "tea", "+4"), at(2, "north", "tea", "-9"), at(1, "north", "tea", "+2"), at(4, "north", "tea", "-1")])
    years = ["2025-12-31T23:59 north tea =4", "2026-02-01T00:00 north tea +7", "2026-01-31T23:59 north tea =1", "2024-02-29T12:00 north tea =90"]
    write("secret/late/07-over-the-new-year", years)
    write("secret/late/08-one-minute", jumble(rng, 500, 1, SHOPS, ITEMS))
    write("secret/late/09-many", jumble(rng, 1500, 700, SHOPS, ITEMS))


def ties() -> None:
    rng = random.Random(20261127)
    write("secret/ties/01-no-records", [])
    write("secret/ties/02-all-sold", [at(0, "north", "tea", "=3"), at(1, "north", "tea", "-3"), at(2, "south", "oil", "=0")])
    write("secret/ties/03-two-shops", [at(0, "west", "tea", "=3"), at(1, "east", "tea", "=3")])
    write("secret/ties/04-names-that-begin-alike", [at(0, "market12", "tea", "=3"), at(1, "market7", "tea", "=3"), at(2, "market", "tea", "=3"), at(3, "market1", "tea", "=3")])
    write("secret/ties/05-equal-totals", [at(0, "north", "tea", "=6"), at(1, "north", "oil", "=6"), at(2, "south", "milk", "=2"), at(3, "north", "milk", "=4")])
    write("secret/ties/06-digits-before-letters", [at(0, "b", "x9", "=1"), at(1, "9", "x9", "=1"), at(2, "b", "xa", "=2"), at(3, "b", "10", "=2"), at(4, "b", "9", "=2")])
    write("secret/ties/07-one-item-gone", [at(0, "north", "tea", "=6"), at(1, "north", "oil", "=6"), at(2, "north", "oil", "=0"), at(3, "north", "soap", "=6")])
    write("secret/ties/08-one-of-each", [at(i, shop, item, "+1") for i, (shop, item) in enumerate((s, i) for s in reversed(SHOPS) for i in reversed(ITEMS))])
    ordered = [at(minute, rng.choice(SHOPS), rng.choice(ITEMS), f"={rng.randint(0, 2)}") for minute in range(400)]
    write("secret/ties/09-small-numbers", ordered)


def large() -> None:
    rng = random.Random(20261128)
    write("secret/large/01-past-32-bits", [at(i, f"s{i}", "rice", f"={BILLION}") for i in range(9)] + [at(20, "s9", "tea", "=1")])
    write("secret/large/02-one-shop-past-32-bits", [at(i, "north", "rice", f"+{BILLION}") for i in range(30)] + [at(50, "north", "rice", "-1")])
    write("secret/large/03-all-in-one-shop", [at(i % 40000, "n", "r", f"+{BILLION}") for i in range(3000)])
    codes = [f"{number:x}" for number in rng.sample(range(0x1000, 0x10000), 12500)]
    records = []
    for place, code in enumerate(codes):
        records.append(at(100, "ab"[place % 2], code, f"+{rng.randint(1, 90)}"))
        records.append(at(rng.randrange(100, 102), rng.choice("abc"), code, f"+{rng.randint(1, 9)}"))
    write("secret/large/04-many-items", records)


write("sample/1", [
    "2026-03-01T08:00 north rice =40", "2026-03-01T09:30 north rice -6", "2026-03-01T08:10 south rice =25",
    "2026-03-01T08:00 south tea =12", "2026-03-01T17:45 south tea +20",
])
write("sample/2", [
    "2026-03-01T12:00 north tea +5", "2026-03-01T08:00 north tea =10", "2026-03-01T10:00 north tea -30",
    "2026-03-01T12:00 east tea =2", "2026-03-01T12:00 east tea +3", "2026-03-01T07:00 west soap =10", "2026-03-01T06:00 west soap =99",
])
write("sample/3", ["2026-03-01T12:00 north oil -1"])
basic()
late()
ties()
large()
