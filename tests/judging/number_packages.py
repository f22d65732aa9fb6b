"""Packages of our own for tests of judging, as folders of files in memory: "print one more than the number you read"."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from challenges.package import Package, open_zip

RIGHT = "print(int(input()) + 1)\n"
START = "problem_format_version: 2025-09\nuuid: 6f1f3c0e-8a41-4d0e-9d53-5f6f0f2c7b11\n"
WRONG = "print(int(input()) + 2)\n"

MODERN: Mapping[str, str] = {
    "problem.yaml": START + "type: pass-fail\nname: One more\nlimits: {time_limit: 1.0}\n",
    "statement/problem.en.md": "Read a number and print one more.\n",
    "data/sample/1.in": "1\n",
    "data/sample/1.ans": "2\n",
    "data/secret/1.in": "5\n",
    "data/secret/1.ans": "6\n",
    "data/secret/2.in": "-1\n",
    "data/secret/2.ans": "0\n",
    "submissions/accepted/right.py": RIGHT,
    "submissions/wrong_answer/wrong.py": WRONG,
}

LEGACY: Mapping[str, str] = {
    "problem.yaml": "name: One more\n",
    "problem_statement/problem.en.tex": "\\problemname{One more}\nRead a number and print one more.\n",
    **{path: text for path, text in MODERN.items() if path.startswith(("data/", "submissions/"))},
}

SCORING: Mapping[str, str] = {
    **MODERN,
    "problem.yaml": START + "type: scoring\nname: One more\nlimits: {time_limit: 1.0}\n",
    "data/secret/test_group.yaml": "max_score: 100\nscore_aggregation: sum\n",
    "data/secret/group1/test_group.yaml": "max_score: 40\n",
    "data/secret/group1/1.in": "5\n",
    "data/secret/group1/1.ans": "6\n",
    "data/secret/group2/test_group.yaml": "max_score: 60\n",
    "data/secret/group2/1.in": "-1\n",
    "data/secret/group2/1.ans": "0\n",
    "data/secret/1.in": "",
    "data/secret/1.ans": "",
    "data/secret/2.in": "",
    "data/secret/2.ans": "",
}


def files_of(base: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """The files with some changed or added; null or empty text leaves one out."""
    return {path: text for path, text in {**base, **changes}.items() if text}


def package(base: Mapping[str, str] = MODERN, /, **changes: str | None) -> Package:
    """A package in memory. Keyword names are paths; pass them with `**{"path": "text"}`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in files_of(base, changes).items():
            archive.writestr(path, text)
    return open_zip("one-more.zip", buffer.getvalue())


def write_package(folder: Path, base: Mapping[str, str] = MODERN, /, **changes: str | None) -> Path:
    """The same as a folder on disk."""
    for path, text in files_of(base, changes).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder
