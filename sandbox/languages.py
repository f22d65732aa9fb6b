"""The table of programming languages: one entry a language, data plus a reference program."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is compiled and run inside the box.

    In `compile` and `run`, `{main}` stands for the entry file and `{files}` for every source file. `reference` reads two
    integers from one line and prints their sum. `time_multiplier` stretches a challenge's time limit for slow languages.
    """

    id: str
    name: str
    version: str
    extensions: tuple[str, ...]
    source_name: str
    image: str
    compile: tuple[str, ...]
    run: tuple[str, ...]
    editor_mode: str
    reference: str
    processes: int = 64
    time_multiplier: float = 1.0


LANGUAGES: dict[str, Language] = {
    language.id: language
    for language in (
        Language(
            id="python3",
            name="Python",
            version="3.11",
            extensions=(".py",),
            source_name="main.py",
            image="base",
            compile=("/usr/bin/python3", "-m", "py_compile", "{main}"),
            run=("/usr/bin/python3", "{main}"),
            editor_mode="python",
            reference="a, b = map(int, input().split())\nprint(a + b)\n",
        ),
    )
}
