# Right on small products; the recursive walk overflows the stack on a long chain.
import sys
from collections import deque
from heapq import heapify, heappop, heappush

lines = sys.stdin.read().split("\n")
needs = {}
for line in lines[1 : int(lines[0]) + 1]:
    name, rest = line.split(":")
    needs[name] = rest.split()
for name, wanted in needs.items():
    for need in wanted:
        if need not in needs:
            sys.exit(print("missing", need, "needed by", name))

index, low, stack, circular = {}, {}, [], []


def visit(name):
    index[name] = low[name] = len(index)
    stack.append(name)
    for need in needs[name]:
        if need not in index:
            visit(need)
            low[name] = min(low[name], low[need])
        elif need in stack:
            low[name] = min(low[name], index[need])
    if low[name] == index[name]:
        at = stack.index(name)
        if len(stack) - at > 1 or name in needs[name]:
            circular.append(min(stack[at:]))
        del stack[at:]


def circle(start):
    paths, seen = deque([(start,)]), set()
    while True:
        path = paths.popleft()
        for need in sorted(needs[path[-1]]):
            if need == start:
                return path
            if need not in seen:
                seen.add(need)
                paths.append((*path, need))


for name in needs:
    if name not in index:
        visit(name)
if circular:
    sys.exit(print("cycle", *circle(min(circular))))
waiting = {name: len(set(wanted)) for name, wanted in needs.items()}
users = {name: [] for name in needs}
for name, wanted in needs.items():
    for need in set(wanted):
        users[need].append(name)
ready = [name for name in needs if not waiting[name]]
heapify(ready)
while ready:
    name = heappop(ready)
    print(name)
    for user in users[name]:
        waiting[user] -= 1
        if not waiting[user]:
            heappush(ready, user)
