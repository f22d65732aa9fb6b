"""What the documents say is whole: every setting, command and option is named, and no link between them is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assessor.cli.main import cli
from assessor.settings import SETTING_PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_every_setting_is_documented_with_its_default() -> None:
    text = (DOCS / "settings.md").read_text()
    missing = [name for name in Settings.model_fields if f"`{SETTING_PREFIX}{name.upper()}`" not in text]
    assert missing == []


def test_no_documented_setting_is_gone() -> None:
    named = set(re.findall(rf"`{SETTING_PREFIX}([A-Z_]+)`", (DOCS / "settings.md").read_text()))
    assert named <= {name.upper() for name in Settings.model_fields}


def commands(command: click.Command, path: tuple[str, ...] = ("assessor",)) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every leaf of the command tree with its words."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))
    else:
        yield path, command


def test_every_command_and_option_is_documented() -> None:
    text = (DOCS / "commands.md").read_text()
    missing = []
    for words, command in commands(cli):
        if f"`{' '.join(words)}" not in text:
            missing.append(" ".join(words))
        missing += [
            f"{' '.join(words)} {option.opts[0]}"
            for option in command.params
            if isinstance(option, click.Option) and f"`{option.opts[0]}" not in text and option.opts[0] not in text
        ]
    assert missing == []


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text())
    broken = [target for target in targets if not (document.parent / target).exists()]
    assert broken == []


def test_the_tests_that_documents_name_are_there() -> None:
    named = {proof for document in documents() for proof in re.findall(r"(tests/[\w/]+\.py)::(\w+)", document.read_text())}
    gone = [f"{path}::{name}" for path, name in named if f"\ndef {name}(" not in (ROOT / path).read_text()]
    assert named
    assert gone == []
