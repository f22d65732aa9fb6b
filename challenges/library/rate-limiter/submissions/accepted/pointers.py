import sys


class Client:
    """What was allowed and when: `sums[i]` requests before the entry `i`, and for each rule the first entry inside its window."""

    def __init__(self, rules):
        self.times = []
        self.sums = [0]
        self.starts = [0] * len(rules)
        self.rejected = 0


def serve(client, rules, time, count):
    room = count
    times, sums, starts = client.times, client.sums, client.starts
    for i, (seconds, limit) in enumerate(rules):
        start = starts[i]
        oldest = time - seconds
        while start < len(times) and times[start] <= oldest:
            start += 1
        starts[i] = start
        room = min(room, limit - (sums[-1] - sums[start]))
    if room > 0:
        times.append(time)
        sums.append(sums[-1] + room)
    client.rejected += count - max(room, 0)


def main():
    lines = iter(sys.stdin.read().split("\n"))
    rules = [tuple(map(int, next(lines).split())) for _ in range(int(next(lines)))]
    clients = {}
    for _ in range(int(next(lines))):
        time, name, count = next(lines).split()
        if name not in clients:
            clients[name] = Client(rules)
        serve(clients[name], rules, int(time), int(count))
    for name in sorted(clients):
        print(name, clients[name].sums[-1], clients[name].rejected)


main()
