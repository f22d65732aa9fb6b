while True:
    first, second = map(int, input().split())
    print(abs(first - second))
