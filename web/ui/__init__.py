"""The shared shell: base page, components, styles, icons, and the built front-end files with their manifest."""

from __future__ import annotations

from flask import Blueprint, Flask

from web.ui import assets, packing

blueprint = Blueprint("ui", __name__, template_folder="templates")
blueprint.add_url_rule("/static/dist/<path:name>", "dist", assets.send)
blueprint.add_url_rule("/favicon.ico", "favicon", assets.send_favicon)


def install(app: Flask) -> None:
    """Give the application the shell and the templates the addresses of built files; its pages leave compressed."""
    app.register_blueprint(blueprint)
    packing.install(app)
    app.jinja_env.globals["asset"] = assets.url_of
    app.jinja_env.globals["assets_with_prefix"] = assets.urls_with_prefix
