import time

print("Hello World!", flush=True)
time.sleep(3600)
