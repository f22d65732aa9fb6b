# Looks at the first and last letter without asking whether there is one.
n = int(input())
for _ in range(n):
    name = input()
    while name[0] == " ":
        name = name[1:]
    while name[-1] == " ":
        name = name[:-1]
    print(f"Hello, {name}!")
