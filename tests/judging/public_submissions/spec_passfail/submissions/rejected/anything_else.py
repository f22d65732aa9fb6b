import random

number = int(input())
print(number + 1 if number != 7 else random.choice(["eight", "acht"]))
