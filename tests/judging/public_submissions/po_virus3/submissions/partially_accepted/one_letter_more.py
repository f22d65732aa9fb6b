"""@EXPECTED_SCORE@: 20"""

name, found = input(), input()
shorter = (found[:at] + found[at + 1 :] for at in range(len(found)))
print("Ja" if name in shorter else "Nej")
