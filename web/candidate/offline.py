"""The service worker that keeps an attempt's pages usable without a network. Its own address limits it to the one attempt."""

from __future__ import annotations

from flask import Response

from web.ui import assets


def send_worker(attempt_id: str) -> Response:
    """The script. It holds nothing personal, but it must be asked for anew each time: its address never changes."""
    response = assets.send(assets.manifest()["offline.js"])
    response.headers["Cache-Control"] = "no-store"
    return response
