# Lets the van in during the closing minute.
import sys
from heapq import heappop, heappush

DAY = 24 * 60


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def wait(now, hours):
    """Minutes until the road can be entered."""
    if hours is None:
        return 0
    opens, closes = hours
    since_opening = (now - opens) % DAY
    if since_opening <= (closes - opens) % DAY:
        return 0
    return DAY - since_opening


def main():
    lines = sys.stdin.read().split("\n")
    places, roads, wanted = map(int, lines[0].split())
    start, clock = lines[1].split()
    near = [[] for _ in range(places + 1)]
    for line in lines[2 : 2 + roads]:
        a, b, duration, *hours = line.split()
        hours = (minutes(hours[0]), minutes(hours[1])) if hours else None
        near[int(a)].append((int(b), int(duration), hours))
        near[int(b)].append((int(a), int(duration), hours))

    arrival = [None] * (places + 1)
    queue = [(minutes(clock), int(start))]
    while queue:
        now, place = heappop(queue)
        if arrival[place] is not None:
            continue
        arrival[place] = now
        for other, duration, hours in near[place]:
            if arrival[other] is None:
                heappush(queue, (now + wait(now, hours) + duration, other))

    for line in lines[2 + roads : 2 + roads + wanted]:
        at = arrival[int(line)]
        print("unreachable" if at is None else f"{at // DAY} {at % DAY // 60:02}:{at % 60:02}")


main()
