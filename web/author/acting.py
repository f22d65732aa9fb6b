"""What an author does with a stored version: prove, publish, withdraw."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessor import clock
from assessor.catalogue import versions
from assessor.catalogue.browsing import challenge_page
from assessor.errors import Conflict
from assessor.people.permissions import Action
from web.author.access import actor, require_on
from web.messages import message_for
from web.signin import needs
from web.transaction import reading, ring, writing


@needs(Action.CHALLENGE_WRITE)
def prove(challenge_id: str, number: int) -> ResponseReturnValue:
    """Let the worker judge every example submission."""
    require_on(Action.CHALLENGE_WRITE, challenge_id)
    version_id = _version_id(challenge_id, number)
    try:
        with writing() as session:
            proof = versions.request_proof(session, version_id, clock.utc_now(), False, actor=actor())
            bell = (proof.id, proof.priority)
        ring("proof", *bell)
    except Conflict as error:
        flash(message_for(error), "warn")
    return _back(challenge_id, number)


@needs(Action.CHALLENGE_PUBLISH)
def publish(challenge_id: str, number: int) -> ResponseReturnValue:
    """Let assessments use the version, if its proof holds."""
    require_on(Action.CHALLENGE_PUBLISH, challenge_id)
    version_id = _version_id(challenge_id, number)
    try:
        with writing() as session:
            versions.publish(session, version_id, actor(), clock.utc_now())
        flash(_("Version %(number)s is published. Assessments can use it from now on.", number=number), "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return _back(challenge_id, number)


@needs(Action.CHALLENGE_PUBLISH)
def withdraw(challenge_id: str, number: int) -> ResponseReturnValue:
    """Keep the version out of new assessments."""
    require_on(Action.CHALLENGE_PUBLISH, challenge_id)
    version_id = _version_id(challenge_id, number)
    try:
        with writing() as session:
            versions.withdraw(session, version_id, actor(), clock.utc_now())
        flash(_("Version %(number)s is withdrawn. Assessments that use it already go on with it.", number=number), "good")
    except Conflict as error:
        flash(message_for(error), "warn")
    return _back(challenge_id, number)


def _version_id(challenge_id: str, number: int) -> str:
    with reading() as session:
        return challenge_page(session, challenge_id, number).version.id


def _back(challenge_id: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("author.version", challenge_id=challenge_id, number=number), 303)
