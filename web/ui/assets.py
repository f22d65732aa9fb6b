"""Built front-end files: a manifest from plain names to hashed ones, sent compressed, kept by browsers for good."""

from __future__ import annotations

import gzip
import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Response, request, url_for
from werkzeug.exceptions import NotFound

from assessor.errors import Broken
from web.protection import limiter

DIST = Path(__file__).parent / "static" / "dist"
COMPRESSIBLE = {".js", ".css", ".svg", ".txt"}
# The table of the standard library depends on the machine's; these must not.
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain"}


@cache
def manifest() -> dict[str, str]:
    """Plain name → hashed name, as the front-end build wrote it."""
    try:
        return dict(json.loads((DIST / "manifest.json").read_text()))
    except FileNotFoundError:
        raise Broken("The front-end files are missing. Run scripts/build-frontend.") from None


def url_of(name: str) -> str:
    """The address of a built file, such as `url_of("app.css")`."""
    try:
        return url_for("ui.dist", name=manifest()[name])
    except KeyError:
        raise Broken(f"No built front-end file is called {name}. Run scripts/build-frontend.") from None


def urls_with_prefix(prefix: str) -> dict[str, str]:
    """The addresses of all built files whose plain name begins with `prefix`."""
    return {name: url_of(name) for name in manifest() if name.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A built file's media type and its bytes by coding, the smallest first. `identity` is the file itself."""

    media_type: str
    codings: dict[str, bytes]


@cache
def content(name: str) -> BuiltFile:
    """A built file. The build packs it with brotli, which takes long; gzip is for browsers on a line without HTTPS."""
    path = DIST / name
    if name not in manifest().values():
        raise NotFound
    data = path.read_bytes()
    codings = {"identity": data}
    if path.suffix in COMPRESSIBLE:
        packed = {"br": path.with_name(f"{name}.br").read_bytes(), "gzip": gzip.compress(data, 9, mtime=0)}
        codings = packed | codings
    return BuiltFile(TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream", codings)


@limiter.exempt  # type: ignore[untyped-decorator,unused-ignore]
def send(name: str) -> Response:
    """One built file. Its name carries its hash, so it never changes."""
    built = content(name)
    coding = next((one for one in built.codings if request.accept_encodings[one] > 0), "identity")
    response = Response(built.codings[coding], mimetype=built.media_type)
    if coding != "identity":
        response.headers["Content-Encoding"] = coding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@limiter.exempt  # type: ignore[untyped-decorator,unused-ignore]
def send_favicon() -> Response:
    """Browsers ask for it whatever the page says."""
    return send(manifest()["favicon.svg"])
