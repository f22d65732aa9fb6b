print(4 * int(input()) ** 0.5)
