"""The candidate's pages: entering, the start page, the workspace, the end. No account, no e-mail, no password."""

from __future__ import annotations

from flask import Flask

from web.candidate.blueprint import blueprint
from web.candidate.following import Streams, new_watch

__all__ = ["blueprint", "install"]


def install(app: Flask) -> None:
    """Register the pages and what their streams share."""
    app.register_blueprint(blueprint)
    app.extensions["assessor_streams"] = Streams(max(1, app.extensions["assessor_settings"].threads // 2))
    with app.app_context():
        app.extensions["assessor_watch"] = new_watch()
