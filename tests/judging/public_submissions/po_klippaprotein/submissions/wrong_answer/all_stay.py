"""Never cuts a letter away that could stay, and at most three times."""

protein, cut = input(), int(input())
letter = max(sorted(set(protein)), key=protein.count)
print(min(3, sum(-(-len(part) // cut) for part in protein.split(letter))))
