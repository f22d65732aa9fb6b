"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers come from submissions/accepted/pointers.py; the other accepted submissions, written differently, confirm them.
"""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
BILLION = 1_000_000_000
Line = tuple[int, str, int]
Rule = tuple[int, int]


def write(name: str, rules: list[Rule], log: list[Line]) -> None:
    rows = [(len(rules),), *rules, (len(log),), *log]
    text = "".join(" ".join(map(str, row)) + "\n" for row in rows)
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(text)
    model = [sys.executable, PACKAGE / "submissions/accepted/pointers.py"]
    answer = subprocess.run(model, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    path.with_suffix(".ans").write_bytes(answer)


def log(rng: random.Random, count: int, clients: list[str], end: int, most: int = 1, step: int = 1) -> list[Line]:
    times = sorted(rng.randrange(0, end, step) for _ in range(count))
    return [(time, rng.choice(clients), rng.randint(1, most)) for time in times]


def basic() -> None:
    """Windows of an odd length and even times: no request is ever exactly as old as the window is long."""
    rng = random.Random(20261130)
    write("secret/basic/01-one-request", [(9, 1)], [(0, "anna", 1)])
    write("secret/basic/02-one-too-many", [(61, 3)], [(time, "anna", 1) for time in (0, 10, 20, 30, 40)])
    write("secret/basic/03-room-again", [(61, 2)], [(time, "anna", 1) for time in (50, 58, 62, 70, 112, 116, 120, 130)])
    write("secret/basic/04-rejected-leave-no-trace", [(11, 1)], [(time, "b", 1) for time in range(0, 60, 4)])
    write("secret/basic/05-clients-apart", [(31, 2)], log(rng, 60, ["web", "app", "app2", "7"], 200, step=2))
    write("secret/basic/06-many", [(101, 9)], log(rng, 1200, ["a", "b", "c", "dd", "e5"], 6000, step=2))


def edges() -> None:
    rng = random.Random(20261201)
    write("secret/edges/01-exactly-as-old", [(10, 1)], [(0, "a", 1), (9, "a", 1), (10, "a", 1), (19, "a", 1), (20, "a", 1)])
    write("secret/edges/02-same-second", [(1, 2)], [(5, "a", 1)] * 4 + [(6, "a", 1)] * 3)
    write("secret/edges/03-two-rules", [(1, 2), (10, 5)], [(time, "a", 1) for time in (0, 0, 0, 1, 1, 1, 2, 9, 10, 10, 10, 11)])
    write("secret/edges/04-useless-rule", [(5, 100), (5, 2), (7, 2)], log(rng, 60, ["a", "b"], 90))
    write("secret/edges/05-long-ago", [(BILLION, 2)], [(0, "a", 1), (0, "a", 1), (BILLION - 1, "a", 1), (BILLION, "a", 1)])
    write("secret/edges/06-order-of-names", [(3, 1)], [(4, name, 1) for name in ("b", "a1", "a", "10", "9", "a0", "aa", "b")])
    write("secret/edges/07-rejected-by-the-other", [(4, 1), (20, 6)], [(time, "a", 1) for time in range(60)])
    write("secret/edges/08-five-rules", [(1, 1), (3, 2), (10, 5), (30, 12), (100, 30)], log(rng, 800, ["a", "b", "c"], 500))
    write("secret/edges/09-short-windows", [(1, 1), (2, 1)], log(rng, 600, ["x", "y"], 300))


def bursts() -> None:
    rng = random.Random(20261202)
    write("secret/bursts/01-part-of-a-burst", [(10, 5)], [(0, "a", 3), (5, "a", 4), (10, "a", 9), (15, "a", 1)])
    write("secret/bursts/02-many-at-once", [(60, 1000)], [(0, "a", BILLION), (59, "a", BILLION), (60, "a", BILLION)])
    write("secret/bursts/03-past-32-bits", [(1, BILLION)], [(time, "a", BILLION) for time in range(30)])
    write("secret/bursts/04-window-past-31-bits", [(9, BILLION), (3, BILLION - 1)], [(time // 2, "a", BILLION) for time in range(50)])
    write("secret/bursts/05-some", [(7, 20), (50, 90)], log(rng, 500, ["a", "b"], 900, most=15))
    write("secret/bursts/06-wide-range", [(5, 7), (40, 5000), (300, 10**6)], log(rng, 900, ["a", "b", "c"], 3000, most=40))
    shares = [(time, client, rng.choice([1, 10**3, 10**6, BILLION])) for time, client, _ in log(rng, 900, ["k", "l"], 20000)]
    write("secret/bursts/07-any-size", [(10, 10**5), (1000, 10**8), (9000, BILLION)], shares)


def large() -> None:
    rng = random.Random(20261203)
    day = [(10, 5), (60, 25), (600, 200), (3600, 1000), (40000, BILLION)]
    write("secret/large/01-one-client", [(40000, BILLION), (39999, BILLION - 1)], [(time, "a", 1) for time in range(40000)])
    write("secret/large/02-five-rules", day, log(rng, 40000, ["a", "a", "a", *"bcdefgh"], 80000, most=3))
    write("secret/large/03-many-clients", [(5000, 3), (20000, 6)], log(rng, 24000, [f"c{number}" for number in range(2500)], 60000, most=2))


def samples() -> None:
    write("sample/1", [(60, 2)], [(0, "anna", 1), (20, "anna", 1), (30, "bo", 1), (40, "anna", 1), (60, "anna", 1), (70, "anna", 1), (80, "anna", 1)])
    write("sample/2", [(1, 3), (10, 5)], [(0, "shop", 2), (0, "shop", 4), (4, "app", 9), (5, "shop", 3), (9, "shop", 1), (10, "shop", 100)])


samples()
basic()
edges()
bursts()
large()
