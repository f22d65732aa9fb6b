"""Uploading a package: checked at once, with every finding; stored as a version and proved in the background."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessor import clock
from assessor.catalogue.browsing import challenge_page
from assessor.catalogue.checking import CheckedPackage, PackageRefused, check, receive_zip, slug_of
from assessor.catalogue.models import VersionState
from assessor.catalogue.storing import store_version
from assessor.catalogue.versions import request_proof
from assessor.errors import BadInput, NotAllowed
from assessor.people.permissions import Action
from web.author.access import actor, may, owners, require_on
from web.messages import message_for
from web.protection import limiter
from web.signin import current_organisation_id, needs
from web.transaction import reading, ring, writing

SHOWN_FINDINGS = 200


@needs(Action.CHALLENGE_WRITE)
def upload() -> ResponseReturnValue:
    """The form; with `?challenge=` for the next version of that challenge."""
    return _form(request.args.get("challenge", ""))


@limiter.limit("30 per minute")
@needs(Action.CHALLENGE_WRITE)
def submit_upload() -> ResponseReturnValue:
    """Check the package; with errors show them all and store nothing, otherwise store, prove and show the new version."""
    challenge_id = request.form.get("challenge", "")
    try:
        organisation_id, slug = _target(challenge_id)
        checked = _checked(slug)
    except PackageRefused as refused:
        return _form(challenge_id, refused=refused), 422
    except BadInput as error:
        return _form(challenge_id, errors={error.field or "package": message_for(error)}), 422
    bell: tuple[str, int] | None = None
    with writing() as session:
        version = store_version(session, checked, actor().account_id, organisation_id, clock.utc_now())
        if version.state is VersionState.DRAFT:
            publish = bool(request.form.get("publish")) and may(Action.CHALLENGE_PUBLISH, organisation_id)
            proof = request_proof(session, version.id, clock.utc_now(), publish, actor=actor())
            bell = (proof.id, proof.priority)
        place = {"challenge_id": version.challenge_id, "number": version.number}
    if bell is not None:
        ring("proof", *bell)
    return redirect(url_for("author.version", **place), 303)  # type: ignore[arg-type]


def _checked(slug: str | None) -> CheckedPackage:
    """The uploaded file as a package without errors, under the short name asked for or the file's own."""
    file = request.files.get("package")
    package = receive_zip(file.filename or "" if file else "", file.read() if file else b"")
    wanted = slug or request.form.get("slug", "").strip()
    return check(replace(package, name=slug_of(wanted or package.name)))


def _target(challenge_id: str) -> tuple[str | None, str | None]:
    """Where the version goes: the organisation (null: the library) and, for the next version of a challenge, its name."""
    if challenge_id:
        organisation_id = require_on(Action.CHALLENGE_WRITE, challenge_id)
        with reading() as session:
            return organisation_id, challenge_page(session, challenge_id).challenge.slug
    chosen = request.form.get("organisation", "")
    organisation_id = None if chosen == "library" else chosen
    if chosen not in dict(_places()):
        raise NotAllowed(_("You cannot put challenges there. Choose one of the places of the list."))
    return organisation_id, None


def _places() -> list[tuple[str, str]]:
    """Where this person may put a challenge, the present organisation first."""
    found = sorted(owners(), key=lambda owner: owner[0] != current_organisation_id())
    return found + ([("library", _("The library, for every organisation"))] if may(Action.CHALLENGE_WRITE, None) else [])


def _form(challenge_id: str, *, refused: PackageRefused | None = None, errors: dict[str, str] | None = None) -> str:
    line = None
    if challenge_id:
        require_on(Action.CHALLENGE_WRITE, challenge_id)
        with reading() as session:
            line = challenge_page(session, challenge_id).challenge
    return render_template(
        "author/upload.html",
        challenge=line,
        places=_places(),
        findings=refused.findings[:SHOWN_FINDINGS] if refused else (),
        found=len(refused.findings) if refused else 0,
        errors=errors or {},
        form=request.form,
    )
