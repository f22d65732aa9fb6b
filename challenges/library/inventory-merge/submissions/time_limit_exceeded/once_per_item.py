# Right, but goes through all records again for each item.
import sys

records = sorted((line.split() for line in sys.stdin.read().split("\n")[1:] if line), key=lambda record: record[0])
lines = []
for wanted in {item for _, _, item, _ in records}:
    shops = {}
    for _, shop, item, change in records:
        if item == wanted:
            number = int(change[1:])
            if change[0] == "=":
                shops[shop] = number
            else:
                shops[shop] = max(0, shops.get(shop, 0) + (number if change[0] == "+" else -number))
    best = min(shops, key=lambda shop: (-shops[shop], shop))
    lines.append((-sum(shops.values()), wanted, best, shops[best]))
lines = sorted(line for line in lines if line[0])
for total, item, best, most in lines:
    print(item, -total, best, most)
if not lines:
    print("empty")
