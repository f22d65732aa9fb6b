name, found, more = input(), input(), input()
print("Ja")
