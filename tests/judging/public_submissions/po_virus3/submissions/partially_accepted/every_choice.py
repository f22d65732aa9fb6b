"""Looks at every choice of letters, which is quick for few extra letters only. @EXPECTED_SCORE@: 40"""

import sys
import time
from itertools import combinations

name, found = input(), input()
if len(found) > len(name) + 2:
    time.sleep(3600)
for away in combinations(range(len(found)), len(found) - len(name)):
    if "".join(letter for at, letter in enumerate(found) if at not in away) == name:
        print("Ja")
        sys.exit()
print("Nej")
