"""The root of the command: groups, and the exit status of every error.

0 done; 1 the thing checked does not hold; 2 wrong use or bad input; 3 something of ours is missing or broken.
Each command lives in a module of its own and is loaded only when called, so that `--help` is quick and `web` never loads Docker.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import NoReturn

import click

from assessor.errors import AssessorError, Broken

COMMANDS = {
    "up": "assessor.cli.up",
    "web": "assessor.cli.web",
    "worker": "assessor.cli.worker",
    "doctor": "assessor.cli.doctor",
    "challenge": "assessor.cli.challenge",
    "judge": "assessor.cli.judge",
    "sandbox": "assessor.cli.sandbox",
    "bench": "assessor.cli.bench",
    "backup": "assessor.cli.backup",
    "restore": "assessor.cli.restore",
}


class LazyGroup(click.Group):
    """Finds a subcommand in its module's `command` when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, module in COMMANDS.items() if importlib.util.find_spec(module)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        module = COMMANDS.get(name)
        if module is None or importlib.util.find_spec(module) is None:
            return None
        command = importlib.import_module(module).command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="assessor")
def cli() -> None:
    """Remote coding assessments: challenges, sandboxes, scores."""


def main() -> None:
    """Entry point: run, and turn our errors into a line on stderr and a status."""
    try:
        cli(standalone_mode=True)
    except AssessorError as error:
        _end(error)
    except Exception as error:
        from assessor.outages import outage_of  # loads the database's library, which `--help` does not need

        outage = outage_of(error)
        if outage is None:
            raise
        _end(Broken(f"{outage} ({_cause(error)})"))


def _end(error: AssessorError) -> NoReturn:
    click.echo(f"assessor: {error}", err=True)
    sys.exit(3 if isinstance(error, Broken) else 2)


def _cause(error: Exception) -> str:
    """What the database or the system said, in one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())
