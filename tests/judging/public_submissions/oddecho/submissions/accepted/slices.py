import sys

for word in sys.stdin.read().split()[1::2]:
    print(word)
