import math

print(4 * math.isqrt(int(input())))
