"""Packages whose own program decides: any two numbers with the wanted sum are right, and closer guesses earn more."""

from __future__ import annotations

from collections.abc import Mapping

from number_packages import START

PYTHON_VALIDATOR = """\
import sys

wanted = int(open(sys.argv[1]).read())
feedback, flags = sys.argv[3], sys.argv[4:]
try:
    a, b = map(int, sys.stdin.read().split())
except ValueError:
    open(feedback + "judgemessage.txt", "w").write("not two numbers")
    sys.exit(43)
if "differ" in flags and a == b:
    open(feedback + "judgemessage.txt", "w").write("the same number twice")
    open(feedback + "teammessage.txt", "w").write("They must differ.")
    sys.exit(43)
sys.exit(42 if a + b == wanted else 43)
"""

CPP_VALIDATOR = """\
#include "validate.h"
int main(int argc, char **argv) {
    std::ifstream input(argv[1]), answer(argv[2]);
    long wanted, a, b;
    input >> wanted;
    if (!(std::cin >> a >> b) || a + b != wanted) reject(argv[3], "the sum is wrong");
    return 42;
}
"""
CPP_HEADER = """\
#pragma once
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
inline void reject(const char *feedback, const char *why) {
    std::ofstream(std::string(feedback) + "judgemessage.txt") << why;
    std::exit(43);
}
"""

SPLIT: Mapping[str, str] = {
    "problem.yaml": START + "type: pass-fail\nname: Two terms\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Print two different numbers with the given sum.\n",
    "output_validator/validate.py": PYTHON_VALIDATOR,
    "data/sample/1.in": "5\n",
    "data/sample/1.ans": "2 3\n",
    "data/secret/test_group.yaml": "output_validator_args: [differ]\n",
    "data/secret/1.in": "10\n",
    "data/secret/1.ans": "x\n",
    "data/secret/2.in": "7\n",
    "data/secret/2.ans": "x\n",
    "submissions/accepted/minus.py": "n = int(input())\nprint(-1, n + 1)\n",
    "submissions/accepted/zero.py": "n = int(input())\nprint(n)\nprint(0)\n",
    "submissions/wrong_answer/half.py": "n = int(input())\nprint(n // 2, n - n // 2)\n",
    "submissions/wrong_answer/text.py": "print('sum')\n",
    "submissions/run_time_error/crash.py": "n = int(input())\nprint(0, n)\nraise SystemExit(1)\n",
}

SPLIT_LEGACY: Mapping[str, str] = {
    "problem.yaml": "name: Two terms\nvalidation: custom\nvalidator_flags: differ\n",
    "problem_statement/problem.en.tex": "\\problemname{Two terms}\nPrint two numbers with the given sum.\n",
    "output_validators/sum/validate.cc": CPP_VALIDATOR,
    "output_validators/sum/validate.h": CPP_HEADER,
    **{path: text for path, text in SPLIT.items() if path.startswith(("data/sample", "data/secret/1", "data/secret/2"))},
    **{path: text for path, text in SPLIT.items() if path.startswith("submissions/") and "half" not in path},
}

CLOSER_VALIDATOR = """\
import sys
guess, wanted = int(sys.stdin.read()), int(open(sys.argv[1]).read())
if abs(guess - wanted) > 10:
    sys.exit(43)
share = 1 - abs(guess - wanted) / 10
open(sys.argv[3] + sys.argv[4], "w").write(str(share * float(sys.argv[5])))
sys.exit(42)
"""

CLOSER: Mapping[str, str] = {
    "problem.yaml": START + "type: scoring\nname: Closer\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Print a number close to the given one.\n",
    "output_validator/closer.py": CLOSER_VALIDATOR,
    "data/sample/1.in": "5\n",
    "data/sample/1.ans": "5\n",
    "data/sample/test_group.yaml": "output_validator_args: [score.txt, '1000']\n",
    "data/secret/share/test_group.yaml": (
        "max_score: 60\nscore_aggregation: sum\noutput_validator_args: [score_multiplier.txt, '1']\n"
    ),
    "data/secret/share/1.in": "10\n",
    "data/secret/share/1.ans": "x\n",
    "data/secret/share/2.in": "20\n",
    "data/secret/share/2.ans": "x\n",
    "data/secret/worst/test_group.yaml": ("max_score: 40\nscore_aggregation: min\noutput_validator_args: [score.txt, '40']\n"),
    "data/secret/worst/1.in": "30\n",
    "data/secret/worst/1.ans": "x\n",
    "submissions/accepted/same.py": "print(input())\n",
}
