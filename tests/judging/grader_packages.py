"""Legacy packages whose own grader gives the points: a group counts in parts once half of its tests pass."""

from __future__ import annotations

from collections.abc import Mapping

from number_packages import RIGHT, WRONG

PYTHON_GRADER = """\
import sys

results = [line.split() for line in sys.stdin]
failures = [verdict for verdict, _ in results if verdict != "AC"]
if sys.argv[1] == "last":
    print(*results[-1])
elif 2 * len(failures) > len(results):
    print(failures[0], 0)
else:
    print("AC", int(sys.argv[2]) * (1 - len(failures) / len(results)))
"""

CPP_GRADER = """\
#include <iostream>
#include <string>

int main(int argc, char **argv) {
    std::string verdict, failure, last;
    double score, most = argc > 2 ? std::stod(argv[2]) : 0;
    int all = 0, failures = 0;
    while (std::cin >> verdict >> score) {
        ++all;
        if (verdict != "AC" && !failures++) failure = verdict;
        last = verdict + " " + std::to_string(score);
    }
    if (std::string(argv[1]) == "last") std::cout << last << std::endl;
    else if (2 * failures > all) std::cout << failure << " 0" << std::endl;
    else std::cout << "AC " << most * (all - failures) / all << std::endl;
}
"""

TESTS = {"sample/1": 1, "secret/a/1": 5, "secret/a/2": 6, "secret/b/1": 8, "secret/b/2": -1, "secret/b/3": -2, "secret/b/4": 9}
NEVER_BELOW = "n = int(input())\nprint(n + 1 if n > 0 else 7)\n"

HALVES: Mapping[str, str] = {
    "problem.yaml": "name: One more\ntype: scoring\n",
    "problem_statement/problem.en.tex": "\\problemname{One more}\nRead a number and print one more.\n",
    "graders/grade.py": PYTHON_GRADER,
    "data/testdata.yaml": "on_reject: continue\nrange: 0 100\ngrading: custom\ngrader_flags: last\n",
    "data/secret/testdata.yaml": "grading: default\ngrader_flags: accept_if_any_accepted\nrange: 0 100\n",
    "data/secret/a/testdata.yaml": "grading: custom\ngrader_flags: half 40\nrange: 0 40\n",
    "data/secret/b/testdata.yaml": "grading: custom\ngrader_flags: half 60\nrange: 0 60\n",
    **{f"data/{name}.in": f"{number}\n" for name, number in TESTS.items()},
    **{f"data/{name}.ans": f"{number + 1}\n" for name, number in TESTS.items()},
    "submissions/accepted/right.py": RIGHT,
    "submissions/partially_accepted/never_below.py": f"# @EXPECTED_SCORE@: 70\n{NEVER_BELOW}",
    "submissions/wrong_answer/wrong.py": f"# @EXPECTED_SCORE@: 0\n{WRONG}",
}

HALVES_IN_CPP: Mapping[str, str] = {
    **{path: text for path, text in HALVES.items() if not path.startswith("graders/")},
    "graders/halves/main.cpp": CPP_GRADER,
}
