import math

print(4 * math.exp(math.log(int(input())) / 2))
