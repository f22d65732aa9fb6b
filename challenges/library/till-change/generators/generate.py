"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers come from submissions/accepted/integer_cents.py; the other accepted submissions, written differently, confirm them.
"""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LARGEST = 100_000_000_00


def amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def write(name: str, price: int, given: int) -> None:
    text = f"{amount(price)} {amount(given)}\n"
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(text)
    model = [sys.executable, PACKAGE / "submissions/accepted/integer_cents.py"]
    answer = subprocess.run(model, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    path.with_suffix(".ans").write_bytes(answer)


def main() -> None:
    rng = random.Random(20261123)
    write("sample/1", 13_40, 50_00)
    write("sample/2", 8_00, 8_00)
    write("sample/3", 20_30, 20_00)

    write("secret/basic/01-one-coin", 4_00, 5_00)
    write("secret/basic/02-half", 4_50, 5_00)
    write("secret/basic/03-largest-note-twice", 1_00, 201_00)
    write("secret/basic/04-each-once", 11_50, 200_00)
    write("secret/basic/05-two-of-a-kind", 6_00, 10_00)
    for number in range(6, 10):
        price = rng.randrange(1_00, 500_00, 50)
        write(f"secret/basic/{number:02}-random", price, price + rng.randrange(50, 300_00, 50))

    write("secret/cents/01-one-cent", 99, 1_00)
    write("secret/cents/02-thirty-cents", 70, 1_00)
    write("secret/cents/03-twenty-nine-cents", 1, 30)
    write("secret/cents/04-every-kind", 11_12, 200_00)
    write("secret/cents/05-most-pieces", 100_01, 200_00)
    write("secret/cents/06-price-has-one-figure", 5, 20_00)
    for number in range(7, 13):
        price = rng.randrange(1, 200_00)
        write(f"secret/cents/{number:02}-random", price, price + rng.randrange(1, 150_00))

    write("secret/exact/01-smallest", 1, 1)
    write("secret/exact/02-same", 19_99, 19_99)
    write("secret/exact/03-nothing-paid", 12_00, 0)
    write("secret/exact/04-one-cent-missing", 100_00, 99_99)
    write("secret/exact/05-cents-missing", 1_10, 1_05)
    write("secret/exact/06-nothing-paid-for-a-cent", 1, 0)
    write("secret/exact/07-much-missing", 1204_07, 300_50)

    write("secret/large/01-largest-change", 1, LARGEST)
    write("secret/large/02-both-large", LARGEST - 1_11, LARGEST)
    write("secret/large/03-half-change", LARGEST // 2, LARGEST)
    write("secret/large/04-just-past-32-bits", 1_00, 42_949_673_95)
    write("secret/large/05-past-31-bits", 29, 21_474_836_77)
    for number in range(6, 9):
        price = rng.randrange(LARGEST // 2, LARGEST)
        write(f"secret/large/{number:02}-random", price, rng.randrange(price, LARGEST))


main()
