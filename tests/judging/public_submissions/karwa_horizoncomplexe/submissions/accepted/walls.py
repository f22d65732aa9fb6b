input()
heights = [0, *map(int, input().split()), 0]
print(sum(height > 0 for height in heights) + sum(abs(a - b) for a, b in zip(heights, heights[1:])))
