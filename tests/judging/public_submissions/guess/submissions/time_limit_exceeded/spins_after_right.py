low, high = 1, 1000
said = ""
while said != "correct":
    guess = (low + high) // 2
    print(guess, flush=True)
    said = input()
    low, high = (low, guess - 1) if said == "lower" else (guess + 1, high)
while True:
    pass
