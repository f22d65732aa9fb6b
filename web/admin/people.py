"""Accounts: who may sign in, who administers the service, and the one-time link for those who cannot get in."""

from __future__ import annotations

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessor import clock
from assessor.errors import BadInput, Conflict
from assessor.people import accounts, organisations
from assessor.people.models import Account
from assessor.people.permissions import Action
from assessor.people.signin_links import give_signin_link
from web.author.access import actor
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.ACCOUNTS_MANAGE)
def people() -> ResponseReturnValue:
    """Every account."""
    return _page()


@needs(Action.ACCOUNTS_MANAGE)
def create_person() -> ResponseReturnValue:
    """Make an account and show its sign-in link, once."""
    form = request.form
    try:
        with writing() as session:
            now = clock.utc_now()
            account = accounts.create_account(
                session, actor(), form.get("login", ""), form.get("name", ""), now, is_admin=bool(form.get("is_admin"))
            )
            token = give_signin_link(session, actor(), account.id, now)
    except (BadInput, Conflict) as error:
        field = getattr(error, "field", None) or "login"
        return _page(errors={field: message_for(error)}, status=422)
    return _page(link=signin_address(token), link_for=account.name)


@needs(Action.ACCOUNTS_MANAGE)
def give_link(account_id: str) -> ResponseReturnValue:
    """A one-time sign-in link for somebody who cannot get in."""
    with writing() as session:
        token = give_signin_link(session, actor(), account_id, clock.utc_now())
        name = session.get_one(Account, account_id).name
    return _page(link=signin_address(token), link_for=name)


@needs(Action.ACCOUNTS_MANAGE)
def set_active(account_id: str) -> ResponseReturnValue:
    """Let somebody sign in, or no longer."""
    active = request.form.get("active") == "1"
    try:
        with writing() as session:
            name = accounts.set_active(session, actor(), account_id, active, clock.utc_now()).name
        said = _("%(name)s can sign in again.", name=name) if active else _("%(name)s can no longer sign in.", name=name)
        flash(said, "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.people"), 303)


@needs(Action.ACCOUNTS_MANAGE)
def set_admin(account_id: str) -> ResponseReturnValue:
    """Make somebody an administrator, or no longer."""
    is_admin = request.form.get("is_admin") == "1"
    try:
        with writing() as session:
            name = accounts.set_admin(session, actor(), account_id, is_admin, clock.utc_now()).name
        said = (
            _("%(name)s is an administrator now.", name=name) if is_admin else _("%(name)s is no administrator now.", name=name)
        )
        flash(said, "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.people"), 303)


def _demoted(name: str) -> str:
    return str(_("%(name)s is no longer an administrator.", name=name))


def signin_address(token: str) -> str:
    """The whole link, to copy and hand over; under the public address when one is set."""
    path = url_for("signin.link", token=token)
    public = current_app.extensions["assessor_settings"].public_url
    return f"{public.rstrip('/')}{path}" if public else url_for("signin.link", token=token, _external=True)


def _page(*, errors: dict[str, str] | None = None, link: str = "", link_for: str = "", status: int = 200) -> Response:
    with reading() as session:
        found = accounts.all_accounts(session, actor())
        names = {organisation.id: organisation.name for organisation in organisations.all_organisations(session, actor())}
    page = render_template(
        "admin/people.html",
        accounts=found,
        organisation_names=names,
        me=actor().account_id,
        errors=errors or {},
        form=request.form if errors else {},
        link=link,
        link_for=link_for,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
