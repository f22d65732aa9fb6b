"""A base for the images from the machine's own apt sources, where no image registry can be reached."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sandbox.spec import SandboxFailure

REGISTRY_BASE = "debian:bookworm-slim"
LOCAL_BASE = "assessor-sandbox:base"

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class MissingTool(Exception):
    """A program that is needed to make the base is not installed; the message says how to get it."""


@contextlib.contextmanager
def debian_tree(progress: Callable[[str], None]) -> Iterator[Path]:
    """A tar archive of a minimal system of this machine's own distribution, with its apt sources and certificates."""
    if shutil.which("mmdebstrap") is None:
        raise MissingTool(
            "no base image can be had: no image registry answers and mmdebstrap is not installed. "
            "Install it (apt install mmdebstrap), or name an image with ASSESSOR_BASE_IMAGE"
        )
    codename = _codename()
    with tempfile.TemporaryDirectory(prefix="assessor-base-") as folder:
        archive = Path(folder, "base.tar")
        command = ["mmdebstrap", "--variant=apt", "--include=ca-certificates", *_proxies(), *_certificate_hook()]
        command += [codename, str(archive), *_own_sources(codename, Path(folder))]
        progress(f"mmdebstrap {codename}")
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise SandboxFailure(f"mmdebstrap could not make a base image:\n{done.stderr[-2000:]}", retry=True)
        yield archive


def _codename() -> str:
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    codename = release.get("VERSION_CODENAME", "").strip('"')
    if not codename:
        raise SandboxFailure("this is not a Debian or Ubuntu machine: name a base image with ASSESSOR_BASE_IMAGE", retry=False)
    return codename


def _own_sources(codename: str, folder: Path) -> list[str]:
    """The machine's apt sources of its own distribution; what others have added may not fit together with it."""
    copies: list[str] = []
    candidates = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for path in candidates:
        text = _only_suites_of(codename, path) if path.is_file() else ""
        if text.strip():
            copy = folder / f"{len(copies)}{path.suffix}"
            copy.write_text(text)
            copies.append(str(copy))
    if not copies:
        raise SandboxFailure(f"no apt source of {codename} was found: name a base image with ASSESSOR_BASE_IMAGE", retry=False)
    return copies


def _only_suites_of(codename: str, path: Path) -> str:
    ours = re.compile(rf"(?<![\w-]){re.escape(codename)}(?=[\s/-]|$)", re.MULTILINE)
    if path.suffix == ".list":
        return "".join(f"{line}\n" for line in path.read_text().splitlines() if re.match(r"\s*deb\s", line) and ours.search(line))
    if path.suffix == ".sources":
        stanzas = re.split(r"\n\s*\n", path.read_text())
        wanted = [stanza for stanza in stanzas if any(ours.search(line) for line in re.findall(r"(?mi)^Suites:.*$", stanza))]
        return "\n\n".join(wanted) + "\n" if wanted else ""
    return ""


def _proxies() -> list[str]:
    """What this machine's apt uses to get out, if anything."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    options = re.findall(r'^(Acquire::https?::Proxy(?:::\S+)? ".+";)$', dump, re.MULTILINE)
    return [f"--aptopt={option}" for option in options]


def _certificate_hook() -> list[str]:
    """Who trusts a certificate authority of its own needs it inside too, to fetch packages."""
    if not os.access(CERTIFICATES, os.R_OK):
        return []
    return [f"--customize-hook=copy-in {CERTIFICATES} {CERTIFICATES.parent}"]
