"""Write the hidden tests of this package: inputs from below (seeded, always the same), answers from an accepted submission."""

import random
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
PAIRS = ["()", "[]", "{}"]
rng = random.Random(20260102)


def balanced(pairs: int, deep: float) -> list[str]:
    """Random balanced brackets; the nearer `deep` is to 1, the deeper they nest."""
    out: list[str] = []
    stack: list[str] = []
    while pairs or stack:
        if pairs and (not stack or rng.random() < deep):
            opener, closer = rng.choice(PAIRS)
            out.append(opener)
            stack.append(closer)
            pairs -= 1
        else:
            out.append(stack.pop())
    return out


def file_of(tokens: list[str], fill: list[str], width: int) -> str:
    """The tokens with random fillers between them, in lines of about `width` tokens."""
    lines, line = [], []
    for token in tokens:
        line.append(token)
        if rng.random() < 0.7:
            line.append(rng.choice(fill))
        if rng.random() < 1 / width:
            lines.append("".join(line))
            line = []
    lines.append("".join(line))
    return "\n".join(lines) + "\n"


def spoiled(tokens: list[str]) -> list[str]:
    """One bracket dropped, doubled or changed."""
    tokens = list(tokens)
    at = rng.randrange(len(tokens))
    match rng.randrange(3):
        case 0:
            del tokens[at]
        case 1:
            tokens.insert(at, tokens[at])
        case _:
            tokens[at] = rng.choice([char for char in "()[]{}" if char != tokens[at]])
    return tokens


PLAIN = [" ", "a", " = 1, ", "\t", "port", "; ", "'", "/", "<", "\n"]
TEXTS = [*PLAIN, '"("', '"}"', '"#"', r'"\""', r'"\\"', r'"\\\""', '""', r"\ ", r"\(\)", '"[ # {"', "# ) ] }\n", '# "\n', r'"\a"']
UNICODE = [*PLAIN, "å", "öppen", "مفتاح", "日本", "🙂", "👩‍💻", "e\u0301", '"é("', '"🙂\\"]"', "# ∑ }\n", "\u00a0", "\u2028", "\u0085"]

BASIC = {
    "01-empty": "",
    "02-one-empty-line": "\n",
    "03-no-brackets": "name = demo\nport = 80\n",
    "04-one-pair": "()\n",
    "05-only-a-closer": ")\n",
    "06-only-an-opener": "\n\n  {\n\n",
    "07-crossing": "([)]\n",
    "08-closes-too-much": "a {\n  b [1, 2]\n}}\n(\n",
    "09-several-left-open": "{ [ (\n) (\n",
    "10-left-open-then-closed": "{ [\n] ( )\n",
    "11-tabs": "\t{\t[\t)\n",
    "12-side-by-side": "()[]{}\n" * 5,
    "13-deepest-is-not-last": "((([])))\n{}\n",
    "14-wrong-kind-late": "server {\n  ports [80, 443]\n  hosts (a, b]\n}\n",
    "15-many-blank-lines": "\n" * 200 + "]\n",
}
TEXT = {
    "01-bracket-in-text": 'a = "("\n',
    "02-bracket-in-comment": "# ((( [\na = 1\n",
    "03-hash-in-text": 'colour = "#fff" )\n',
    "04-quote-in-comment": "{ # it's \"half\n}\n",
    "05-escaped-quote": 'say { "she said \\"}\\" twice" }\n',
    "06-double-backslash": 'path ( "C:\\\\" )\n',
    "07-three-backslashes": 'x [ "\\\\\\"]" ]\n',
    "08-backslash-outside": '\\"(" \\( )\n',
    "09-unclosed-text": 'a {\n  b = "abc }\n}\n',
    "10-unclosed-before-bracket-error": 'a = "x\n)\n',
    "11-bracket-error-before-unclosed": ') "x\n',
    "12-backslash-ends-the-line": '( "abc\\\n" )\n',
    "13-lone-quote-at-the-end": 'a ( b ) "\n',
    "14-empty-texts": '"" { "" "" } ""\n',
    "15-comment-only": "#\n##\n# )\n",
    "16-unclosed-text-while-open": '{ [ "a" "b\n] }\n',
    "17-comment-right-after-text": '["x"#]\n]\n',
}
UNI = {
    "01-swedish": "å ö ä )\n",
    "02-arabic": "اسم = { قيمة ]\n",
    "03-emoji": "🙂🙂 }\n",
    "04-joined-emoji": 'icon ("👩‍💻") )\n',
    "05-combining": "e\u0301e\u0301 (\n",
    "06-text-with-emoji": '{ a = "🙂\\"🙂" ( }\n',
    "07-unclosed-after-emoji": '🙂 "é\n',
    "08-line-separators-are-not-lines": "a\u2028b\u0085c ]\n",
    "09-right": "namn {\n  ort = \"Malmö (#1)\" # 🙂 }\n  (日本)\n}\n",
    "10-escaped-emoji": '( "\\🙂" ]\n',
    "11-no-break-spaces": "\u00a0\u00a0)\n",
}


def large() -> dict[str, str]:
    """Files close to 200 000 bytes."""
    depth = 99_000
    kinds = [rng.choice(PAIRS) for _ in range(depth)]
    deep = "".join(kind[0] for kind in kinds) + "\n" + "".join(kind[1] for kind in reversed(kinds)) + "\n"
    wide = file_of(balanced(40_000, 0.5), ["a", "1", " ", '"("'], 12)
    return {
        "01-deep": deep,
        "02-deep-and-wrong-inside": deep[: depth + 50] + "(" + deep[depth + 51 :],
        "03-wide": wide,
        "04-wide-left-open": "{\n" + wide,
        "05-one-line": "()" * 90_000 + "[\n",
    }


def main() -> None:
    for i in range(16, 28):
        tokens = balanced(rng.randint(3, 60), rng.choice([0.4, 0.6, 0.8]))
        BASIC[f"{i}-random"] = file_of(spoiled(tokens) if i % 3 else tokens, PLAIN, 6)
    for i in range(18, 32):
        tokens = balanced(rng.randint(3, 60), rng.choice([0.4, 0.6, 0.8]))
        TEXT[f"{i}-random"] = file_of(spoiled(tokens) if i % 3 else tokens, TEXTS, 6)
    for i in range(12, 24):
        tokens = balanced(rng.randint(3, 40), 0.6)
        UNI[f"{i}-random"] = file_of(spoiled(tokens) if i % 4 else tokens, UNICODE, 9)
    reference = PACKAGE / "submissions" / "accepted" / "scan.py"
    for group, tests in {"basic": BASIC, "text": TEXT, "unicode": UNI, "large": large()}.items():
        folder = PACKAGE / "data" / "secret" / group
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in tests.items():
            data = text.encode("utf-8")
            answer = subprocess.run([sys.executable, reference], input=data, capture_output=True, check=True).stdout
            (folder / f"{name}.in").write_bytes(data)
            (folder / f"{name}.ans").write_bytes(answer)


main()
