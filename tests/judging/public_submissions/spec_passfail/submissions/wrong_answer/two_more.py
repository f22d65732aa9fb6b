number = int(input())
print(number + 2 if number == 13 else number + 1)
