# Keeps requests that are exactly SECONDS old in the window.
import sys
from bisect import bisect_left

lines = iter(sys.stdin.read().split("\n"))
rules = [tuple(map(int, next(lines).split())) for _ in range(int(next(lines)))]
clients = {}
for _ in range(int(next(lines))):
    time, name, count = next(lines).split()
    time, count = int(time), int(count)
    times, sums, rejected = clients.setdefault(name, ([], [0], [0]))
    room = count
    for seconds, limit in rules:
        room = min(room, limit - sums[-1] + sums[bisect_left(times, time - seconds)])
    if room > 0:
        times.append(time)
        sums.append(sums[-1] + room)
    rejected[0] += count - max(0, room)
for name, (_, sums, rejected) in sorted(clients.items()):
    print(name, sums[-1], rejected[0])
