KINDS = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]


def cents(amount):
    whole, part = amount.split(".")
    return int(whole) * 100 + int(part)


def written(amount):
    return f"{amount // 100}.{amount % 100:02}"


price, given = map(cents, input().split())
left = given - price
if left < 0:
    print("missing", written(-left))
elif left == 0:
    print("exact")
else:
    print("change", written(left))
    for kind in KINDS:
        count, left = divmod(left, kind)
        if count:
            print(count, "x", written(kind))
