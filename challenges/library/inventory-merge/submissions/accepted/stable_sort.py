import sys
from collections import defaultdict

records = [line.split() for line in sys.stdin.read().split("\n")[1:] if line]
records.sort(key=lambda record: record[0])

stock = defaultdict(dict)
for _, shop, item, change in records:
    sign, number = change[0], int(change[1:])
    before = stock[item].get(shop, 0)
    if sign == "=":
        after = number
    elif sign == "+":
        after = before + number
    else:
        after = max(0, before - number)
    stock[item][shop] = after

lines = []
for item, shops in stock.items():
    total = sum(shops.values())
    if total > 0:
        best = min(shops, key=lambda shop: (-shops[shop], shop))
        lines.append((-total, item, best, shops[best]))
for total, item, best, most in sorted(lines):
    print(item, -total, best, most)
if not lines:
    print("empty")
