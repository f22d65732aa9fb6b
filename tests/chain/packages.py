"""Small packages made on the spot, so that a test says what it judges."""

from __future__ import annotations

import io
import zipfile

SUM = {
    "problem.yaml": """problem_format_version: 2025-09
type: scoring
name: {en: Sum of two, sv: Summan av två, ar: مجموع عددين}
uuid: 6a0d8c8e-3f0c-4a4e-9a59-3a6b8bb0f7a1
license: cc by-sa
limits: {time_limit: 1}
""",
    "statement/problem.en.md": "Read two integers from one line and print their sum.\n\n## Input\n\nTwo integers.\n",
    "statement/problem.sv.md": "Läs två heltal från en rad och skriv ut deras summa.\n\n## Indata\n\nTvå heltal.\n",
    "statement/problem.ar.md": "اقرأ عددين صحيحين من سطر واحد واطبع مجموعهما.\n\n## المدخلات\n\nعددان صحيحان.\n",
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/test_group.yaml": "score_aggregation: sum\nmax_score: 100\n",
    "data/secret/small/test_group.yaml": "max_score: 40\nscore_aggregation: min\n",
    "data/secret/small/1.in": "20 22\n",
    "data/secret/small/1.ans": "42\n",
    "data/secret/small/2.in": "0 0\n",
    "data/secret/small/2.ans": "0\n",
    "data/secret/negative/test_group.yaml": "max_score: 60\nscore_aggregation: min\n",
    "data/secret/negative/1.in": "-5 3\n",
    "data/secret/negative/1.ans": "-2\n",
    "submissions/accepted/sum.py": "a, b = map(int, input().split())\nprint(a + b)\n",
    "submissions/wrong_answer/absolute.py": "a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n",
    "assessor.yaml": """skills: [algorithms]
difficulty: first-program
groups:
  secret/small:
    title: {en: Small numbers, sv: Små tal, ar: أعداد صغيرة}
    hint: {en: Add the two numbers., sv: Addera de två talen., ar: اجمع العددين.}
  secret/negative:
    title: {en: Negative numbers, sv: Negativa tal, ar: أعداد سالبة}
    hint: {en: A number may be below zero., sv: Ett tal kan vara mindre än noll., ar: قد يكون العدد أصغر من الصفر.}
""",
}


def zipped(files: dict[str, str], folder: str = "sum-of-two") -> bytes:
    """The files as a zip with one folder at the top, as people make them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{folder}/{name}", text)
    return buffer.getvalue()
