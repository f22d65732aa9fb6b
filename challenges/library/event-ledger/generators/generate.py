"""Write the hidden tests of this package: inputs from below (seeded, always the same), answers from an accepted submission."""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
rng = random.Random(20260106)


class Ledger:
    """Random events over a few accounts, with fresh keys."""

    def __init__(self, accounts: list[str], span: int, largest: int) -> None:
        self.accounts = accounts
        self.span = span
        self.largest = largest
        self.keys: dict[str, None] = {}

    def key(self) -> str:
        key = ""
        while not key or key in self.keys:
            key = "".join(rng.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(4))
        self.keys[key] = None
        return key

    def amount(self) -> str:
        cents = rng.randint(1, self.largest)
        return f"{cents // 100}.{cents % 100:02}"

    def movement(self) -> str:
        account = rng.choice(self.accounts)
        kind = rng.choice([f"deposit {account}", f"withdraw {account}", f"transfer {account} {rng.choice(self.accounts)}"])
        return f"{self.key()} {rng.randint(0, self.span)} {kind} {self.amount()}"

    def correction(self, target: str) -> str:
        kind = rng.choice([f"amend {target} {self.amount()}", f"amend {target} {self.amount()}", f"void {target}"])
        return f"{self.key()} {rng.randint(0, self.span)} {kind}"

    def corrections(self, count: int, misses: float) -> list[str]:
        """Corrections of the keys so far; some aim at corrections or at nothing."""
        targets = list(self.keys)
        made: list[str] = []
        for _ in range(count):
            nowhere = ["nobody", *(line.split()[0] for line in made)]
            made.append(self.correction(rng.choice(nowhere) if rng.random() < misses else rng.choice(targets)))
        return made

    def repeat(self, line: str) -> str:
        """The same line again, or the same key with something else."""
        if rng.random() < 0.5:
            return line
        key, time, rest = line.split(" ", 2)
        return rng.choice([f"{key} {int(time) + 1} {rest}", f"{key} {time} deposit {rng.choice(self.accounts)} {self.amount()}"])

    def questions(self, count: int) -> list[str]:
        asked = [*self.accounts, "nobody"]
        return [f"{rng.choice(asked)} {rng.randint(0, self.span + 1)}" for _ in range(count)]


def in_order(lines: list[str]) -> list[str]:
    return sorted(lines, key=lambda line: (int(line.split()[1]), line.split()[0]))


def shuffled(lines: list[str]) -> list[str]:
    return rng.sample(lines, len(lines))


def ask(accounts: str, last: int) -> list[str]:
    """Every account at every time."""
    return [f"{account} {time}" for account in accounts.split() for time in range(last + 1)]


Case = tuple[list[str], list[str]]

BASIC: dict[str, Case] = {
    "01-nothing": ([], []),
    "02-only-questions": ([], ["a 0", "b 1000000000"]),
    "03-one-deposit": (["k 5 deposit a 0.01"], ask("a b", 6)),
    "04-everything-out": (["1 1 deposit a 10.00", "2 2 withdraw a 10.00"], ask("a", 3)),
    "05-a-cent-too-much": (["1 1 deposit a 10.00", "2 2 withdraw a 10.01", "3 3 withdraw a 9.99"], ask("a", 4)),
    "06-cents-add-up": (
        ["1 1 deposit a 0.10", "2 2 deposit a 0.70", "3 3 withdraw a 0.80", "4 4 deposit a 1.10", "5 5 deposit a 2.20"]
        + ["6 6 withdraw a 3.30", "7 7 deposit b 4.35", "8 8 transfer b a 4.35"],
        ask("a b", 9),
    ),
    "07-transfer": (["1 1 deposit a 5.00", "2 2 transfer a b 3.00", "3 3 transfer a b 3.00", "4 4 transfer b a 3.00"], ask("a b", 5)),
    "08-to-itself": (["1 1 deposit a 5.00", "2 2 transfer a a 5.00", "3 3 transfer a a 5.01", "4 4 transfer b b 0.01"], ask("a b", 5)),
    "09-large-sums": (
        [f"k{i:03} {i} deposit rich 1000000.00" for i in range(300)] + ["z 300 withdraw rich 999999.99"],
        ["rich 299", "rich 300", "rich 21", "rich 1000000000"],
    ),
    "10-empty-account-pays": (["1 0 withdraw a 0.01", "2 0 transfer b a 0.01", "3 0 deposit a 0.01"], ask("a b", 1)),
    "11-account-named-like-a-key": (["a 1 deposit a 2.00", "b 2 withdraw a 1.00", "c 3 transfer a c 1.00"], ask("a b c", 4)),
}
ORDER: dict[str, Case] = {
    "01-backwards": (["1 3 withdraw a 1.00", "2 2 deposit a 1.00", "3 1 withdraw a 1.00"], ask("a", 4)),
    "02-same-second": (["b 1 withdraw a 1.00", "a 1 deposit a 1.00"], ask("a", 2)),
    "03-same-second-refused": (["b 1 deposit a 1.00", "a 1 withdraw a 1.00"], ask("a", 2)),
    "04-digits-before-letters": (["a 1 withdraw x 1.00", "1 1 deposit x 1.00", "10 1 withdraw x 0.40", "9 1 withdraw x 0.70"], ask("x", 1)),
    "05-keys-are-not-numbers": (["9 1 withdraw a 1.00", "10 1 deposit a 1.00"], ask("a", 1)),
    "06-chain-of-transfers": (["1 4 transfer c d 1.00", "2 3 transfer b c 1.00", "3 2 transfer a b 1.00", "4 1 deposit a 1.00"], ask("a b c d", 5)),
    "07-chain-within-a-second": (["1 1 transfer c d 1.00", "2 1 transfer b c 1.00", "3 1 transfer a b 1.00", "0 1 deposit a 1.00"], ask("a b c d", 1)),
    "08-prefix-keys": (["ab 1 withdraw x 1.00", "a 1 deposit x 1.00", "b 1 withdraw x 1.00"], ask("x", 1)),
}
REPEATS: dict[str, Case] = {
    "01-duplicate": (["k 1 deposit a 1.00", "k 1 deposit a 1.00", "k 1 deposit a 1.00"], ask("a", 2)),
    "02-conflict-amount": (["k 1 deposit a 1.00", "k 1 deposit a 1.01"], ask("a", 2)),
    "03-conflict-time": (["k 2 deposit a 1.00", "k 1 deposit a 1.00"], ask("a", 3)),
    "04-first-in-the-input-wins": (["k 9 withdraw a 1.00", "k 1 deposit a 1.00", "j 5 deposit a 3.00"], ask("a", 9)),
    "05-compared-with-the-first": (["k 1 deposit a 1.00", "k 1 deposit a 2.00", "k 1 deposit a 2.00", "k 1 deposit a 1.00"], ask("a", 2)),
    "06-duplicate-of-a-refused-one": (["k 1 withdraw a 1.00", "d 0 deposit a 0.50", "k 1 withdraw a 1.00", "e 2 deposit a 9.00"], ask("a", 3)),
    "07-other-kind": (["k 1 deposit a 1.00", "k 1 withdraw a 1.00", "k 1 transfer a b 1.00"], ask("a b", 2)),
}
CORRECTIONS: dict[str, Case] = {
    "01-amend": (["k 1 deposit a 1.00", "c 5 amend k 3.00"], ask("a", 6)),
    "02-void": (["k 1 deposit a 1.00", "c 5 void k"], ask("a", 6)),
    "03-before-its-target-arrives": (["c 5 void k", "k 1 deposit a 1.00", "d 9 amend j 2.00", "j 2 deposit a 7.00"], ask("a", 3)),
    "04-earlier-than-its-target": (["k 5 deposit a 1.00", "c 1 amend k 3.00"], ask("a", 6)),
    "05-latest-in-time": (["k 1 deposit a 1.00", "c 9 amend k 3.00", "d 8 void k", "e 7 amend k 2.00"], ask("a", 2)),
    "06-void-then-amend": (["k 1 deposit a 1.00", "c 2 void k", "d 3 amend k 2.00"], ask("a", 2)),
    "07-same-time-greatest-key": (["k 1 deposit a 1.00", "c 2 amend k 3.00", "d 2 amend k 4.00", "b 2 void k"], ask("a", 2)),
    "08-orphans": (
        ["k 1 deposit a 1.00", "c 2 void nobody", "d 2 amend c 4.00", "e 2 void e", "f 1 void d", "g 4 amend a 9.00"],
        ask("a", 5),
    ),
    "09-refused-after-amend": (["k 1 deposit a 5.00", "w 2 withdraw a 4.00", "c 3 amend k 3.00"], ask("a", 4)),
    "10-passes-after-amend": (["k 1 deposit a 3.00", "w 2 withdraw a 4.00", "c 3 amend w 3.00", "v 4 withdraw a 1.00"], ask("a", 4)),
    "11-void-of-a-refused-one": (["w 1 withdraw a 1.00", "c 2 void w", "k 3 deposit a 1.00"], ask("a", 4)),
    "12-duplicate-correction": (["k 1 deposit a 1.00", "c 2 amend k 2.00", "c 2 amend k 2.00", "c 3 void k"], ask("a", 4)),
    "13-ignored-event-is-no-target": (["c 1 void k", "j 1 deposit a 1.00", "c 1 deposit a 8.00", "d 2 amend c 2.00"], ask("a", 4)),
    "14-conflict-hides-the-correction": (["k 1 deposit a 1.00", "k 2 void k", "c 3 amend k 6.00", "c 3 void k"], ask("a", 4)),
    "15-chain-falls": (
        ["1 1 deposit a 9.00", "2 2 transfer a b 8.00", "3 3 transfer b c 7.00", "4 4 withdraw c 6.00", "x 9 amend 1 7.99"],
        ask("a b c", 5),
    ),
}


def small() -> None:
    """Random ledgers for every group but the large one."""
    for i in range(12, 17):
        ledger = Ledger(["a", "b", "c"], 60, 2_000)
        BASIC[f"{i}-random"] = in_order([ledger.movement() for _ in range(rng.randint(10, 80))]), ledger.questions(60)
    for i in range(9, 15):
        ledger = Ledger(["a", "b", "c"], 25, 2_000)
        ORDER[f"{i:02}-random"] = shuffled([ledger.movement() for _ in range(rng.randint(10, 80))]), ledger.questions(60)
    for i in range(8, 14):
        ledger = Ledger(["a", "b", "c"], 25, 2_000)
        events = [ledger.movement() for _ in range(rng.randint(10, 60))]
        REPEATS[f"{i:02}-random"] = shuffled(events + [ledger.repeat(rng.choice(events)) for _ in range(30)]), ledger.questions(60)
    for i in range(16, 24):
        ledger = Ledger(["a", "b", "c"], 25, 2_000)
        events = [ledger.movement() for _ in range(rng.randint(10, 60))]
        events += ledger.corrections(rng.randint(5, 60), 0.2)
        CORRECTIONS[f"{i}-random"] = shuffled(events + [ledger.repeat(rng.choice(events)) for _ in range(20)]), ledger.questions(60)


def large() -> dict[str, Case]:
    one = Ledger(["a"], 90_000, 90_000)
    many = Ledger([f"{letter}{digit}" for letter in "bcdefghijk" for digit in range(10)], 900_000, 100_000_000)
    events = [many.movement() for _ in range(6_000)]
    events += many.corrections(1_500, 0.1)
    events += [many.repeat(rng.choice(events)) for _ in range(1_500)]
    return {
        "01-one-account": (shuffled([one.movement() for _ in range(16_000)]), one.questions(18_000)),
        "02-many-accounts": (shuffled(events), many.questions(5_000)),
    }


def main() -> None:
    small()
    reference = PACKAGE / "submissions" / "accepted" / "ledger.py"
    groups = {"basic": BASIC, "order": ORDER, "repeats": REPEATS, "corrections": CORRECTIONS, "large": large()}
    for group, tests in groups.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, (events, questions) in tests.items():
            text = "\n".join([f"{len(events)} {len(questions)}", *events, *questions]) + "\n"
            answer = subprocess.run([sys.executable, reference], input=text, capture_output=True, text=True, check=True).stdout
            (folder / f"{name}.in").write_text(text)
            (folder / f"{name}.ans").write_text(answer)


main()
