print(f"{4 * int(input()) ** 0.5}m")
