"""@EXPECTED_SCORE@: 30"""

print(abs(int(input())))
