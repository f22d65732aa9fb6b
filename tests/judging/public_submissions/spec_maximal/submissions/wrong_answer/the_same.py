number = int(input())
print(number if number == 99 else number + 1)
