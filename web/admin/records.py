"""What happened (the audit log) and what the service stands on (the system page)."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from assessor.doctor import examine
from assessor.people.audit_pages import audit_kinds, audit_page
from assessor.people.permissions import Action
from web.author.access import actor
from web.signin import needs
from web.transaction import database, reading


@needs(Action.AUDIT_READ)
def audit() -> ResponseReturnValue:
    """Who did what to what, when; newest first."""
    kind = request.args.get("kind", "")
    with reading() as session:
        kinds = audit_kinds(session, actor())
        chosen = f"{kind}." if kind in kinds else ""
        page = audit_page(session, actor(), before=request.args.get("before", type=int), action=chosen)
    return render_template("admin/audit.html", page=page, kinds=kinds, kind=kind if chosen else "")


@needs(Action.QUEUE_MANAGE)
def system() -> ResponseReturnValue:
    """Every dependency, found or not, and what to do."""
    checks = examine(current_app.extensions["assessor_settings"], database())
    return render_template("admin/system.html", checks=checks)
