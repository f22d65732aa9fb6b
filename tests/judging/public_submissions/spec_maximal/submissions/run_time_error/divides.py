number = int(input())
print(number + 1 + 0 // number)
