# Forgets that a name may have spaces around it, and that a line of spaces is no name.
n = int(input())
for _ in range(n):
    name = input()
    if name == "":
        name = "friend"
    print(f"Hello, {name}!")
