# Uses the records in the order in which they came in, whatever their time.
import sys
from collections import defaultdict

stock = defaultdict(lambda: defaultdict(int))
for line in sys.stdin.read().split("\n")[1:]:
    if line:
        _, shop, item, change = line.split()
        number = int(change[1:])
        if change[0] == "=":
            stock[item][shop] = number
        elif change[0] == "+":
            stock[item][shop] += number
        else:
            stock[item][shop] = max(0, stock[item][shop] - number)
lines = []
for item, shops in stock.items():
    best = min(shops, key=lambda shop: (-shops[shop], shop))
    lines.append((-sum(shops.values()), item, best, shops[best]))
lines = sorted(line for line in lines if line[0])
for total, item, best, most in lines:
    print(item, -total, best, most)
if not lines:
    print("empty")
