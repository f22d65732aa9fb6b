"""@EXPECTED_SCORE@: 0"""

number = int(input())
print(number if abs(number) > 20 else 0)
