"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers come from submissions/accepted/pattern.py; the other accepted submissions, written differently, confirm them.
"""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"]
SERVICES = ["billing", "mail", "search", "login", "web-1", "web-2", "cache", "queue"]
MESSAGES = [" started", " stopped", " 3 jobs done", " slow answer", " connection lost", " retry in 5 s"]
TRICKY = [
    "", " ", ":", " no ERROR here", "ERROR", " INFO: see WARN above", " 10:00:00 ERROR mail: quoted", " räkning skickad", " تم الإرسال",
    "   three spaces first", " a: b: c", " 你好", " error error error", "->ok",
]
BROKEN = [
    "10:00:00", "10:00:00 ERROR", "10:00:00 ERROR mail", "ERROR mail: no time", "10:00 INFO web-1: short time", "10:00:00 FATAL mail: no such level",
    "10:00:00 WARNING mail: nearly", "10:00:00 ERRORS mail: nearly", "10:00:00 INFO Mail: capital", "10:00:00 INFO mail : gap", "10:00:00 INFO : nameless",
    "10:00:00 INFO mail_2: underscore", "10:00:00INFO mail: glued", "10:00:00 INFOmail: glued", "1:00:00 INFO mail: one digit",
    "10-00-00 INFO mail: hyphens", "100:00:00 INFO mail: three digits", "10:00:00.123 INFO mail: fraction", "[10:00:00] INFO mail: brackets",
    "ten:00:00 INFO mail: letters", "10:00:00 mail INFO: swapped", "Traceback (most recent call last):", "-", ":", "10:00:00 ERROR my mail: two words",
    "10:00:00 ERROR: no service", "?10:00:00 ERROR mail: a sign first", "10:00:00 ERROR ERROR: capital service", "10:00:00 ERROR mejlkö: other letters",
]


def write(name: str, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_bytes(text.encode())
    model = [sys.executable, PACKAGE / "submissions/accepted/pattern.py"]
    answer = subprocess.run(model, input=text.encode(), stdout=subprocess.PIPE, check=True, env={"PYTHONUTF8": "1"}).stdout
    path.with_suffix(".ans").write_bytes(answer)


def time(rng: random.Random) -> str:
    return f"{rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"


def tidy(rng: random.Random, levels: list[str] = LEVELS, services: list[str] = SERVICES) -> str:
    return f"{time(rng)} {rng.choice(levels)} {rng.choice(services)}:{rng.choice(MESSAGES)}"


def unusual(rng: random.Random) -> str:
    level = "".join(rng.choice([ch.upper(), ch.lower()]) for ch in rng.choice(LEVELS))
    gaps = [" " * rng.choice([1, 1, 2, 7]) for _ in range(2)]
    return f"{time(rng)}{gaps[0]}{level}{gaps[1]}{rng.choice(SERVICES)}:{rng.choice(TRICKY)}"


def noise(rng: random.Random) -> str:
    kind = rng.randrange(4)
    if kind == 0:
        return " " * rng.choice([0, 0, 1, 5])
    if kind == 1:
        return rng.choice([" ", "\t", "    ", "\t\t"]) + rng.choice(["at main.py:12", tidy(rng), "ERROR", "10:00:00"])
    return rng.choice(BROKEN)


def shuffled(rng: random.Random, lines: list[str]) -> list[str]:
    rng.shuffle(lines)
    return lines


def main() -> None:
    rng = random.Random(20261124)
    write("sample/1", [
        "02:00:00 INFO billing: night run started", "02:00:07 WARN mail: queue is long", "02:13:40 ERROR mail: connection lost",
        "02:13:41 ERROR billing: 3 invoices not sent", "02:13:45 ERROR mail: connection lost", "02:30:00 INFO billing: night run done",
    ])
    write("sample/2", [
        "23:59:58 error web-1: no answer from cache", "    at handler (line 80)", "\tat server (line 12)", "", "23:59:59  Warn web-2:the last ERROR was mine",
        "disk nearly full", "00:00:00 INFO Cache: hello", "00:00:01 debug cache:", "00:00:02 ERROR cache: cannot write",
    ])
    write("sample/3", ["08:00:00 INFO web-1: good morning"])

    write("secret/counting/01-one-error", ["12:00:00 ERROR mail: connection lost"])
    write("secret/counting/02-each-level", [f"12:00:0{i} {level} mail: {level.lower()}ing" if level == "DEBUG" else f"12:00:0{i} {level} mail: x" for i, level in enumerate(LEVELS)])
    write("secret/counting/03-hundred", [tidy(rng) for _ in range(100)] + ["00:00:00 ERROR search: down"] * 30)
    write("secret/counting/04-many-services", [f"00:00:00 ERROR service-{number}: down" for number in [*range(300), 77]])
    write("secret/counting/05-two-thousand", [tidy(rng) for _ in range(2000)] + ["00:00:00 ERROR login: down"] * 90)
    write("secret/counting/06-largest", [tidy(rng) for _ in range(19000)] + ["00:00:00 ERROR queue: x"] * 1000)

    error = ["04:04:04 ERROR cache: x"] * 2
    write("secret/format/01-small-letters", ["01:02:03 debug mail: a", "01:02:03 info mail: b", "01:02:03 warn mail: c", "01:02:03 error mail: d"])
    write("secret/format/02-mixed-letters", ["01:02:03 Debug mail: a", "01:02:03 iNFO mail: b", "01:02:03 wArN mail: c", "01:02:03 eRRoR mail: d"])
    write("secret/format/03-spaces", ["01:02:03   INFO mail: a", "01:02:03 WARN      mail: b", "01:02:03  ERROR  mail:    c"])
    write("secret/format/04-levels-in-messages", ["01:02:03 INFO mail: ERROR", "01:02:03 DEBUG mail:WARN", "01:02:03 WARN mail: error: none"] + error)
    write("secret/format/05-empty-messages", ["01:02:03 INFO mail:", "01:02:03 ERROR cache:", "01:02:03 WARN mail: "])
    write("secret/format/06-unusual-services", ["01:02:03 ERROR -: a", "01:02:03 INFO 7: b", "99:99:99 WARN a-b-c-9: c", "00:00:00 ERROR -: d"])
    write("secret/format/07-service-named-as-a-level", ["01:02:03 INFO error: a", "01:02:03 ERROR info: b", "01:02:03 WARN debug: c"])
    write("secret/format/08-longest-line", [("01:02:03 INFO " + "m" * 100 + ": ").ljust(200, "x"), "01:02:03 ERROR " + "z" * 184 + ":"])
    write("secret/format/09-many", shuffled(rng, [unusual(rng) for _ in range(1500)] + ["00:00:00 error web-2:x"] * 90))

    write("secret/noise/01-empty-log", [])
    write("secret/noise/02-blank-lines", ["", "   ", "01:02:03 ERROR mail: x", "", " "])
    write("secret/noise/03-traces", ["01:02:03 ERROR mail: x", "  at a", "\tat b", " 01:02:03 ERROR mail: indented", "\t01:02:03 INFO mail: indented"])
    write("secret/noise/04-trace-first", ["\tat b", "01:02:03 ERROR mail: x"])
    write("secret/noise/05-only-broken", BROKEN)
    for number, line in enumerate(["10:00:00 ERROR", "10:00:00 INFO mail : gap", "10:00:00 WARNING mail: nearly"], start=6):
        write(f"secret/noise/{number:02}-one-broken", [line, *error])
    write("secret/noise/09-many", shuffled(rng, [noise(rng) for _ in range(1500)] + [tidy(rng) for _ in range(1500)] + ["00:00:00 ERROR web-1: x"] * 90))

    write("secret/worst/01-two-share", ["01:00:00 ERROR web-1: x", "01:00:00 ERROR mail: x"])
    write("secret/worst/02-two-share-other-way", ["01:00:00 ERROR mail: x", "01:00:00 ERROR web-1: x"])
    write("secret/worst/03-no-errors", ["01:00:00 INFO mail: x", "01:00:00 WARN web-1: x"])
    write("secret/worst/04-one-begins-the-other", ["01:00:00 ERROR web-10: x", "01:00:00 ERROR web-1: x", "01:00:00 ERROR web: x", "01:00:00 ERROR web-2: x"])
    write("secret/worst/05-hyphen-digit-letter", ["01:00:00 ERROR a: x", "01:00:00 ERROR 5: x", "01:00:00 ERROR -: x"])
    write("secret/worst/06-warnings-do-not-count", ["01:00:00 WARN aaa: x"] * 5 + ["01:00:00 ERROR bbb: x"])
    write("secret/worst/07-ten-against-nine", ["01:00:00 ERROR a: x"] * 9 + ["01:00:00 ERROR b: x"] * 10)
    everybody = [f"01:00:00 ERROR {first}{second}: x" for first in "zyxw-9876" for second in "qrst5432"] * 3
    write("secret/worst/08-everybody-shares", shuffled(rng, everybody + [tidy(rng, ["INFO", "WARN"]) for _ in range(200)]))


main()
