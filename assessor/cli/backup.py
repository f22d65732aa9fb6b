"""`assessor backup FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assessor.backup import back_up
from assessor.cli.options import data_option, json_option
from assessor.database import Database
from assessor.settings import load_settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@json_option
def command(file: Path, data: str | None, as_json: bool) -> None:
    """Write everything there is into FILE, consistent, while the service runs."""
    settings = load_settings(data_dir=data)
    database = Database(settings.url_of_database)
    counts = back_up(database, settings, file)
    database.close()
    if as_json:
        click.echo(json.dumps({"file": str(file), "rows": counts}))
    else:
        click.echo(f"{sum(counts.values())} rows of {len(counts)} tables", err=True)
