"""@EXPECTED_SCORE@: 20"""

protein = input()
print(len(protein) - max(map(protein.count, protein)))
