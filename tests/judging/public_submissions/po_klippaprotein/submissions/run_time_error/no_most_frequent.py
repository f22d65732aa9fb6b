protein, cut = input(), int(input())
print({letter: protein.count(letter) for letter in protein}["?"])
