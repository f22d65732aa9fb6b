# Finds the way with the least driving first, and adds the waiting to it afterwards.
import sys
from heapq import heappop, heappush

lines = sys.stdin.read().split("\n")
places, roads, wanted = map(int, lines[0].split())
start, clock = lines[1].split()


def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


near = [[] for _ in range(places + 1)]
for line in lines[2 : 2 + roads]:
    a, b, duration, *hours = line.split()
    hours = [minutes(text) for text in hours]
    near[int(a)].append((int(b), int(duration), hours))
    near[int(b)].append((int(a), int(duration), hours))

arrival = {}
queue = [(0, int(start), minutes(clock))]
while queue:
    driven, place, now = heappop(queue)
    if place in arrival:
        continue
    arrival[place] = now
    for other, duration, hours in near[place]:
        enter = now
        if hours:
            closed = (now - hours[0]) % 1440 - (hours[1] - hours[0]) % 1440
            if closed >= 0:
                enter = now + (hours[0] - now) % 1440
        heappush(queue, (driven + duration, other, enter + duration))

for line in lines[2 + roads : 2 + roads + wanted]:
    at = arrival.get(int(line))
    print("unreachable" if at is None else f"{at // 1440} {at % 1440 // 60:02}:{at % 60:02}")
