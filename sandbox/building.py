"""Builds the sandbox images, and finds again what is there already.

The base is, in this order: the one that was asked for; one we made on this machine before; Debian's own, where an image
registry answers; one made with mmdebstrap from the apt sources of this machine. An image is built again only when its
Dockerfile, the supervisor or the base has changed: their common digest is the image's label.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docker
import docker.errors
from docker.api.client import APIClient

from sandbox import images, wheels
from sandbox.bases import LOCAL_BASE, REGISTRY_BASE, MissingTool, debian_tree
from sandbox.engine import translating_errors
from sandbox.spec import SandboxFailure

HERE = Path(__file__).parent
DIGEST_LABEL = "assessor.digest"
PULL_SILENCE_S = 20
BUILD_SILENCE_S = 1800

Progress = Callable[[str], None]
Source = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class BuiltImage:
    """One image of the sandbox: its tier, Docker's tag and id, and whether it was there already."""

    tier: str
    tag: str
    id: str
    found: bool


def build(tiers: tuple[str, ...] = images.USUAL, *, base_image: str | None = None, progress: Progress) -> list[BuiltImage]:
    """Build the images of these tiers and of those they stand on. Raises `SandboxFailure` with what to do."""
    with translating_errors():
        api = docker.from_env(timeout=BUILD_SILENCE_S).api
    base = _base(api, base_image, progress)
    built: dict[str, BuiltImage] = {}
    for tier in images.with_foundations(tiers):
        built[tier] = _build_tier(api, tier, base, progress)
    return [built[tier] for tier in built]


def missing(tiers: tuple[str, ...] = images.USUAL) -> list[str]:
    """The tiers whose image is not there, or was built from other sources than these."""
    with translating_errors():
        api = docker.from_env(timeout=PULL_SILENCE_S).api
    return [tier for tier in tiers if _sources_label(_inspect(api, images.tag(tier))) != _sources_digest(tier)]


# --- the base


def _base(api: APIClient, asked_for: str | None, progress: Progress) -> str:
    if asked_for:
        if _inspect(api, asked_for) is None:
            progress(f"fetching the base image {asked_for}")
            _pull(api, asked_for)
        return asked_for
    for known in (LOCAL_BASE, REGISTRY_BASE):
        if _inspect(api, known) is not None:
            return known
    progress(f"fetching the base image {REGISTRY_BASE}")
    try:
        _pull(api, REGISTRY_BASE)
        return REGISTRY_BASE
    except SandboxFailure:
        progress("no image registry answers: making the base from this machine's apt sources (half a minute)")
    return _import_base(api, progress)


def _pull(api: APIClient, image: str) -> None:
    repository, _, tag = image.rpartition(":") if ":" in image.rsplit("/", 1)[-1] else (image, "", "latest")
    try:
        with translating_errors():
            impatient = docker.from_env(timeout=PULL_SILENCE_S).api
            lines = list(impatient.pull(repository, tag=tag, stream=True, decode=True))
    except SandboxFailure as failure:
        raise SandboxFailure(f"the base image {image} cannot be fetched: {failure}", retry=True) from failure
    wrong = next((line["error"] for line in lines if "error" in line), "")
    if wrong or _inspect(api, image) is None:
        raise SandboxFailure(f"the base image {image} cannot be fetched: {wrong}", retry=True)


def _import_base(api: APIClient, progress: Progress) -> str:
    repository, _, tag = LOCAL_BASE.partition(":")
    try:
        with debian_tree(progress) as tree, translating_errors():
            answer = api.import_image_from_file(str(tree), repository=repository, tag=tag)
    except MissingTool as error:
        raise SandboxFailure(str(error), retry=False) from error
    if "error" in str(answer):
        raise SandboxFailure(f"Docker did not take the base image: {answer}", retry=False)
    return LOCAL_BASE


# --- a tier


def _build_tier(api: APIClient, tier: str, base: str, progress: Progress) -> BuiltImage:
    below = images.FOUNDATION[tier]
    foundation = images.packages_tag(below) if below else base
    found_below = _inspect(api, foundation)
    digest = f"{_sources_digest(tier)}@{found_below['Id'] if found_below else foundation}"
    tag = images.tag(tier)
    there = _inspect(api, tag)
    if there is not None and _label(there) == digest and _inspect(api, images.packages_tag(tier)) is not None:
        progress(f"{tier}: there already")
        return BuiltImage(tier, tag, there["Id"], found=True)
    progress(f"{tier}: building")
    say = _prefixed(tier, progress)
    packages = images.packages_tag(tier)
    _run_build(api, _context((*_packages_sources(tier), *wheels.unpacked(_pins(tier)))), packages, foundation, {}, say)
    _run_build(api, _context(_supervisor_sources()), tag, packages, {DIGEST_LABEL: digest}, say)
    built = _inspect(api, tag)
    assert built is not None
    if there is not None and there["Id"] != built["Id"]:
        _forget(api, there["Id"])
    progress(f"{tier}: built")
    return BuiltImage(tier, tag, built["Id"], found=False)


def _forget(api: APIClient, image_id: str) -> None:
    """Remove an image that has lost its name to a newer one, unless containers still run in it."""
    with contextlib.suppress(docker.errors.APIError):
        api.remove_image(image_id)


def _prefixed(tier: str, progress: Progress) -> Progress:
    return lambda line: progress(f"{tier}: {line}")


def _run_build(api: APIClient, context: bytes, name: str, base: str, labels: dict[str, str], progress: Progress) -> None:
    last: list[str] = []
    with translating_errors():
        lines = api.build(
            fileobj=io.BytesIO(context),
            custom_context=True,
            dockerfile="Dockerfile",
            tag=name,
            buildargs={"BASE": base},
            use_config_proxy=True,  # as `docker build`: the proxies of the user's Docker configuration
            labels=labels,
            network_mode="host",
            rm=True,
            forcerm=True,
            decode=True,
        )
        for line in lines:
            if "error" in line:
                tail = "".join(last[-15:])
                raise SandboxFailure(f"building {name} failed: {line['error'].strip()}\n{tail}", retry=False)
            last += [line["stream"]] if "stream" in line else []
            if line.get("stream", "").startswith("Step "):
                progress(line["stream"].strip()[:160])


def _context(sources: Iterable[Source]) -> bytes:
    """The build context as a tar archive, with nothing of this machine in it."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, content in sources:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o755  # some of what comes in wheels are programs
            tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def _packages_sources(tier: str) -> Iterator[Source]:
    yield "Dockerfile", (HERE / "images" / f"{tier}.Dockerfile").read_bytes()
    for path in sorted((HERE / "images" / tier).glob("*")):
        yield f"files/{path.name}", path.read_bytes()
    if pins := _pins(tier):
        yield "wheels.txt", pins


def _pins(tier: str) -> bytes:
    """The toolchains that come from the Python package index, each with its checksum; empty when the tier has none."""
    path = HERE / "images" / f"{tier}.wheels.txt"
    return path.read_bytes() if path.is_file() else b""


def _supervisor_sources() -> Iterator[Source]:
    yield "Dockerfile", (HERE / "images" / "supervisor.Dockerfile").read_bytes()
    for path in sorted((HERE / "supervisor").rglob("*.[ch]")):
        yield str(path.relative_to(HERE)), path.read_bytes()


def _sources_digest(tier: str) -> str:
    digest = hashlib.sha256()
    for name, content in (*_packages_sources(tier), *_supervisor_sources()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _inspect(api: APIClient, image: str) -> dict[str, Any] | None:
    try:
        with translating_errors():
            found: dict[str, Any] = api.inspect_image(image)  # type: ignore[no-untyped-call]
            return found
    except SandboxFailure as failure:
        if isinstance(failure.__cause__, docker.errors.NotFound):
            return None
        raise


def _label(image: dict[str, Any] | None) -> str:
    labels = ((image or {}).get("Config") or {}).get("Labels") or {}
    return str(labels.get(DIGEST_LABEL, ""))


def _sources_label(image: dict[str, Any] | None) -> str:
    return _label(image).partition("@")[0]
