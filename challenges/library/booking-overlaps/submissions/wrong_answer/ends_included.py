# Compares with <= so that bookings that only touch are refused.
import sys
from bisect import bisect_left, insort
from collections import defaultdict

lines = sys.stdin.read().split("\n")
rooms, made = defaultdict(list), {}
for number in range(1, int(lines[0]) + 1):
    parts = lines[number].split()
    if parts[0] == "-":
        room, booking = made.pop(int(parts[1]), (None, None))
        if room is not None:
            rooms[room].remove(booking)
        print("unknown" if room is None else "ok")
        continue
    room, start = parts[0], int(parts[1])
    end = start + int(parts[2])
    calendar = rooms[room]
    at = bisect_left(calendar, (start,))
    if at > 0 and calendar[at - 1][1] >= start:
        print("clash", calendar[at - 1][2])
    elif at < len(calendar) and calendar[at][0] <= end:
        print("clash", calendar[at][2])
    else:
        insort(calendar, (start, end, number))
        made[number] = (room, (start, end, number))
        print("ok")
