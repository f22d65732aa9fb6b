for number in range(int(input()) + 1):
    word = input()
    if number % 2 == 0:
        print(word)
