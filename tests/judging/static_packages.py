"""A package whose static validator counts the lines of a source: short programs earn more, loops are forbidden in one group."""

from __future__ import annotations

from collections.abc import Mapping

from number_packages import START

VALIDATOR = """\
import sys

language, start, feedback, *flags = sys.argv[1:]
source = open(start if language != "java" else start + ".java").read()
if "loop" in flags:
    open(feedback + "judgemessage.txt", "w").write(f"{language} {start}")
    sys.exit(43 if "for" in source else 42)
lines = len(source.splitlines())
if lines > 10:
    sys.exit(43)
open(feedback + "score_multiplier.txt", "w").write("1" if lines == 1 else "0.5")
sys.exit(42)
"""

STATIC: Mapping[str, str] = {
    "problem.yaml": START + "type: scoring\nname: Sum\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Print the sum of the numbers from 1 to n, shortly and without a loop.\n",
    "static_validator/look.py": VALIDATOR,
    "data/sample/1.in": "2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/a/test_group.yaml": (
        "max_score: 60\nscore_aggregation: sum\nstatic_validation_score: 20\nstatic_validator_args: [lines]\n"
    ),
    "data/secret/a/1.in": "3\n",
    "data/secret/a/1.ans": "6\n",
    "data/secret/a/2.in": "4\n",
    "data/secret/a/2.ans": "10\n",
    "data/secret/b/test_group.yaml": (
        "max_score: 40\nscore_aggregation: pass-fail\nstatic_validation_score: pass-fail\nstatic_validator_args: [loop]\n"
    ),
    "data/secret/b/1.in": "100\n",
    "data/secret/b/1.ans": "5050\n",
    "submissions/submissions.yaml": (
        "accepted/one_line.py: {score: 100}\naccepted/three_lines.py: {score: 90}\naccepted/Main.java: {score: 90}\n"
        "rejected/loop.py: {score: 50}\nrejected/long.py: {score: 80, secret/a: {score: 40}, secret/b: {score: 40}}\n"
    ),
    "submissions/accepted/one_line.py": "n = int(input()); print(n * (n + 1) // 2)\n",
    "submissions/accepted/three_lines.py": "n = int(input())\nanswer = n * (n + 1) // 2\nprint(answer)\n",
    "submissions/accepted/Main.java": (
        "class Main {\n    public static void main(String[] words) {\n"
        "        int n = new java.util.Scanner(System.in).nextInt();\n"
        "        System.out.println(n * (n + 1) / 2);\n    }\n}\n"
    ),
    "submissions/rejected/loop.py": "n = int(input())\nprint(sum(number for number in range(n + 1)))\n",
    "submissions/rejected/long.py": "n = int(input())\n" + "\n" * 10 + "print(n * (n + 1) // 2)\n",
}
