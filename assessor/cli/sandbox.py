"""`assessor sandbox`: the images that programs run in, and the proof that they hold."""

from __future__ import annotations

import json
import time

import click

from assessor.errors import BadInput, Broken
from assessor.settings import Settings
from sandbox import building, images
from sandbox.spec import SandboxFailure


@click.group()
def command() -> None:
    """The sandbox: its images and its self-test."""


@command.command()
@click.argument("tiers", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
def build(tiers: tuple[str, ...], as_json: bool) -> None:
    """Build the sandbox images TIERS (all of them without arguments); what has not changed is found again."""
    unknown = [tier for tier in tiers if tier not in images.TIERS]
    if unknown:
        raise BadInput(f"there is no image {unknown[0]!r}; there are {', '.join(images.TIERS)}")
    started = time.monotonic()
    try:
        built = building.build(
            tiers or images.TIERS,
            base_image=Settings().base_image,
            progress=lambda line: click.echo(f"{time.monotonic() - started:6.1f} s  {line}", err=True),
        )
    except SandboxFailure as failure:
        if as_json:
            click.echo(json.dumps({"error": str(failure)}))
        raise Broken(str(failure)) from failure
    if as_json:
        rows = [{"image": image.tag, "id": image.id, "found": image.found} for image in built]
        click.echo(json.dumps({"images": rows, "seconds": round(time.monotonic() - started, 1)}))
