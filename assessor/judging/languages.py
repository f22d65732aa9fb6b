"""The languages candidates may use, for rooms that must not know the sandbox.

`LANGUAGES` are all there are, to name what was handed in once; `offered` are those of the sandbox images this service uses.
"""

from __future__ import annotations

from functools import lru_cache

from assessor.errors import BadInput
from assessor.settings import load_settings
from sandbox.languages import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "offered", "refuse_unless_offered"]


@lru_cache(maxsize=1)
def offered() -> dict[str, Language]:
    """The languages whose image is in the setting `tiers`, in the order of the table. Settled once a process."""
    tiers = load_settings().tiers_in_use
    return {id: language for id, language in LANGUAGES.items() if language.image in tiers}


def refuse_unless_offered(language: Language) -> None:
    """Raise BadInput, with what an operator has to do, for a language whose image this service does not use."""
    if language.id not in offered():
        raise BadInput(
            f"{language.name} is not set up here: it needs the sandbox image {language.image!r}. Add it to ASSESSOR_TIERS "
            f"and run `assessor sandbox build`.",
            code="language_not_set_up",
            field="language",
        )
