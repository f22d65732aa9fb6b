# Right, but serves every request of a burst by itself.
import sys
from bisect import bisect_right

lines = iter(sys.stdin.read().split("\n"))
rules = [tuple(map(int, next(lines).split())) for _ in range(int(next(lines)))]
clients = {}
for _ in range(int(next(lines))):
    time, name, count = next(lines).split()
    time = int(time)
    history, result = clients.setdefault(name, ([], [0, 0]))
    for _ in range(int(count)):
        if all(len(history) - bisect_right(history, time - seconds) < limit for seconds, limit in rules):
            history.append(time)
            result[0] += 1
        else:
            result[1] += 1
for name in sorted(clients):
    print(name, *clients[name][1])
