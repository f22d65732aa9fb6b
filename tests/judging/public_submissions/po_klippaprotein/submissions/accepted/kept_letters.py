"""Between two letters that stay next to each other, everything is cut away from one end to the other."""

protein, cut = input(), int(input())


def cuts(length: int) -> int:
    return -(-length // cut)


best = len(protein)
for letter in set(protein):
    fewest = {}
    for at, found in enumerate(protein):
        if found == letter:
            fewest[at] = min([cuts(at), *(number + cuts(at - before - 1) for before, number in fewest.items())])
    best = min(best, *(number + cuts(len(protein) - at - 1) for at, number in fewest.items()))
print(best)
