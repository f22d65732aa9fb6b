# Lets a later event with the same key replace the first.
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass


@dataclass
class Movement:
    time: int
    key: str
    source: str | None
    target: str | None
    cents: int
    voided: bool = False


def cents(text):
    return int(text.replace(".", ""))


def counted_events(lines, counts):
    """Rule 1: the first event of each key, split into words."""
    first = {}
    for line in lines:
        key = line.split(" ", 1)[0]
        if key not in first:
            first[key] = line
        elif first[key] == line:
            counts["duplicates"] += 1
        else:
            counts["conflicts"] += 1
            first[key] = line
    return [line.split() for line in first.values()]


def movements_of(events):
    movements = {}
    for key, time, kind, *rest in events:
        match kind, rest:
            case "deposit", [account, amount]:
                movements[key] = Movement(int(time), key, None, account, cents(amount))
            case "withdraw", [account, amount]:
                movements[key] = Movement(int(time), key, account, None, cents(amount))
            case "transfer", [source, target, amount]:
                movements[key] = Movement(int(time), key, source, target, cents(amount))
    return movements


def correct(movements, events, counts):
    """Rule 2: apply the latest correction of every movement."""
    latest = {}
    for key, time, kind, *rest in events:
        if kind not in ("amend", "void"):
            continue
        if rest[0] not in movements:
            counts["orphans"] += 1
            continue
        latest[rest[0]] = max(latest.get(rest[0], (-1, "", [])), (int(time), key, rest[1:]))
    for target, (_, _, amount) in latest.items():
        if amount:
            movements[target].cents = cents(amount[0])
        else:
            movements[target].voided = True
            counts["voided"] += 1


def replay(movements, counts):
    """Rule 3: for every account its times of change and the balances after them."""
    history = defaultdict(lambda: ([-1], [0]))
    for move in sorted(movements, key=lambda move: (move.time, move.key)):
        if move.source is not None and history[move.source][1][-1] < move.cents:
            counts["refused"] += 1
            continue
        for account, change in ((move.source, -move.cents), (move.target, move.cents)):
            if account is not None:
                times, balances = history[account]
                times.append(move.time)
                balances.append(balances[-1] + change)
    return history


def main():
    lines = sys.stdin.read().split("\n")
    event_count, question_count = map(int, lines[0].split())
    counts = Counter()
    events = counted_events(lines[1 : 1 + event_count], counts)
    movements = movements_of(events)
    correct(movements, events, counts)
    history = replay([move for move in movements.values() if not move.voided], counts)
    print(*(f"{name} {counts[name]}" for name in ("duplicates", "conflicts", "orphans", "voided", "refused")))
    for line in lines[1 + event_count : 1 + event_count + question_count]:
        account, time = line.split()
        times, balances = history[account]
        balance = balances[bisect_right(times, int(time)) - 1]
        print(f"{balance // 100}.{balance % 100:02}")


main()
