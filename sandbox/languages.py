"""The table of programming languages: one entry a language, data plus a reference program.

The entries are beside this file, by the images they are in.
"""

from __future__ import annotations

from sandbox.heavy_languages import HEAVY
from sandbox.language import Language
from sandbox.more_languages import MORE
from sandbox.usual_languages import USUAL

__all__ = ["LANGUAGES", "Language"]

LANGUAGES: dict[str, Language] = {language.id: language for language in (*USUAL, *MORE, *HEAVY)}
