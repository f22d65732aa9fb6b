# Trusts that every line has three parts, and that there is always an error.
import re
import sys
from collections import Counter

counts = Counter()
errors = Counter()
for line in sys.stdin:
    line = line.rstrip("\n")
    if not line.strip(" ") or line[0] in " \t":
        continue
    time, level, rest = line.split(maxsplit=2)
    service, colon, message = rest.partition(":")
    level = level.upper()
    good = re.fullmatch(r"\d\d:\d\d:\d\d", time) and colon and re.fullmatch(r"[-a-z0-9]+", service)
    if not good or level not in ("DEBUG", "INFO", "WARN", "ERROR"):
        counts["BROKEN"] += 1
        continue
    counts[level] += 1
    if level == "ERROR":
        errors[service] += 1
most = max(errors.values())
worst = min(service for service in errors if errors[service] == most)
for name in ("DEBUG", "INFO", "WARN", "ERROR", "BROKEN"):
    print(name, counts[name])
print("WORST", worst, most)
