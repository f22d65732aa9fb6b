"""`assessor doctor`: every dependency of this machine and of the service, found or not, and what to do."""

from __future__ import annotations

import json
import shutil
import sys

import click
from rich.console import Console
from rich.table import Table

from assessor.cli.options import data_option, json_option
from assessor.database import Database
from assessor.doctor import examine
from assessor.readiness import Check
from assessor.settings import Settings, load_settings
from sandbox import building
from sandbox.containers import DockerSandbox
from sandbox.spec import SandboxFailure

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
    except SandboxFailure as failure:
        return [Check("docker", False, str(failure))]
    message = f"These sandbox images are missing: {', '.join(missing)}. Run: assessor sandbox build" if missing else ""
    return [Check("docker", True), Check("sandbox_images", not missing, message)]


def _print(checks: list[Check]) -> None:
    table = Table("", "what", "what to do", box=None)
    for check in checks:
        table.add_row("[green]✓[/]" if check.ok else "[red]✗[/]", check.name, check.message)
    Console().print(table)
