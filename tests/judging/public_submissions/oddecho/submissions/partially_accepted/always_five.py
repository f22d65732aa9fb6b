"""@EXPECTED_SCORE@: 50"""

input()
for number in range(5):
    word = input()
    if number % 2 == 0:
        print(word)
