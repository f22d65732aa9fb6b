"""Small packages of our own for tests: a sum of two numbers, scored in two groups, in three languages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from challenges.package import Package, open_zip

PROBLEM = """\
problem_format_version: 2025-09
type: scoring
uuid: 5b1c2d3e-4f50-4a61-8b72-9c83ad94be05
name:
  en: Add two numbers
  sv: Addera två tal
  ar: اجمع عددين
limits:
  time_limit: 2.0
"""
EXTRAS = """\
difficulty: first-program
skills: [python, task-algorithmisation]
groups:
  secret/group1:
    title: {en: Small numbers, sv: Små tal, ar: أعداد صغيرة}
    hint: {en: Read both numbers from one line., sv: Läs båda talen från en rad., ar: اقرأ العددين من سطر واحد.}
  secret/group2:
    title: {en: Negative numbers, sv: Negativa tal, ar: أعداد سالبة}
    hint: {en: A number may be below zero., sv: Ett tal kan vara under noll., ar: قد يكون العدد أقل من الصفر.}
starters:
  python3: |
    a, b = map(int, input().split())
"""
FILES: Mapping[str, str] = {
    "problem.yaml": PROBLEM,
    "assessor.yaml": EXTRAS,
    "statement/problem.en.md": "Read two numbers and print their sum.\n\n## Input\n\nOne line with two numbers $a$ and $b$.\n",
    "statement/problem.sv.md": "Läs två tal och skriv summan.\n\n## Indata\n\nEn rad med två tal $a$ och $b$.\n",
    "statement/problem.ar.md": "اقرأ عددين واطبع مجموعهما.\n\n## المدخلات\n\nسطر واحد فيه عددان $a$ و$b$.\n",
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/test_group.yaml": "max_score: 100\nscore_aggregation: sum\n",
    "data/secret/group1/test_group.yaml": "max_score: 40\n",
    "data/secret/group1/1.in": "2 2\n",
    "data/secret/group1/1.ans": "4\n",
    "data/secret/group1/2.in": "10 20\n",
    "data/secret/group1/2.ans": "30\n",
    "data/secret/group2/test_group.yaml": "max_score: 60\n",
    "data/secret/group2/1.in": "-1 -2\n",
    "data/secret/group2/1.ans": "-3\n",
    "submissions/accepted/add.py": "a, b = map(int, input().split())\nprint(a + b)\n",
    "submissions/wrong_answer/absolute.py": "a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n",
}


def zipped(changes: Mapping[str, str | None] | None = None) -> bytes:
    """The package as a zip, with some files changed, added or (null) left out."""
    files = {**FILES, **(changes or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            if text is not None:
                archive.writestr(path, text)
    return buffer.getvalue()


def package(name: str = "add-two", changes: Mapping[str, str | None] | None = None) -> Package:
    """The package, opened."""
    return open_zip(f"{name}.zip", zipped(changes))


def report(*, ok: bool = True, time_limit_ms: int = 2000) -> dict[str, object]:
    """A verify document as proving the package gives it; with `ok` false the accepted example fails the second group."""
    small = {"name": "secret/group1", "verdict": "AC", "passed": 2, "total": 2, "score": 40.0, "max_score": 40.0}
    negative = {"name": "secret/group2", "verdict": "AC", "passed": 1, "total": 1, "score": 60.0, "max_score": 60.0}
    failed = {**negative, "passed": 0, "score": 0.0}
    right = {"language": "python3", "expected": ["AC"], "required": ["AC"], "ok": ok, "slowest_cpu_ms": 14}
    right |= {"verdict": "AC", "observed": ["AC"], "score": 100.0} if ok else {"verdict": "RTE", "observed": ["AC", "RTE"]}
    wrong = {"language": "python3", "expected": ["AC", "WA"], "required": ["WA"], "ok": True, "slowest_cpu_ms": 15}
    wrong |= {"verdict": "WA", "observed": ["AC", "WA"], "score": 40.0}
    accepted = [small, negative if ok else {**failed, "verdict": "RTE"}]
    submissions = [
        {"path": "submissions/accepted/add.py", **right, "groups": accepted},
        {"path": "submissions/wrong_answer/absolute.py", **wrong, "groups": [small, {**failed, "verdict": "WA"}]},
    ]
    time = {"limit_ms": time_limit_ms, "explicit": True, "slowest_accepted_ms": 14, "fastest_too_slow_ms": None}
    known = {"path": "add-two", "ok": ok, "time_limit_ms": time_limit_ms, "time": time}
    return {**known, "findings": [], "submissions": submissions}
