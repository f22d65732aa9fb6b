# Compares every wish with every booking of its room.
import sys


def main():
    lines = sys.stdin.read().split("\n")
    rooms, made, answers = {}, {}, []
    for number in range(1, int(lines[0]) + 1):
        parts = lines[number].split()
        if parts[0] == "-":
            room = made.pop(int(parts[1]), None)
            if room is not None:
                rooms[room] = [booking for booking in rooms[room] if booking[2] != int(parts[1])]
            answers.append("unknown" if room is None else "ok")
            continue
        start = int(parts[1])
        end = start + int(parts[2])
        bookings = rooms.setdefault(parts[0], [])
        clashes = [booking for booking in bookings if booking[0] < end and start < booking[1]]
        if clashes:
            answers.append(f"clash {min(clashes)[2]}")
        else:
            bookings.append((start, end, number))
            made[number] = parts[0]
            answers.append("ok")
    print("\n".join(answers))


main()
