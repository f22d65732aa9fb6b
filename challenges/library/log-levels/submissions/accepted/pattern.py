import re
import sys
from collections import Counter

ENTRY = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2} +((?i:DEBUG|INFO|WARN|ERROR)) +([a-z0-9-]+):")

counts = Counter()
errors = Counter()
for line in sys.stdin:
    line = line.rstrip("\n")
    if not line.strip(" ") or line[0] in " \t":
        continue
    entry = ENTRY.match(line)
    if entry is None:
        counts["BROKEN"] += 1
        continue
    level = entry[1].upper()
    counts[level] += 1
    if level == "ERROR":
        errors[entry[2]] += 1

for name in ("DEBUG", "INFO", "WARN", "ERROR", "BROKEN"):
    print(name, counts[name])
worst = min(errors, key=lambda service: (-errors[service], service), default=None)
print("WORST", "none" if worst is None else f"{worst} {errors[worst]}")
