"""The candidate's pages: entering, the start page, the workspace, the end."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("candidate", __name__, template_folder="templates")
