import time

print("five hundred", flush=True)
time.sleep(0.5)
raise SystemExit(1)
