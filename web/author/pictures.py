"""The pictures of statements. Whoever has a version's id, which nobody can guess, may see the pictures of its statements."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from assessor.catalogue.versions import picture_for
from web.transaction import reading


def picture(version_id: str, name: str) -> ResponseReturnValue:
    """One picture. Versions never change, so browsers may keep it; a drawing can run nothing, even when opened alone."""
    with reading() as session:
        found = picture_for(session, version_id, name)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
