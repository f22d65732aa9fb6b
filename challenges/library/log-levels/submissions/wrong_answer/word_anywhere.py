# Looks for the name of a level anywhere in the line, so messages count as levels.
import sys
from collections import Counter

counts = Counter()
errors = Counter()
for line in sys.stdin:
    if not line.strip() or line[0] in " \t":
        continue
    for level in ("ERROR", "WARN", "INFO", "DEBUG"):
        if level in line.upper():
            counts[level] += 1
            if level == "ERROR":
                errors["".join(line.split()[2:3]).partition(":")[0]] += 1
            break
    else:
        counts["BROKEN"] += 1
for name in ("DEBUG", "INFO", "WARN", "ERROR", "BROKEN"):
    print(name, counts[name])
worst = min(errors, key=lambda service: (-errors[service], service), default=None)
print("WORST", f"{worst} {errors[worst]}" if worst else "none")
