"""`assessor challenge …`: everything an author does with packages from the command line."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import click

PACKAGES = click.argument("packages", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PACKAGE…")


ELSEWHERE = {
    "export": ("assessor.cli.transfer", "export_command"),
    "import": ("assessor.cli.transfer", "import_command"),
    "verify": ("assessor.cli.verify", "verify_command"),
}
"""Subcommands that need a database or Docker, each loaded only when it is called: `check` needs neither."""


class ChallengeCommands(click.Group):
    """The commands of this module and those of `ELSEWHERE`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, attribute = ELSEWHERE[cmd_name]
        found = getattr(importlib.import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found


@click.group("challenge", cls=ChallengeCommands)
def command() -> None:
    """Challenge packages: check, prove, bring in and take out."""


@command.command("check")
@PACKAGES
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout and nothing else.")
def check(packages: tuple[Path, ...], as_json: bool) -> None:
    """Report everything that is wrong with packages (folders or zips), with file and line.

    Needs neither Docker nor a database. Exit status: 0 no errors (warnings may remain), 1 errors, 2 a package is not there.
    """
    documents = [_check_one(path) for path in packages]
    if as_json:
        click.echo(json.dumps({"ok": all(document["ok"] for document in documents), "packages": documents}, ensure_ascii=False))
    else:
        for document in documents:
            _show(document)
    missing = not all(path.exists() for path in packages)
    sys.exit(2 if missing else 0 if all(document["ok"] for document in documents) else 1)


def _check_one(path: Path) -> dict[str, Any]:
    """One package's findings as the document that `--json` prints."""
    from challenges.checking import check_all, errors_of
    from challenges.package import PackageError, open_package

    try:
        problem, findings = check_all(open_package(path))
    except PackageError as refused:
        problem, findings = None, list(refused.findings)
    return {
        "path": str(path),
        "ok": not errors_of(findings),
        "slug": None if problem is None else problem.slug,
        "format_version": None if problem is None else problem.format_version.value,
        "findings": [
            {"severity": finding.severity.value, "path": finding.path, "line": finding.line, "message": finding.message}
            for finding in findings
        ],
    }


def _show(document: dict[str, Any]) -> None:
    """The findings one a line, as editors and compilers write them, and one line to sum up."""
    for finding in document["findings"]:
        where = f"{document['path']}/{finding['path']}" + (f":{finding['line']}" if finding["line"] else "")
        click.echo(f"{where}: {finding['severity']}: {finding['message']}")
    errors = sum(finding["severity"] == "error" for finding in document["findings"])
    warnings = len(document["findings"]) - errors
    state = "ok" if document["ok"] else "not usable"
    click.echo(f"{document['path']}: {state}, {errors} errors, {warnings} warnings")
