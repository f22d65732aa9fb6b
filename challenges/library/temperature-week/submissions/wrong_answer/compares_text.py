# Forgets to turn the temperatures into numbers before comparing them: "9" is more than "10".
week = [input().split() for _ in range(7)]
coldest = min(week, key=lambda reading: reading[1])
warmest = max(week, key=lambda reading: reading[1])
print("coldest", *coldest)
print("warmest", *warmest)
print("mean", round(sum(int(text) for _, text in week) / 7, 1))
