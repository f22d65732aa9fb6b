"""The organisation's members: inviting a colleague by a one-time link, roles, removing."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.errors import BadInput, Conflict
from assessor.people import organisations
from assessor.people.models import Role
from assessor.people.permissions import Action
from web.employer import asking
from web.employer.asking import actor, organisation_id
from web.locales import gettext as _
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.MEMBERS_VIEW)
def members() -> ResponseReturnValue:
    """Everybody with their roles."""
    return _page({})


@needs(Action.MEMBERS_MANAGE)
def add_member() -> ResponseReturnValue:
    """Add a colleague; the page then shows the link to hand over, once."""
    form = request.form
    try:
        with writing() as session:
            invited = organisations.invite_member(
                session, actor(), organisation_id(), form.get("login", ""), form.get("name", ""), _role(), clock.utc_now()
            )
            name, token = invited.account.name, invited.token
    except (BadInput, Conflict) as error:
        return _page({getattr(error, "field", None) or "login": message_for(error)}), 422
    if token is None:
        flash(_("%(name)s is a member now and signs in as before.", name=name), "good")
        return redirect(url_for("employer.members"), 303)
    return _page({}, link=asking.signin_link(token), name=name)


@needs(Action.MEMBERS_MANAGE)
def change_role(account_id: str) -> ResponseReturnValue:
    """Give a member another role."""
    with writing() as session:
        organisations.change_role(session, actor(), organisation_id(), account_id, _role(), clock.utc_now())
    flash(_("The role is changed."), "good")
    return redirect(url_for("employer.members"), 303)


@needs(Action.MEMBERS_MANAGE)
def remove_member(account_id: str) -> ResponseReturnValue:
    """End a membership."""
    with writing() as session:
        organisations.remove_member(session, actor(), organisation_id(), account_id, clock.utc_now())
    flash(_("Removed. What this colleague wrote stays."), "good")
    return redirect(url_for("employer.members"), 303)


@needs(Action.MEMBERS_MANAGE)
def member_link(account_id: str) -> ResponseReturnValue:
    """Another link for a colleague who has not come in yet."""
    with writing() as session:
        token = organisations.fresh_link_for_member(session, actor(), organisation_id(), account_id, clock.utc_now())
    return _page({}, link=asking.signin_link(token))


def _role() -> Role:
    try:
        return Role(request.form.get("role", ""))
    except ValueError:
        raise BadInput(_("Choose one of the roles."), field="role") from None


def _page(errors: dict[str, str], *, link: str | None = None, name: str = "") -> str:
    here = organisation_id()
    with reading() as session:
        found = organisations.members_of(session, actor(), here)
    return render_template(
        "employer/members.html",
        members=found,
        here=here,
        me=actor().account_id,
        errors=errors,
        typed=request.form if errors else {},
        link=link,
        name=name,
    )
