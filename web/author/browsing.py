"""Looking at challenges: the list, one version's page, how far its proof is, its package."""

from __future__ import annotations

from itertools import groupby

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.assessments.inquiries import inquiries_about, open_inquiries
from assessor.catalogue.browsing import ChallengePage, ProofView, challenge_page, list_challenges
from assessor.catalogue.exporting import zipped_version
from assessor.catalogue.samples import samples_beside
from assessor.catalogue.versions import statement_for
from assessor.errors import NotFound
from assessor.people.permissions import Action, organisations_where
from assessor.wording import N_
from web.author.access import actor, may, owners, require_on
from web.author.matrix import matrix_of
from web.author.timing import timing_of
from web.locales import current_code
from web.signin import needs
from web.transaction import reading


@needs(Action.CHALLENGE_VIEW)
def challenges() -> ResponseReturnValue:
    """The library, and the challenges of one's organisations."""
    mine = organisations_where(actor(), Action.CHALLENGE_VIEW)
    with reading() as session:
        lines = list_challenges(session, mine)
        unanswered = open_inquiries(session, [line.id for line in lines if may(Action.CHALLENGE_WRITE, line.organisation_id)])
    may_upload = bool(owners()) or may(Action.CHALLENGE_WRITE, None)
    sections = [(owner, list(group)) for owner, group in groupby(lines, key=lambda line: line.organisation)]
    return render_template("author/challenges.html", sections=sections, may_upload=may_upload, unanswered=unanswered)


@needs(Action.CHALLENGE_VIEW)
def challenge(challenge_id: str, number: int | None = None) -> ResponseReturnValue:
    """One version of a challenge, the newest unless asked for another."""
    require_on(Action.CHALLENGE_VIEW, challenge_id)
    locale = request.args.get("text") or current_code()
    with reading() as session:
        page = challenge_page(session, challenge_id, number)
        statement = statement_for(session, page.version.id, locale)
        owner = page.challenge.organisation_id
        may_write = may(Action.CHALLENGE_WRITE, owner)
        asked = list(inquiries_about(session, actor(), challenge_id)) if may_write else []
    return render_template(
        "author/challenge.html",
        page=page,
        statement=statement,
        samples=samples_beside(page.summary, statement.locale),
        may_write=may_write,
        asked=asked,
        may_publish=may(Action.CHALLENGE_PUBLISH, owner),
        **proof_values(page),
    )


@needs(Action.CHALLENGE_VIEW)
def proof(challenge_id: str, number: int) -> ResponseReturnValue:
    """The proof alone, for a page that waits for it. The header `Assessor-Finished` says when to load the whole page again."""
    require_on(Action.CHALLENGE_VIEW, challenge_id)
    with reading() as session:
        page = challenge_page(session, challenge_id, number)
    response = Response(render_template("author/proof.html", page=page, **proof_values(page)))
    response.headers["Assessor-Finished"] = "0" if page.proof and page.proof.open else "1"
    response.headers["Cache-Control"] = "no-store"
    return response


@needs(Action.CHALLENGE_VIEW)
def package(challenge_id: str, number: int) -> ResponseReturnValue:
    """The version's package as a zip. The library's holds hidden tests, so only those who write challenges get any."""
    owner = require_on(Action.CHALLENGE_VIEW, challenge_id)
    if not may(Action.CHALLENGE_WRITE, owner):
        raise NotFound(N_("There is nothing here, or it is not shared with you."))
    with reading() as session:
        page = challenge_page(session, challenge_id, number)
        content = zipped_version(session, page.version.id)
    response = Response(content, mimetype="application/zip")
    name = f"{page.challenge.slug}-{page.version.number}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def proof_values(page: ChallengePage) -> dict[str, object]:
    """What the proof's part of the page shows."""
    proof: ProofView | None = page.proof
    report = proof.report if proof else None
    address = url_for("author.proof", challenge_id=page.challenge.id, number=page.version.number)
    return {
        "proof": proof,
        "proof_address": address,
        "matrix": matrix_of(report, page.summary, current_code()) if report else None,
        "timing": timing_of(report) if report else None,
    }
