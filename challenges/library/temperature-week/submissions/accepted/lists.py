week = []
for _ in range(7):
    day, temperature = input().split()
    week.append((day, int(temperature)))

coldest = min(week, key=lambda reading: reading[1])
warmest = max(week, key=lambda reading: reading[1])
mean = sum(temperature for _, temperature in week) / len(week)

print("coldest", *coldest)
print("warmest", *warmest)
print(f"mean {mean:.1f}")
