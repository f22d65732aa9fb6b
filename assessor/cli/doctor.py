"""`assessor doctor`: every dependency of this machine and of the service, found or not, and what to do."""

from __future__ import annotations

import json
import os
import shutil
import sys

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from assessor.cli.options import data_option, json_option
from assessor.database import Database
from assessor.doctor import examine
from assessor.judging.calibrating import measure
from assessor.judging.speeds import proven_ms, slowdown, speed_sentence
from assessor.readiness import Check
from assessor.settings import Settings, load_settings
from sandbox import building
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure

CRUN = "The engine knows crun, with which a new box takes a fifth less processor time: ASSESSOR_RUNTIME=crun uses it."
NO_ANSWER = "The Docker Engine does not answer. Start it (systemctl start docker) or run scripts/up."


@click.command()
@data_option
@json_option
def command(data: str | None, as_json: bool) -> None:
    """Look at everything the service needs; exit status 3 when something is missing."""
    settings = load_settings(data_dir=data)
    checks = [_python(), *_engine(settings)]
    database = Database(settings.url_of_database)
    checks += examine(settings, database)
    checks += _speed(settings, database) if all(check.ok for check in checks[:3]) else []
    database.close()
    if as_json:
        click.echo(
            json.dumps({"ok": all(check.ok for check in checks), "checks": {c.name: c.as_dict() for c in checks}}, indent=1)
        )
    else:
        _print(checks)
    sys.exit(0 if all(check.ok for check in checks) else 3)


def _python() -> Check:
    fine = sys.version_info >= (3, 11)
    return Check("python", fine, "" if fine else "Python 3.11 or newer is needed.")


def _engine(settings: Settings) -> list[Check]:
    if shutil.which("docker") is None and shutil.which("dockerd") is None:
        return [Check("docker", False, "Docker is not installed. On Debian: apt-get install docker.io, or run scripts/up.")]
    try:
        with DockerSandbox(runtime=settings.runtime, warm_boxes=0, owner="doctor") as sandbox:
            if not sandbox.answers():
                return [
                    Check(
                        "docker", False, "The Docker Engine does not answer. Start it: systemctl start docker, or run scripts/up."
                    )
                ]
            missing = building.missing(settings.tiers_in_use)
            faster = not settings.runtime and sandbox.could_use_crun()
    except SandboxFailure as failure:
        return [Check("docker", False, str(failure))]
    message = f"These sandbox images are missing: {', '.join(missing)}. Run: assessor sandbox build" if missing else ""
    return [Check("docker", True, CRUN if faster else ""), Check("sandbox_images", not missing, message)]


def _speed(settings: Settings, database: Database) -> list[Check]:
    """How fast this host is, measured now; beside what the workers have told, which `examine` shows."""
    try:
        with DockerSandbox(runtime=settings.runtime, warm_boxes=0, owner=f"doctor-{os.getpid()}") as sandbox:
            here_ms = measure(sandbox)
    except SandboxFailure as failure:
        return [Check("this_host", False, str(failure))]
    try:
        with database.reading() as session:
            there_ms = proven_ms(session)
    except SQLAlchemyError:  # said already
        there_ms = None
    figures = {"reference_ms": here_ms, "proven_ms": there_ms or 0, "slowdown": slowdown(here_ms, there_ms)}
    return [Check("this_host", True, speed_sentence(here_ms, there_ms), figures)]


def _print(checks: list[Check]) -> None:
    table = Table("", "what", "what to do", box=None)
    for check in checks:
        table.add_row("[green]✓[/]" if check.ok else "[red]✗[/]", check.name, check.message)
    Console().print(table)
