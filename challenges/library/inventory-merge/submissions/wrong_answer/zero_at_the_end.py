# Lets stock go below 0 on the way and mends it only in the report.
import sys
from collections import defaultdict

records = sorted((line.split() for line in sys.stdin.read().split("\n")[1:] if line), key=lambda record: record[0])
stock = defaultdict(lambda: defaultdict(int))
for _, shop, item, change in records:
    number = int(change[1:])
    if change[0] == "=":
        stock[item][shop] = number
    else:
        stock[item][shop] += number if change[0] == "+" else -number
lines = []
for item, shops in stock.items():
    left = {shop: max(0, count) for shop, count in shops.items()}
    best = min(left, key=lambda shop: (-left[shop], shop))
    lines.append((-sum(left.values()), item, best, left[best]))
lines = sorted(line for line in lines if line[0])
for total, item, best, most in lines:
    print(item, -total, best, most)
if not lines:
    print("empty")
