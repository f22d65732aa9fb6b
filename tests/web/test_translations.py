"""No message is missing, superfluous or out of date in any catalogue, and none breaks when it is filled in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


def test_the_catalogues_are_what_the_sources_give() -> None:
    done = subprocess.run([ROOT / "scripts" / "translations", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("locale", ["sv", "ar"])
def test_every_place_is_one_of_the_message(locale: str) -> None:
    with (ROOT / "web" / "translations" / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=locale)
    for message in catalog:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        known = {place for one in ids for place in places(one)}
        for string in strings:
            assert set(places(string)) <= known, message.id
            if isinstance(message.id, str):
                assert set(places(string)) == known, message.id


def places(text: str) -> list[str]:
    """`%(name)s` of Python and `{name}` of the scripts."""
    return re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)
