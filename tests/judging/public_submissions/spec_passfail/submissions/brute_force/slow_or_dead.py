number = int(input())
while number == 13:
    pass
print(number + 1 + 0 // (number - 2))
