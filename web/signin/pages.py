"""The pages of signing in and of one's own account."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor import clock
from assessor.errors import BadInput
from assessor.people import accounts
from assessor.people.passwords import replacement_hash, verify_password
from assessor.people.signin_links import look_at_link, use_link
from web.languages import LANGUAGES
from web.locales import gettext as _
from web.messages import message_for
from web.protection import limiter
from web.signin import sessions
from web.signin.access import needs_signin, safe_next
from web.signin.navigation import home
from web.signin.sessions import SignedIn, signed_in
from web.transaction import reading, writing

blueprint = Blueprint("signin", __name__, template_folder="templates")


def _login_of_request() -> str:
    return "login:" + request.form.get("login", "").strip().lower()[:200]


def _has_failed(response: Response) -> bool:
    return response.status_code >= 400


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The form; who is signed in goes on."""
    if (person := signed_in()) is not None:
        return redirect(safe_next(request.args.get("next")) or home(person.actor))
    return render_template("signin/sign_in.html", login="", error=None, next=safe_next(request.args.get("next")))


@blueprint.post("/sign-in")
@limiter.limit("30 per minute; 200 per hour")
@limiter.limit("10 per 5 minutes", key_func=_login_of_request, deduct_when=_has_failed)
def submit_sign_in() -> ResponseReturnValue:
    """Check login and password: limited before anything is hashed, and as slow for a login that does not exist."""
    login = request.form.get("login", "")[:200]
    with reading() as session:
        account = accounts.account_with_login(session, login)
        account_id, stored = (account.id, account.password_hash) if account else ("", None)
    if not verify_password(stored, request.form.get("password", "")):
        error = _("Login and password do not fit together. Ask for a new link if you have forgotten the password.")
        page = render_template("signin/sign_in.html", login=login, error=error, next=safe_next(request.form.get("next")))
        return page, 401
    return _enter(account_id)


def _enter(account_id: str) -> ResponseReturnValue:
    with reading() as session:
        account = accounts.active_account(session, account_id)
        if account is None:
            return redirect(url_for(".sign_in"), 303)
        person = sessions.begin(account)
    return redirect(safe_next(request.form.get("next")) or home(person.actor), 303)


@blueprint.get("/sign-in/link/<token>")
@limiter.limit("60 per minute")
def link(token: str) -> ResponseReturnValue:
    """Whom the link is for. It is used up by the button only: mail programs open links before people do."""
    with reading() as session:
        account = look_at_link(session, token, clock.utc_now())
    return render_template("signin/link.html", name=account.name, token=token)


@blueprint.post("/sign-in/link/<token>")
@limiter.limit("60 per minute")
def submit_link(token: str) -> ResponseReturnValue:
    """Use the link up and begin a session; who has no password yet is asked to choose one."""
    with writing() as session:
        account_id = use_link(session, token, clock.utc_now()).id
    answer = _enter(account_id)
    person = signed_in()
    if person is not None and not person.has_password:
        return redirect(url_for(".account", first="1"), 303)
    return answer


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    sessions.end()
    flash(_("You are signed out."), "good")
    return redirect(url_for(".sign_in"), 303)


@blueprint.get("/account")
@needs_signin
def account() -> ResponseReturnValue:
    """One's own account: password, language, every session."""
    return _account_page({})


@blueprint.post("/account/awake")
@needs_signin
def stay_awake() -> ResponseReturnValue:
    """A sign of life from a page that nothing is sent from: the silence begins anew."""
    return jsonify(awake=True)


@blueprint.post("/account/password")
@limiter.limit("20 per 5 minutes")
@needs_signin
def change_password() -> ResponseReturnValue:
    """Choose a password; every other session of the account ends."""
    person = _person()
    fresh = request.form.get("password", "")
    if fresh != request.form.get("again", ""):
        return _account_page({"again": _("The two passwords differ. Type the same one twice.")}), 422
    with reading() as session:
        known = accounts.active_account(session, person.account_id)
        stored = known.password_hash if known else None
    try:
        hashed = replacement_hash(stored, person.login, request.form.get("present", ""), fresh)
    except BadInput as error:
        return _account_page({error.field or "password": message_for(error)}), 422
    with writing() as session:
        accounts.set_password(session, person.account_id, hashed, clock.utc_now())
    return _stay(person, _("Your password is set. Other devices have been signed out."))


@blueprint.post("/account/sign-out-everywhere")
@needs_signin
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the account but this one."""
    person = _person()
    with writing() as session:
        accounts.sign_out_everywhere(session, person.account_id, clock.utc_now())
    return _stay(person, _("All other devices have been signed out."))


def _stay(person: SignedIn, said: str) -> ResponseReturnValue:
    chosen = sessions.current_organisation_id()
    with reading() as session:
        fresh = accounts.active_account(session, person.account_id)
        if fresh is not None:
            person = sessions.begin(fresh)
    if chosen:
        sessions.choose_organisation(chosen)
    flash(said, "good")
    return redirect(home(person.actor) if request.form.get("first") else url_for(".account"), 303)


@blueprint.post("/account/language")
@needs_signin
def change_language() -> ResponseReturnValue:
    """Remember the language of the pages with the account."""
    chosen = request.form.get("locale", "")
    if chosen not in LANGUAGES:
        raise BadInput(_("Choose one of the languages of the list."), field="locale")
    with writing() as session:
        accounts.set_locale(session, _person().account_id, chosen)
    return redirect(url_for(".account", lang=chosen), 303)


@blueprint.get("/sign-in/organisation")
@needs_signin
def organisation() -> ResponseReturnValue:
    """Which of several organisations to work for."""
    return render_template(
        "signin/organisation.html", organisations=_person().organisations, next=safe_next(request.args.get("next"))
    )


@blueprint.post("/sign-in/organisation")
@needs_signin
def submit_organisation() -> ResponseReturnValue:
    """Work for this organisation from now on."""
    person, chosen = _person(), request.form.get("organisation", "")
    if chosen not in person.actor.roles:
        raise BadInput(_("Choose one of your organisations."), field="organisation")
    sessions.choose_organisation(chosen)
    return redirect(safe_next(request.form.get("next")) or home(person.actor), 303)


def _person() -> SignedIn:
    person = signed_in()
    assert person is not None, "the view is guarded by needs_signin"
    return person


def _account_page(errors: dict[str, str]) -> str:
    first = bool(request.values.get("first"))
    return render_template("signin/account.html", person=_person(), errors=errors, first=first)
