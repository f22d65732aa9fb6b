"""`assessor sandbox`: the images that programs run in, and the proof that they hold."""

from __future__ import annotations

import itertools
import json
import os
import time

import click

from assessor.errors import BadInput, Broken
from assessor.judging.languages import offered
from assessor.settings import load_settings
from sandbox import building, images, traces
from sandbox import crowd as crowds
from sandbox import selftest as selftests
from sandbox.containers import DockerSandbox
from sandbox.languages import LANGUAGES
from sandbox.spec import SandboxFailure


@click.group()
def command() -> None:
    """The sandbox: its images and its self-test."""


@command.command()
@click.argument("tiers", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
def build(tiers: tuple[str, ...], as_json: bool) -> None:
    """Build the sandbox images TIERS (those of ASSESSOR_TIERS without arguments); what has not changed is found again."""
    unknown = [tier for tier in tiers if tier not in images.TIERS]
    if unknown:
        raise BadInput(f"there is no image {unknown[0]!r}; there are {', '.join(images.TIERS)}")
    settings = load_settings()
    started = time.monotonic()
    try:
        built = building.build(
            tiers or settings.tiers_in_use,
            base_image=settings.base_image,
            progress=lambda line: click.echo(f"{time.monotonic() - started:6.1f} s  {line}", err=True),
        )
    except SandboxFailure as failure:
        if as_json:
            click.echo(json.dumps({"error": str(failure)}))
        raise Broken(str(failure)) from failure
    if as_json:
        rows = [{"image": image.tag, "id": image.id, "found": image.found} for image in built]
        click.echo(json.dumps({"images": rows, "seconds": round(time.monotonic() - started, 1)}))


@command.command()
@click.argument("languages", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
@click.option("--languages-only", is_flag=True, help="Leave the attacks out.")
@click.option(
    "--crowd/--no-crowd", default=True, help="Then all attacks at once with innocent programs among them (the default)."
)
def selftest(languages: tuple[str, ...], as_json: bool, languages_only: bool, crowd: bool) -> None:
    """Run every language's programs and every attack; exit status 1 when one does not end as it must.

    LANGUAGES limits it to programs in these; without, it is all whose image is in ASSESSOR_TIERS.
    """
    unknown = [language for language in languages if language not in LANGUAGES]
    if unknown:
        raise BadInput(f"there is no language {unknown[0]!r}; there are {', '.join(LANGUAGES)}")
    results = []
    settings = load_settings()
    wanted = languages or tuple(offered())
    owner = f"selftest-{os.getpid()}"
    busy_before = traces.busy_percent()
    try:
        with DockerSandbox(settings.runtime, settings.warm_boxes, owner) as sandbox:
            for result in itertools.chain(
                selftests.selftest(sandbox, sandbox.leftovers, wanted, hostile=not languages_only),
                crowds.run_crowd(sandbox, wanted, sandbox.leftovers) if crowd and not languages_only else (),
            ):
                click.echo(_line(result), err=True)
                results.append(result)
            runtime = sandbox.runtime
    except SandboxFailure as failure:
        if as_json:
            click.echo(json.dumps({"error": str(failure)}))
        raise Broken(str(failure)) from failure
    failed = [result for result in results if not result.ok]
    click.echo(f"{len(results) - len(failed)} of {len(results)} as they must be", err=True)
    busy = {"before": busy_before, "after": traces.busy_percent()}
    click.echo(f"processors busy: {busy['before']} % before, {busy['after']} % after", err=True)
    if as_json:
        rows = [result.as_document() for result in results]
        click.echo(json.dumps({"ok": not failed, "runtime": runtime, "busy_percent": busy, "probes": rows}))
    if failed:
        raise SystemExit(1)


def _line(result: selftests.ProbeResult) -> str:
    mark = "ok  " if result.ok else "FAIL"
    figures = f"{result.cpu_ms:6} ms CPU {result.memory_kib // 1024:5} MiB"
    return f"{mark} {figures}  {result.probe.language:10} {result.probe.name}  {result.wrong}".rstrip()
