"""What the workspace's requests give, checked at the edge."""

from __future__ import annotations

import secrets
from typing import Any

from flask import request

from assessor.errors import BadInput
from assessor.wording import N_

INCOMPLETE = N_("The request is incomplete. Load the page again.")


def json_object() -> dict[str, Any]:
    """The request's JSON object. Raises BadInput for anything else."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise BadInput(INCOMPLETE, code="not_json")
    return given


def text_of(given: dict[str, Any], name: str) -> str:
    """A text of the request. Raises BadInput when it is missing or something else."""
    value = given.get(name)
    if not isinstance(value, str):
        raise BadInput(INCOMPLETE, code="missing", field=name)
    return value


def number_of(given: dict[str, Any], name: str) -> int:
    """A whole number of the request. Raises BadInput otherwise."""
    value = given.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(INCOMPLETE, code="missing", field=name)
    return value


def new_client_key() -> str:
    """For forms: one key for each time the page is made."""
    return secrets.token_hex(12)
