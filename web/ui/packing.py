"""Pages are sent compressed, so that a test opens quickly on a slow line.

A page holds secrets (a CSRF token, a candidate's key) and some of what the visitor gave. Who can make somebody open pages and
sees how many bytes come could guess a secret letter by letter, from how well it compresses (BREACH: Gluck, Harris, Prado 2013).
Therefore each answer carries a filler of random length in the place of the gzip format's file name (RFC 1952), which hides a
difference of a byte or two.
"""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Flask, Response, request

WORTH_BYTES = 860
"""Shorter pages fit into one packet as they are."""

FILLER_BYTES = 100
LEVEL = 6


def install(app: Flask) -> None:
    """Compress what the application answers with, where it is a page."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """The same answer, compressed if it is a whole page and the browser takes it."""
    if response.mimetype != "text/html" or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or request.accept_encodings["gzip"] <= 0:
        return response
    page = response.get_data()
    if len(page) >= WORTH_BYTES:
        response.set_data(packed(page))
        response.headers["Content-Encoding"] = "gzip"
    return response


def packed(page: bytes) -> bytes:
    """The page in the gzip format, with a file name that says nothing and is never of the same length for long."""
    filler = "a" * secrets.randbelow(FILLER_BYTES)
    out = io.BytesIO()
    with gzip.GzipFile(filename=filler, mode="wb", compresslevel=LEVEL, fileobj=out, mtime=0) as archive:
        archive.write(page)
    return out.getvalue()
