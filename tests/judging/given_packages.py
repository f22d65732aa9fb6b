"""Packages that give programs more than an input: included files, files of a test, several dialogues. And proofs."""

from __future__ import annotations

from collections.abc import Mapping

from number_packages import START

DRIVER: Mapping[str, str] = {
    "problem.yaml": START + "type: pass-fail\nname: Add\nlimits: {time_limit: 1.0}\nconstants: {offset: 5}\n",
    "statement/problem.en.md": "Write a function `add` of two numbers.\n",
    "include/python3/main.py": "from sums import add\n\nprint(add(*map(int, input().split())) + {{offset}} - 5)\n",
    "include/cpp/grader.cpp": (
        "#include <iostream>\n"
        "#include \"sums.h\"\nint main() { long a, b; std::cin >> a >> b; std::cout << add(a, b) << '\\n'; }\n"
    ),
    "include/cpp/sums.h": "long add(long a, long b);\n",
    "include/java/Main.java": (
        "public class Main {\n    public static void main(String[] words) {\n        var in = new java.util.Scanner(System.in);\n"
        "        System.out.println(Sums.add(in.nextLong(), in.nextLong()));\n    }\n}\n"
    ),
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/1.in": "40 2\n",
    "data/secret/1.ans": "42\n",
    "submissions/accepted/sums.py": "def add(a, b):\n    return a + b\n",
    "submissions/accepted/sums.cpp": '#include "sums.h"\nlong add(long a, long b) { return a + b; }\n',
    "submissions/accepted/Sums.java": "class Sums {\n    static long add(long a, long b) {\n        return a + b;\n    }\n}\n",
    "submissions/accepted/in_a_folder/sums.py": "from parts import both\n\n\ndef add(a, b):\n    return both(a, b)\n",
    "submissions/accepted/in_a_folder/parts.py": "def both(a, b):\n    return a + b\n",
    "submissions/wrong_answer/sums.py": "def add(a, b):\n    return a - b\n",
    "submissions/run_time_error/main_of_its_own/main.py": "print(sum(map(int, input().split())))\n",
}
"""A driver calls the program. The one that brings a `main.py` of its own loses it and then lacks `sums`."""

LIBRARY: Mapping[str, str] = {
    "problem.yaml": START + "type: pass-fail\nname: Look it up\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Translate the word with `words.txt` and the test's own `more/words.txt`.\n",
    "include/default/words.txt": "ett one\ntvå two\n",
    "include/python3/reading.py": "def pairs(path):\n    return dict(line.split() for line in open(path, encoding='utf-8'))\n",
    "data/sample/1.in": "ett\n",
    "data/sample/1.ans": "one\n",
    "data/secret/1.in": "fem\n",
    "data/secret/1.ans": "five\n",
    "data/secret/1.files/more/words.txt": "fem five\n",
    "data/secret/2.in": "ett\n",
    "data/secret/2.ans": "1\n",
    "data/secret/2.files/words.txt": "ett 1\n",
    "data/secret/3.in": "ett\n",
    "data/secret/3.ans": "one\n",
    "submissions/accepted/look.py": (
        "import os\nfrom reading import pairs\n\nwords = pairs('words.txt')\n"
        "if os.path.exists('more/words.txt'):\n    words |= pairs('more/words.txt')\nprint(words[input()])\n"
    ),
    "submissions/accepted/look.cpp": (
        "#include <fstream>\n#include <iostream>\n#include <string>\nint main() {\n    std::string wanted, word, meaning;\n"
        '    std::cin >> wanted;\n    for (const char *path : {"words.txt", "more/words.txt"}) {\n'
        "        std::ifstream file(path);\n"
        "        while (file >> word >> meaning)\n            if (word == wanted) std::cout << meaning << '\\n';\n    }\n}\n"
    ),
    "submissions/accepted/cleans_up.py": (
        "from reading import pairs\nimport os, shutil\n\nfound = {}\nfor folder, _, names in os.walk('.'):\n"
        "    for name in names:\n        found |= pairs(os.path.join(folder, name))\n"
        "open('words.txt', 'w').write('x x')\nshutil.rmtree('more', ignore_errors=True)\nprint(found[input()])\n"
    ),
    "submissions/wrong_answer/one_file_only.py": (
        "words = dict(line.split() for line in open('words.txt'))\nprint(words.get(input()))\n"
    ),
    "submissions/run_time_error/wrong_name.py": "print(open('Words.txt').read())\n",
}
"""Files where the program runs: those of every test, and those of one, which take their place."""

CHECKED: Mapping[str, str] = {
    "problem.yaml": START + "type: pass-fail\nname: Twice\nlimits: {time_limit: 1.0}\nconstants: {most: 100}\n",
    "statement/problem.en.md": "Print twice the number.\n",
    "input_validators/numbers/__init__.py": "\n",
    "input_validators/numbers/__main__.py": (
        "import sys\nfrom bounds import MOST\n\nline = sys.stdin.readline()\nleast = int((sys.argv[1:] or ['0'])[0])\n"
        "ok = line == f'{int(line)}\\n' and least <= int(line) <= MOST and not sys.stdin.read()\n"
        "print('out of bounds' if not ok else '', file=sys.stderr)\nsys.exit(42 if ok else 43)\n"
    ),
    "input_validators/numbers/bounds.py": "MOST = {{most}}\n",
    "input_validators/even.cpp": "#include <iostream>\nint main() { int n; std::cin >> n; return n % 2 ? 1 : 42; }\n",
    "data/sample/1.in": "2\n",
    "data/sample/1.ans": "4\n",
    "data/secret/test_group.yaml": "input_validator_args: {numbers: ['-10']}\n",
    "data/secret/1.in": "-4\n",
    "data/secret/1.ans": "-8\n",
    "data/invalid_input/large.in": "102\n",
    "data/invalid_input/odd.in": "3\n",
    "data/invalid_input/word.in": "two\n",
    "data/valid_output/spaces.in": "2\n",
    "data/valid_output/spaces.ans": "4\n",
    "data/valid_output/spaces.out": "  4\n\n",
    "data/invalid_output/hexadecimal.in": "8\n",
    "data/invalid_output/hexadecimal.ans": "16\n",
    "data/invalid_output/hexadecimal.out": "0x10\n",
    "submissions/accepted/twice.py": "print(2 * int(input()))\n",
}

DIALOGUES_VALIDATOR = """\
import os, sys

number = int(open(sys.argv[1]).read())
notes = sys.argv[3] + "notes.txt"
before = open(notes).read().split() if os.path.exists(notes) else []
print(number, flush=True)
try:
    said = int(sys.stdin.readline())
except ValueError:
    sys.exit(43)
open(notes, "a").write(f"{said} ")
open(sys.argv[3] + "judgemessage.txt", "a").write(f"pass {len(before) + 1}: {number} became {said}\\n")
if said != 2 * number:
    sys.exit(43)
if len(before) < 2:
    open(sys.argv[3] + "nextpass.in", "w").write(str(said))
sys.exit(42)
"""

DIALOGUES: Mapping[str, str] = {
    "problem.yaml": (START + "type: [multi-pass, interactive]\nname: Again\nlimits: {time_limit: 1.0, validation_passes: 3}\n"),
    "statement/problem.en.md": "Answer with twice the number.\n",
    "output_validator/again.py": DIALOGUES_VALIDATOR,
    "data/secret/1.in": "5\n",
    "data/secret/1.ans": "x\n",
    "submissions/submissions.yaml": (
        "accepted/*:\n  message: 'pass 3: 20 became 40'\nwrong_answer/*:\n  message: 'pass 2: 10 became 21'\n"
    ),
    "submissions/accepted/twice.py": "print(2 * int(input()), flush=True)\n",
    "submissions/accepted/twice.cpp": (
        "#include <iostream>\nint main() { int n; std::cin >> n; std::cout << 2 * n << std::endl; }\n"
    ),
    "submissions/wrong_answer/until_ten.py": "n = int(input())\nprint(2 * n if n < 10 else 21, flush=True)\n",
    "submissions/run_time_error/third_time.py": "n = int(input())\nprint(2 * n, flush=True)\nraise SystemExit(n == 20)\n",
    "submissions/time_limit_exceeded/second_time.py": "n = int(input())\nwhile n == 10:\n    pass\nprint(2 * n, flush=True)\n",
}
"""Three dialogues; the validator remembers what was said before."""
