"""Is the process alive, and can the service do its work?"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, jsonify

from assessor.readiness import check_readiness
from assessor.settings import Settings
from web.protection import limiter
from web.transaction import database

blueprint = Blueprint("health", __name__)
limiter.exempt(blueprint)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Every part the service needs, each with its state; 503 when one is missing."""
    checks = check_readiness(database(), cast(Settings, current_app.extensions["assessor_settings"]))
    fine = all(check.ok for check in checks)
    response = jsonify(status="ok" if fine else "not_ready", checks={check.name: check.as_dict() for check in checks})
    response.status_code = 200 if fine else 503
    return response
