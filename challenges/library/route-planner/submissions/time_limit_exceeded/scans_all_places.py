# Looks through all open places for the earliest one, every time.
import sys

DAY = 24 * 60


def minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def wait(now, hours):
    """Minutes until the road can be entered."""
    if hours is None:
        return 0
    opens, closes = hours
    since_opening = (now - opens) % DAY
    if since_opening < (closes - opens) % DAY:
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
    best = [float("inf")] * (places + 1)
    best[int(start)] = minutes(clock)
    while True:
        place = 0
        for candidate in range(1, places + 1):
            if arrival[candidate] is None and best[candidate] < best[place]:
                place = candidate
        if place == 0:
            break
        now = best[place]
        arrival[place] = now
        for other, duration, hours in near[place]:
            if arrival[other] is None:
                best[other] = min(best[other], now + wait(now, hours) + duration)

    for line in lines[2 + roads : 2 + roads + wanted]:
        at = arrival[int(line)]
        print("unreachable" if at is None else f"{at // DAY} {at % DAY // 60:02}:{at % 60:02}")


main()
