"""`assessor challenge …`: everything an author does with packages from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from assessor.cli.transfer import export_command, import_command
from assessor.cli.verify import verify_command

PACKAGES = click.argument("packages", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PACKAGE…")


@click.group("challenge")
def command() -> None:
    """Challenge packages: check, prove, bring in and take out."""


command.add_command(import_command)
command.add_command(export_command)
command.add_command(verify_command)


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
