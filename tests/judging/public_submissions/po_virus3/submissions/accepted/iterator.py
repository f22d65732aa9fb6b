name, found = input(), iter(input())
print("Ja" if all(letter in found for letter in name) else "Nej")
