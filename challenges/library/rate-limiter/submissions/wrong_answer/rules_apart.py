# Lets each rule keep its own count, so a request that one rule rejects still fills the windows of the others.
import sys
from collections import deque

lines = iter(sys.stdin.read().split("\n"))
rules = [tuple(map(int, next(lines).split())) for _ in range(int(next(lines)))]
clients = {}
for _ in range(int(next(lines))):
    time, name, count = next(lines).split()
    time, count = int(time), int(count)
    if name not in clients:
        clients[name] = ([deque() for _ in rules], [0] * len(rules), [0, 0])
    windows, used, result = clients[name]
    allowed = count
    for i, (seconds, limit) in enumerate(rules):
        while windows[i] and windows[i][0][0] <= time - seconds:
            used[i] -= windows[i].popleft()[1]
        room = min(count, limit - used[i])
        windows[i].append((time, room))
        used[i] += room
        allowed = min(allowed, room)
    result[0] += allowed
    result[1] += count - allowed
for name in sorted(clients):
    print(name, *clients[name][2])
