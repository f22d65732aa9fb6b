"""Options that several commands share, so that they mean and say the same everywhere."""

from __future__ import annotations

import click

data_option = click.option(
    "--data", type=click.Path(file_okay=False), help="Folder of the database, the queue and the secret key."
)
host_option = click.option("--host", help="Address to listen on.")
port_option = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout and nothing else.")
