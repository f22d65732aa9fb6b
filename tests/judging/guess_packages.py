"""An interactive package of our own: guess the hidden number, with a submission for every verdict."""

from __future__ import annotations

from collections.abc import Mapping

from number_packages import START

PYTHON_VALIDATOR = """\
import sys

hidden = int(open(sys.argv[1]).read())
feedback = sys.argv[3]


def reject(why):
    open(feedback + "judgemessage.txt", "w").write(why)
    sys.exit(43)


print(1000, flush=True)
for _ in range(10):
    line = sys.stdin.readline()
    try:
        guess = int(line)
    except ValueError:
        reject("no number: " + line[:20])
    if guess == hidden:
        print("correct", flush=True)
        sys.exit(42)
    print("lower" if hidden < guess else "higher", flush=True)
reject("too many guesses")
"""

CPP_VALIDATOR = """\
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
int main(int, char **argv) {
    std::ifstream input(argv[1]);
    long hidden, guess;
    input >> hidden;
    std::cout << 1000 << std::endl;
    for (int i = 0; i < 10 && std::cin >> guess; i++) {
        if (guess == hidden) {
            std::cout << "correct" << std::endl;
            return 42;
        }
        std::cout << (hidden < guess ? "lower" : "higher") << std::endl;
    }
    std::ofstream(std::string(argv[3]) + "judgemessage.txt") << "not found";
    return 43;
}
"""

SEARCH = """\
low, high = 1, int(input())
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    answer = input()
    if answer == "correct":
        break
    low, high = (low, middle - 1) if answer == "lower" else (middle + 1, high)
"""
LINEAR = SEARCH.replace("(low + high) // 2", "low")
NO_FLUSH = "import sys\n" + SEARCH.replace(", flush=True", "").replace("input()", "sys.stdin.readline().strip()")

GUESS: Mapping[str, str] = {
    "problem.yaml": START + "type: interactive\nname: Guess\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Guess the number with at most ten questions.\n",
    "output_validator/validate.py": PYTHON_VALIDATOR,
    "data/sample/1.in": "500\n",
    "data/sample/1.ans": "x\n",
    "data/secret/1.in": "17\n",
    "data/secret/1.ans": "x\n",
    "data/secret/2.in": "1000\n",
    "data/secret/2.ans": "x\n",
    "submissions/accepted/search.py": SEARCH,
    "submissions/accepted/says_more.py": SEARCH + "print('thank you ' * 1000)\n",
    "submissions/wrong_answer/linear.py": LINEAR,
    "submissions/wrong_answer/text.py": "input()\nprint('five', flush=True)\ninput()\n",
    "submissions/wrong_answer/silent.py": "",
    "submissions/wrong_answer/closes.py": "import os, sys\ninput()\nos.close(1)\nsys.stdin.read()\nos._exit(0)\n",
    "submissions/wrong_answer/wrong_then_crash.py": (
        "import time\ninput()\nprint('five', flush=True)\ntime.sleep(0.5)\nraise SystemExit(1)\n"
    ),
    "submissions/wrong_answer/wrong_then_spin.py": "input()\nprint('five', flush=True)\nwhile True: pass\n",
    "submissions/run_time_error/crash.py": "input()\nraise SystemExit(1)\n",
    "submissions/run_time_error/crash_after_correct.py": SEARCH + "raise SystemExit(3)\n",
    "submissions/time_limit_exceeded/no_flush.py": NO_FLUSH,
    "submissions/time_limit_exceeded/spin_after_correct.py": SEARCH + "while True: pass\n",
    "submissions/time_limit_exceeded/sleep_after_correct.py": SEARCH + "import time\ntime.sleep(60)\n",
}

GUESS_LEGACY: Mapping[str, str] = {
    "problem.yaml": "name: Guess\nvalidation: custom interactive\n",
    "problem_statement/problem.en.tex": "\\problemname{Guess}\nGuess the number with at most ten questions.\n",
    "output_validators/guess/validate.cc": CPP_VALIDATOR,
    **{path: text for path, text in GUESS.items() if path.startswith("data/")},
    "submissions/accepted/search.py": SEARCH,
    "submissions/wrong_answer/linear.py": LINEAR,
    "submissions/run_time_error/crash.py": "input()\nraise SystemExit(1)\n",
}
