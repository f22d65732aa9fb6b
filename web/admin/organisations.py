"""Organisations with their members and roles."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessor import clock
from assessor.errors import BadInput, Conflict, NotFound
from assessor.people import organisations as people
from assessor.people.models import Role
from assessor.people.permissions import Action
from assessor.wording import N_
from web.admin.people import signin_address
from web.author.access import actor
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, writing


@needs(Action.ORGANISATIONS_MANAGE)
def organisations() -> ResponseReturnValue:
    """Every organisation."""
    return _list_page()


@needs(Action.ORGANISATIONS_MANAGE)
def create_organisation() -> ResponseReturnValue:
    """A new organisation, to which members are added next."""
    try:
        with writing() as session:
            made = people.create_organisation(session, actor(), request.form.get("name", ""), clock.utc_now()).id
    except BadInput as error:
        return _list_page({"name": message_for(error)})
    return redirect(url_for("admin.organisation", organisation_id=made), 303)


@needs(Action.ORGANISATIONS_MANAGE)
def organisation(organisation_id: str) -> ResponseReturnValue:
    """One organisation and its members."""
    return _page(organisation_id)


@needs(Action.ORGANISATIONS_MANAGE)
def rename(organisation_id: str) -> ResponseReturnValue:
    """Another name for an organisation."""
    try:
        with writing() as session:
            people.rename_organisation(session, actor(), organisation_id, request.form.get("name", ""), clock.utc_now())
    except BadInput as error:
        return _page(organisation_id, errors={"rename": message_for(error)})
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


@needs(Action.ORGANISATIONS_MANAGE)
def add_member(organisation_id: str) -> ResponseReturnValue:
    """Add somebody, by login; a new account comes with its sign-in link, shown once."""
    form = request.form
    try:
        role = _role(form.get("role", ""))
        with writing() as session:
            made = people.invite_member(
                session, actor(), organisation_id, form.get("login", ""), form.get("name", ""), role, clock.utc_now()
            )
    except (BadInput, Conflict) as error:
        return _page(organisation_id, errors={getattr(error, "field", None) or "login": message_for(error)})
    if made.token is None:
        flash(_("%(name)s is a member now and signs in as before.", name=made.account.name), "good")
        return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)
    return _page(organisation_id, link=signin_address(made.token), link_for=made.account.name)


@needs(Action.ORGANISATIONS_MANAGE)
def change_role(organisation_id: str, account_id: str) -> ResponseReturnValue:
    """Another role for a member."""
    try:
        role = _role(request.form.get("role", ""))
        with writing() as session:
            people.change_role(session, actor(), organisation_id, account_id, role, clock.utc_now())
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


@needs(Action.ORGANISATIONS_MANAGE)
def remove_member(organisation_id: str, account_id: str) -> ResponseReturnValue:
    """End a membership; what the member wrote stays."""
    try:
        with writing() as session:
            people.remove_member(session, actor(), organisation_id, account_id, clock.utc_now())
    except Conflict as error:
        flash(message_for(error), "warn")
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


def role_names() -> dict[str, str]:
    """Roles in the reader's language."""
    return {Role.OWNER.value: _("owner"), Role.REVIEWER.value: _("reviewer"), Role.AUTHOR.value: _("author")}


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadInput(_("Choose one of the roles of the list."), field="role") from None


def _list_page(errors: dict[str, str] | None = None) -> Response:
    with reading() as session:
        found = people.all_organisations(session, actor())
    page = render_template("admin/organisations.html", organisations=found, errors=errors or {}, form=request.form)
    return make_response(page, 422 if errors else 200)


def _page(organisation_id: str, *, errors: dict[str, str] | None = None, link: str = "", link_for: str = "") -> Response:
    with reading() as session:
        found = next((one for one in people.all_organisations(session, actor()) if one.id == organisation_id), None)
    if found is None:
        raise NotFound(N_("There is no such organisation."))
    page = render_template(
        "admin/organisation.html",
        organisation=found,
        roles=role_names(),
        errors=errors or {},
        form=request.form if errors else {},
        link=link,
        link_for=link_for,
    )
    response = make_response(page, 422 if errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
