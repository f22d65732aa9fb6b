"""`assessor challenge verify`: do packages hold what they promise? In the real sandbox, without a database."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from assessor.cli.options import json_option
from assessor.errors import Broken
from assessor.judging.verify_report import VerifyReport
from assessor.settings import load_settings
from challenges.package import PackageError, open_package


@click.command("verify")
@click.argument("packages", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PACKAGE…")
@json_option
def verify_command(packages: tuple[Path, ...], as_json: bool) -> None:
    """Judge every example submission of PACKAGES (folders or zips), and derive their time limits.

    Exit status: 0 each earns what it must, 1 some package does not hold, 2 a package is not there, 3 we could not judge.
    """
    try:
        documents = _verify_all(packages)
    except Broken as error:
        if as_json:
            click.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        raise
    ok = all(document["ok"] for document in documents)
    if as_json:
        click.echo(json.dumps({"ok": ok, "packages": documents}, ensure_ascii=False))
    else:
        for document in documents:
            _show(document)
    missing = not all(path.exists() for path in packages)
    sys.exit(2 if missing else 0 if ok else 1)


def _verify_all(packages: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Every package's document, in one sandbox. Raises `Broken` when the sandbox fails."""
    from assessor.judging.verifying import verify
    from sandbox.containers import DockerSandbox
    from sandbox.spec import SandboxFailure

    documents = []
    try:
        with DockerSandbox(runtime=load_settings().runtime, warm_boxes=1, owner=f"verify-{os.getpid()}") as sandbox:
            for path in packages:

                def say(done: int, total: int, what: str, name: str = path.name) -> None:
                    click.echo(f"{name}: {done}/{total} {what}".rstrip(), err=True)

                try:
                    report = verify(open_package(path), sandbox, say)
                except PackageError as refused:
                    report = VerifyReport(path.name, refused.findings)
                documents.append(report.as_document(str(path)))
    except SandboxFailure as failure:
        raise Broken(f"Could not judge: {failure}") from failure
    return documents


def _show(document: dict[str, Any]) -> None:
    """Findings and submissions one a line, and one line to sum up."""
    for finding in document["findings"]:
        where = f"{document['path']}/{finding['path']}" + (f":{finding['line']}" if finding["line"] else "")
        click.echo(f"{where}: {finding['severity']}: {finding['message']}")
    for submission in document["submissions"]:
        mark = {True: "ok  ", False: "FAIL", None: "skip"}[submission["ok"]]
        score = "" if submission["score"] is None else f" {submission['score']:g} points"
        time = "" if submission["slowest_cpu_ms"] is None else f" {submission['slowest_cpu_ms']} ms"
        click.echo(f"{mark} {submission['path']}: {submission['verdict'] or 'not judged'}{score}{time}")
    limit = "" if document["time_limit_ms"] is None else f", time limit {document['time_limit_ms']} ms"
    click.echo(f"{document['path']}: {'holds' if document['ok'] else 'does not hold'}{limit}")
