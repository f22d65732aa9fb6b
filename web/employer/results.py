"""The results list of an assessment, and the same as a file."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from assessor.assessments.erasing import erased_count
from assessor.people.permissions import Action
from assessor.results.exporting import results_csv
from assessor.results.listing import arrange, page_of
from assessor.results.reviewer import assessment_line, candidate_rows
from web.employer import wishes
from web.employer.asking import actor
from web.locales import current_code
from web.locales import gettext as _
from web.signin import needs
from web.transaction import reading


@needs(Action.RESULTS_READ)
def results(assessment_id: str) -> ResponseReturnValue:
    """One page of the candidates asked for."""
    addresses = wishes.from_request(assessment_id)
    with reading() as session:
        line = assessment_line(session, actor(), assessment_id)
        columns, rows = candidate_rows(session, actor(), assessment_id)
        erased = erased_count(session, assessment_id)
    return render_template(
        "employer/results.html",
        line=line,
        view=line.view,
        columns=columns,
        page=page_of(rows, columns, addresses.wish),
        wish=addresses.wish,
        to=addresses,
        erased=erased,
        languages_used=sorted({language for row in rows for language in row.languages}),
    )


@needs(Action.RESULTS_EXPORT)
def export(assessment_id: str) -> ResponseReturnValue:
    """The candidates asked for, all pages of them, as CSV."""
    addresses = wishes.from_request(assessment_id)
    with reading() as session:
        columns, rows = candidate_rows(session, actor(), assessment_id)
    content = results_csv(arrange(rows, columns, addresses.wish), columns, headings(), current_code())
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="results-{assessment_id}.csv"'
    return response


def headings() -> dict[str, str]:
    """The names of the fixed columns."""
    return {
        "candidate": _("Candidate"),
        "attempt": _("Attempt"),
        "state": _("State"),
        "stage": _("Stage"),
        "total": _("Total"),
        "of": _("Of"),
        "minutes used": _("Minutes used"),
        "started": _("Started"),
        "submitted": _("Submitted"),
        "extra time %": _("Extra time %"),
    }
