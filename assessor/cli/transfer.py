"""`assessor challenge import` and `export`: packages into the database and out of it."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from assessor.catalogue.checking import PackageRefused
from assessor.catalogue.exporting import find_exported, write_package
from assessor.catalogue.importing import Imported, Outcome, Prove, import_package, open_checked
from assessor.cli.options import data_option, json_option
from assessor.clock import utc_now
from assessor.database import Database
from assessor.errors import NotFound
from assessor.people.models import Organisation
from assessor.settings import Settings, load_settings
from challenges.package import Package

SAID = {
    Outcome.STORED: "stored as version {number}; publish it with --publish or on its page",
    Outcome.PUBLISHED: "version {number} is published",
    Outcome.REFUSED: "version {number} is refused: an example submission does not earn its declared verdict",
    Outcome.UNCHANGED: "version {number} is there already",
    Outcome.QUEUED: "version {number} waits for a worker to prove it",
    Outcome.ERRORS: "the package has errors",
}

SHOWN_FINDINGS = 100
"""More of one package are counted, not printed; `--json` has all of them."""

organisation_option = click.option("--organisation", help="Id of the organisation it belongs to; the library without it.")


@click.command("import")
@click.argument("packages", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--publish", is_flag=True, help="Judge every example submission and publish what holds. Needs Docker.")
@organisation_option
@data_option
@json_option
def import_command(packages: tuple[Path, ...], publish: bool, organisation: str | None, data: str | None, as_json: bool) -> None:
    """Check PACKAGES (folders or zips) and store each as a version of the challenge of its name.

    A package that is there already, byte for byte, is left as it is; one that was proved is not proved again. Exit status: 0
    done, 1 an example submission does not earn its verdict, 2 a package has errors (nothing of it is stored), 3 no Docker.
    """
    settings = load_settings(data_dir=data)
    database = Database(settings.url_of_database)
    database.migrate()
    _check_organisation(database, organisation)
    with ExitStack() as stack:
        stack.callback(database.close)
        prove = _prover(settings, stack) if publish else None
        lines = [_import_one(database, path, organisation, prove) for path in packages]
    if as_json:
        click.echo(json.dumps({"ok": all(line["ok"] for line in lines), "packages": lines}, ensure_ascii=False))
    sys.exit(_status(lines))


@click.command("export")
@click.argument("slug")
@click.option("--to", "target", type=click.Path(path_type=Path), help="A folder, or a file ending in .zip; SLUG.zip without it.")
@click.option("--version", "number", type=click.IntRange(1), help="Number of the version; the newest published without it.")
@organisation_option
@data_option
@json_option
def export_command(
    slug: str, target: Path | None, number: int | None, organisation: str | None, data: str | None, as_json: bool
) -> None:
    """Write the package of the challenge SLUG to a zip or a folder. Never overwrites anything."""
    database = Database(load_settings(data_dir=data).url_of_database)
    database.migrate()
    with database.reading() as session:
        found = find_exported(session, slug, number=number, organisation_id=organisation)
    database.close()
    place = target or Path(f"{slug}.zip")
    write_package(found.package, place)
    click.echo(f"{slug}, version {found.number}: written to {place}", err=True)
    if as_json:
        document = {"slug": slug, "version": found.number, "digest": found.package.digest, "path": str(place)}
        click.echo(json.dumps(document, ensure_ascii=False))


def _import_one(database: Database, path: Path, organisation: str | None, prove: Prove | None) -> dict[str, Any]:
    """Import one package; its line of the JSON document."""
    try:
        checked = open_checked(path)
    except PackageRefused as refused:
        for finding in refused.findings[:SHOWN_FINDINGS]:
            click.echo(f"{path}: {finding}", err=True)
        if (rest := len(refused.findings) - SHOWN_FINDINGS) > 0:
            click.echo(f"{path}: and {rest} more findings", err=True)
        findings = [{"path": f.path, "line": f.line, "severity": f.severity, "message": f.message} for f in refused.findings]
        return {"path": str(path), "ok": False, "outcome": "errors", "findings": findings}
    imported = import_package(database, checked, organisation, utc_now(), prove)
    click.echo(f"{imported.slug}: {SAID[imported.outcome].format(number=imported.number)}", err=True)
    return {"path": str(path), **_document(imported)}


def _document(imported: Imported) -> dict[str, Any]:
    return {
        "ok": imported.outcome is not Outcome.REFUSED,
        "outcome": imported.outcome.value,
        "slug": imported.slug,
        "version": imported.number,
        "digest": imported.digest,
        "report": imported.report,
    }


def _status(lines: list[dict[str, Any]]) -> int:
    if any(line["outcome"] == "errors" for line in lines):
        return 2
    return 0 if all(line["ok"] for line in lines) else 1


def _check_organisation(database: Database, organisation: str | None) -> None:
    with database.reading() as session:
        if organisation is not None and session.get(Organisation, organisation) is None:
            raise NotFound(f"There is no organisation with the id {organisation}.")


def _prover(settings: Settings, stack: ExitStack) -> Prove:
    """Proving in the real sandbox, which is opened when the first package needs it; a line of progress for each example."""
    from assessor.judging.calibrating import measure
    from assessor.judging.verifying import verify
    from sandbox.containers import DockerSandbox

    opened: list[tuple[DockerSandbox, int]] = []

    def prove(package: Package) -> dict[str, Any]:
        def say(done: int, total: int, what: str) -> None:
            click.echo(f"{package.name}: {done}/{total} {what}".rstrip(), err=True)

        if not opened:
            sandbox = stack.enter_context(DockerSandbox(runtime=settings.runtime, warm_boxes=settings.warm_boxes))
            opened.append((sandbox, measure(sandbox)))
        sandbox, reference_ms = opened[0]
        return verify(package, sandbox, say).as_document() | {"reference_ms": reference_ms}

    return prove
