"""@EXPECTED_RESULTS@: MEMORY-LIMIT"""

kept = []
while True:
    kept.append(bytearray(32 << 20))
