# Looks a cancellation up among all wishes, so one that was refused, or cancelled before, can be cancelled too.
import sys
from bisect import bisect_left, insort
from collections import defaultdict

lines = sys.stdin.read().split("\n")
rooms, wishes = defaultdict(list), {}
for number in range(1, int(lines[0]) + 1):
    parts = lines[number].split()
    if parts[0] == "-":
        if int(parts[1]) not in wishes:
            print("unknown")
            continue
        room, booking = wishes[int(parts[1])]
        if booking in rooms[room]:
            rooms[room].remove(booking)
        print("ok")
        continue
    room, start = parts[0], int(parts[1])
    end = start + int(parts[2])
    wishes[number] = (room, (start, end, number))
    at = bisect_left(rooms[room], (start,))
    if at > 0 and rooms[room][at - 1][1] > start:
        print("clash", rooms[room][at - 1][2])
    elif at < len(rooms[room]) and rooms[room][at][0] < end:
        print("clash", rooms[room][at][2])
    else:
        insort(rooms[room], (start, end, number))
        print("ok")
