# A depth-first walk in order of names gives an order, but not the one asked for.
import sys

sys.setrecursionlimit(20_000)
lines = sys.stdin.read().split("\n")
needs = {}
for line in lines[1 : int(lines[0]) + 1]:
    name, rest = line.split(":")
    needs[name] = sorted(rest.split())
for line in lines[1 : int(lines[0]) + 1]:
    name, rest = line.split(":")
    for need in rest.split():
        if need not in needs:
            sys.exit(print("missing", need, "needed by", name))

state, order = {}, []
for root in sorted(needs):
    path = [] if root in state else [(root, iter(needs[root]))]
    state.setdefault(root, "open")
    while path:
        name, rest = path[-1]
        for need in rest:
            if state.get(need) == "open":
                names = [step for step, _ in path]
                sys.exit(print("cycle", *names[names.index(need) :]))
            if need not in state:
                state[need] = "open"
                path.append((need, iter(needs[need])))
                break
        else:
            state[name] = "built"
            order.append(name)
            path.pop()
print("\n".join(order))
