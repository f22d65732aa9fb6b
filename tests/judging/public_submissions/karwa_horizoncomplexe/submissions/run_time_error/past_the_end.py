number = int(input())
heights = list(map(int, input().split()))
print(sum(abs(heights[at] - heights[at + 1]) for at in range(number)))
