import sys
from collections import deque
from heapq import heapify, heappop, heappush


def read():
    """Needs by package, in input order; ends the program when one is not declared."""
    lines = sys.stdin.read().split("\n")
    needs = {}
    for line in lines[1 : int(lines[0]) + 1]:
        name, rest = line.split(":")
        needs[name] = rest.split()
    for name, wanted in needs.items():
        for need in wanted:
            if need not in needs:
                print("missing", need, "needed by", name)
                sys.exit()
    return needs


def users_of(needs):
    users = {name: [] for name in needs}
    for name, wanted in needs.items():
        for need in wanted:
            users[need].append(name)
    return users


def build_order(needs, users):
    """As many packages as can be built, smallest ready name first."""
    waiting = {name: len(wanted) for name, wanted in needs.items()}
    ready = [name for name, count in waiting.items() if count == 0]
    heapify(ready)
    order = []
    while ready:
        name = heappop(ready)
        order.append(name)
        for user in users[name]:
            waiting[user] -= 1
            if waiting[user] == 0:
                heappush(ready, user)
    return order


def smallest_on_a_circle(needs):
    """Tarjan's strongly connected components without recursion."""
    index, low, on_stack, stack = {}, {}, set(), []
    best = None
    for root in needs:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        path = [(root, iter(needs[root]))]
        while path:
            name, rest = path[-1]
            for need in rest:
                if need not in index:
                    index[need] = low[need] = len(index)
                    stack.append(need)
                    on_stack.add(need)
                    path.append((need, iter(needs[need])))
                    break
                if need in on_stack:
                    low[name] = min(low[name], index[need])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[name])
                if low[name] == index[name]:
                    component = []
                    while not component or component[-1] != name:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    if len(component) > 1 or name in needs[name]:
                        smallest = min(component)
                        if best is None or smallest < best:
                            best = smallest
    return best


def circle_through(start, needs, users):
    """The shortest circle through `start`, the smallest of the shortest."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        name = queue.popleft()
        for user in users[name]:
            if user not in steps:
                steps[user] = steps[name] + 1
                queue.append(user)
    circle = [start]
    left = min(steps[need] for need in needs[start] if need in steps)
    while left >= 0:
        name = min(need for need in needs[circle[-1]] if steps.get(need) == left)
        if name == start:
            break
        circle.append(name)
        left -= 1
    return circle


def main():
    needs = read()
    users = users_of(needs)
    order = build_order(needs, users)
    if len(order) == len(needs):
        if order:
            print("\n".join(order))
    else:
        print("cycle", *circle_through(smallest_on_a_circle(needs), needs, users))


main()
