n = int(input())
for _ in range(n):
    name = input().strip()
    print(f"Hello, {name or 'friend'}!")
