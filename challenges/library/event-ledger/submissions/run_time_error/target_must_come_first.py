# Applies every correction as it arrives, and stumbles when the movement has not arrived yet.
import sys
from bisect import bisect_right

lines = sys.stdin.read().split("\n")
event_count, question_count = map(int, lines[0].split())
first, movements, correction = {}, {}, {}
duplicates = conflicts = orphans = refused = 0
for line in lines[1 : 1 + event_count]:
    key, time, kind, *rest = line.split()
    if key in first:
        duplicates += line == first[key]
        conflicts += line != first[key]
        continue
    first[key] = line
    if kind in ("amend", "void"):
        stamp = (int(time), key)
        if movements[rest[0]] is None:
            orphans += 1
        elif stamp > correction.get(rest[0], (stamp[:0], None))[0]:
            correction[rest[0]] = (stamp, rest[1:])
        movements[key] = None
    else:
        movements[key] = (int(time), key, kind, rest)

history, balances = [], {}
for time, key, kind, rest in sorted(move for move in movements.values() if move):
    amount = rest[-1]
    if key in correction:
        if not correction[key][1]:
            continue
        amount = correction[key][1][0]
    amount = int(amount.replace(".", ""))
    if kind != "deposit":
        if balances.get(rest[0], 0) < amount:
            refused += 1
            continue
        balances[rest[0]] = balances.get(rest[0], 0) - amount
        history.append((rest[0], time, balances[rest[0]]))
    if kind != "withdraw":
        balances[rest[-2]] = balances.get(rest[-2], 0) + amount
        history.append((rest[-2], time, balances[rest[-2]]))

voided = sum(not amount for _, amount in correction.values())
print(f"duplicates {duplicates} conflicts {conflicts} orphans {orphans} voided {voided} refused {refused}")
by_account = {}
for account, time, balance in history:
    times, values = by_account.setdefault(account, ([-1], [0]))
    times.append(time)
    values.append(balance)
for line in lines[1 + event_count : 1 + event_count + question_count]:
    account, time = line.split()
    times, values = by_account.get(account, ([-1], [0]))
    balance = values[bisect_right(times, int(time)) - 1]
    print(f"{balance // 100}.{balance % 100:02}")
