"""Writes the tests of this challenge, the same ones every time. Run it from anywhere: python3 generators/generate.py

The answers come from submissions/accepted/lines.py; the other accepted submissions, written differently, confirm them.
"""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PLAIN = "Amina Bo Carlos Dilan Elin Farid Greta Hassan Ingrid Jonas Karim Lina Maja Nour Omar Petra Rosa Samir Tove Yusuf".split()
AS_TYPED = (
    "Åsa Östen Zoë François Łukasz Nguyễn Søren İpek محمد فاطمة ליאת Олена Γιώργος 小林 민준 Ngọc "
    "lowercase SHOUTING McKenzie deSouza o'Neill d'Arc Jean-luc x Σ ß"
).split()
WORDS = "van der Berg de la Cruz al Hakim bin Said af Klint Maria José 3rd Jr. الدين".split()


def write(name: str, people: list[str]) -> None:
    text = f"{len(people)}\n" + "".join(f"{person}\n" for person in people)
    path = PACKAGE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_bytes(text.encode())
    model = [sys.executable, PACKAGE / "submissions/accepted/lines.py"]
    answer = subprocess.run(model, input=text.encode(), stdout=subprocess.PIPE, check=True, env={"PYTHONUTF8": "1"}).stdout
    path.with_suffix(".ans").write_bytes(answer)


def padded(rng: random.Random, name: str) -> str:
    return " " * rng.randint(0, 4) + name + " " * rng.randint(0, 4)


def full_name(rng: random.Random) -> str:
    return " ".join([rng.choice(PLAIN), *rng.sample(WORDS, rng.randint(1, 3))])


def main() -> None:
    rng = random.Random(20261122)
    write("sample/1", ["Amina", "Jonas", "Li"])
    write("sample/2", ["  Rosa Maria ", "", "Östen", "   "])

    write("secret/basic/01-one-person", ["Greta"])
    write("secret/basic/02-few", ["Omar", "Tove", "Lina", "Omar"])
    write("secret/basic/03-named-friend", ["Friend", "Hello", "Nour"])
    write("secret/basic/04-many", [rng.choice(PLAIN) for _ in range(200)])

    write("secret/letters/01-capital-and-small", ["anna", "OMAR", "McKenzie", "o'Neill", "x"])
    write("secret/letters/02-european", ["Åsa", "Zoë", "Łukasz", "Олена", "Γιώργος", "İpek", "ß"])
    write("secret/letters/03-right-to-left", ["محمد", "فاطمة", "ליאת"])
    write("secret/letters/04-mixed", [rng.choice(AS_TYPED) for _ in range(200)])

    write("secret/spaces/01-before", ["   Karim"])
    write("secret/spaces/02-after", ["Petra   ", "Samir "])
    write("secret/spaces/03-inside", ["Ingrid van der Berg", "Bo 3rd", "Nour al Hakim"])
    write("secret/spaces/04-around-and-inside", ["  Maja af Klint  ", " Yusuf", "Elin "])
    write("secret/spaces/05-longest", [" " * 26 + "Rosa de la Cruz" + " " * 19, "A" + " b" * 29])
    write("secret/spaces/06-many", [padded(rng, full_name(rng)) for _ in range(200)])

    write("secret/nameless/01-empty", [""])
    write("secret/nameless/02-only-spaces", ["   ", " "])
    write("secret/nameless/03-last", ["Dilan", "Hassan", ""])
    write("secret/nameless/04-first", ["", "", "Farid"])
    write("secret/nameless/05-longest", [" " * 60])
    write("secret/nameless/06-many", [rng.choice(["", "  ", " " * 9, rng.choice(PLAIN)]) for _ in range(200)])


main()
