import sys
from bisect import bisect_left, insort
from collections import defaultdict


def main():
    lines = sys.stdin.read().split("\n")
    rooms = defaultdict(list)  # room -> [(start, end, number)] in order of time
    made = {}  # number -> (room, booking)
    answers = []
    for number in range(1, int(lines[0]) + 1):
        parts = lines[number].split()
        if parts[0] == "-":
            room, booking = made.pop(int(parts[1]), (None, None))
            if room is None:
                answers.append("unknown")
            else:
                del rooms[room][bisect_left(rooms[room], booking)]
                answers.append("ok")
            continue
        room, start, end = parts[0], int(parts[1]), int(parts[1]) + int(parts[2])
        calendar = rooms[room]
        at = bisect_left(calendar, (start,))
        if at > 0 and calendar[at - 1][1] > start:
            answers.append(f"clash {calendar[at - 1][2]}")
        elif at < len(calendar) and calendar[at][0] < end:
            answers.append(f"clash {calendar[at][2]}")
        else:
            booking = (start, end, number)
            insort(calendar, booking)
            made[number] = (room, booking)
            answers.append("ok")
    print("\n".join(answers))


main()
