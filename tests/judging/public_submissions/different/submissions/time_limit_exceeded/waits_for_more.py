import sys
import time

lines = sys.stdin.readlines()
for line in lines:
    first, second = map(int, line.split())
    print(abs(first - second))
sys.stdout.flush()
while True:
    time.sleep(1)
