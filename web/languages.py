"""The languages of the interface as a table: names, scripts, catalogues, and which of a browser's wishes each one answers.

Knows nothing of requests. `code` is the BCP 47 tag in `lang` attributes, cookies and rows; `catalogue` is Babel's name for it,
also the folder under `translations/`. English is the language of the sources and has no catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Script = Literal["Latn", "Cyrl", "Arab", "Ethi"]


@dataclass(frozen=True, slots=True)
class Language:
    """`asked_as` are further tags that mean it, in small letters. `plural` is gettext's rule where Babel's does not serve.

    `reviewed` says whether a native speaker has read the whole catalogue; where none has, every page says so at its foot.
    """

    code: str
    name: str
    script: Script = "Latn"
    catalogue: str = ""
    asked_as: tuple[str, ...] = ()
    plural: tuple[int, str] = (2, "(n != 1)")
    reviewed: bool = False

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.script == "Arab" else "ltr"

    @property
    def comma(self) -> str:
        """What stands between a date and a time."""
        return {"Arab": "،", "Ethi": "፣"}.get(self.script, ",")


_ARABIC_FORMS = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5)"
_SLAVIC_FORMS = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"

TABLE = (
    Language("en", "English", reviewed=True),
    Language("sv", "Svenska", catalogue="sv"),
    Language("ar", "العربية", "Arab", "ar", plural=(6, _ARABIC_FORMS)),
    Language("fa-AF", "دری", "Arab", "fa_AF", asked_as=("prs",)),
    Language("fa", "فارسی", "Arab", "fa", asked_as=("pes",)),
    Language("ps", "پښتو", "Arab", "ps"),
    Language("ckb", "کوردیی ناوەندی", "Arab", "ckb", asked_as=("ku-arab", "ku-iq", "ku-ir")),
    Language("kmr", "Kurdî (kurmancî)", "Latn", "ku", asked_as=("ku", "ku-latn")),
    Language("ti", "ትግርኛ", "Ethi", "ti", plural=(2, "(n > 1)")),
    Language("so", "Soomaali", catalogue="so"),
    Language("uk", "Українська", "Cyrl", "uk", plural=(3, _SLAVIC_FORMS)),
)
LANGUAGES = {language.code: language for language in TABLE}
NAMES = {language.code: language.name for language in TABLE}
"""Each by its own name, for menus."""
TRANSLATED = tuple(language for language in TABLE if language.catalogue)
_BY_TAG = {tag: language for language in TABLE for tag in (language.code.lower(), *language.asked_as)}


def matching(tag: str) -> Language | None:
    """The language a tag means, if need be without its last parts: `fa-AF-u-nu-latn` is Dari, `ku-Latn-TR` Kurmanji."""
    parts = tag.replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := _BY_TAG.get("-".join(parts[:length])):
            return found
    return None


def best_of(tags: Iterable[str]) -> Language:
    """The first language a reader's tags mean, best first; English when none does."""
    return next((found for tag in tags if (found := matching(tag))), LANGUAGES["en"])


def of_catalogue(name: str) -> Language:
    """The language of a catalogue's name, as Babel spells it."""
    return next((language for language in TRANSLATED if language.catalogue == name), LANGUAGES["en"])
