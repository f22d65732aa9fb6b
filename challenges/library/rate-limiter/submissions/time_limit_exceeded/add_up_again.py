# Right, but adds up the whole window again for each line.
import sys

lines = iter(sys.stdin.read().split("\n"))
rules = [tuple(map(int, next(lines).split())) for _ in range(int(next(lines)))]
clients = {}
for _ in range(int(next(lines))):
    time, name, count = next(lines).split()
    time, count = int(time), int(count)
    history, result = clients.setdefault(name, ([], [0, 0]))
    room = count
    for seconds, limit in rules:
        used = sum(allowed for then, allowed in history if then > time - seconds)
        room = min(room, limit - used)
    if room > 0:
        history.append((time, room))
    result[0] += room
    result[1] += count - room
for name in sorted(clients):
    print(name, *clients[name][1])
