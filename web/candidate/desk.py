"""Everything the workspace's page shows, gathered once for each request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessor.assessments import attempts
from assessor.assessments.drafts import drafts_of
from assessor.assessments.models import AttemptState
from assessor.assessments.practising import practised_for
from assessor.assessments.sitting import Sitting, TaskLine, sitting_of
from assessor.catalogue import glossary
from assessor.catalogue.glossary import Term
from assessor.catalogue.samples import ShownSample, samples_beside
from assessor.catalogue.versions import StatementView, statement_for
from assessor.database import Session
from assessor.judging.languages import Language
from assessor.results.candidate import SubmissionView, latest_views, submission_view


@dataclass(frozen=True, slots=True)
class Desk:
    """`texts` holds the draft of each language that has one: source, sequence, writer, saved_at.

    `statement_html` is the statement with its terms linked, `terms` what they mean in the interface's language, `translations`
    the review state of each statement that has one.
    """

    sitting: Sitting
    practised_for: str | None
    task: TaskLine
    statement: StatementView
    statement_html: str
    statement_locales: tuple[str, ...]
    translations: dict[str, str]
    terms: tuple[Term, ...]
    samples: tuple[ShownSample, ...]
    time_limit_ms: int | None
    language: Language
    texts: dict[str, dict[str, Any]]
    starters: dict[str, str]
    result: SubmissionView | None
    earlier: tuple[SubmissionView, ...]
    now: datetime

    @property
    def languages(self) -> tuple[Language, ...]:
        return self.sitting.rules.languages

    @property
    def source(self) -> str:
        """What the editor shows: the draft, or the starter code."""
        draft = self.texts.get(self.language.id)
        return str(draft["source"]) if draft else self.starters.get(self.language.id, "")

    @property
    def base(self) -> int:
        """The sequence of the draft shown, 0 without one."""
        return int(self.texts.get(self.language.id, {}).get("sequence", 0))

    @property
    def saved_at(self) -> datetime | None:
        """When the draft shown was saved."""
        moment = self.texts.get(self.language.id, {}).get("saved_at")
        return None if moment is None else datetime.fromisoformat(moment)

    @property
    def next_task(self) -> TaskLine | None:
        return self.sitting.task(self.task.position + 1)


def desk_of(
    session: Session,
    attempt_id: str,
    position: int,
    *,
    locale: str,
    understood: Sequence[str] = (),
    statement_locale: str | None,
    language: str | None,
    usual_language: str | None,
    result_id: str | None,
    now: datetime,
) -> Desk | None:
    """The workspace of one task; null when the attempt does not run. Raises NotFound for a task it does not have.

    `language` is the programming language asked for now, `usual_language` the one that was chosen last on any task.
    """
    attempt = attempts.attempt_of(session, attempt_id)
    if attempt.state is not AttemptState.STARTED:
        return None
    version = attempts.task_at(session, attempt, position).challenge_version
    sitting = sitting_of(session, attempt, locale)
    task = sitting.task(position)
    assert task is not None
    drafts = drafts_of(session, attempt_id, version.id)
    views = latest_views(session, attempt, version.id, locale)
    chosen = submission_view(session, attempt, result_id, locale) if result_id else None
    statement = statement_for(session, version.id, statement_locale or locale, understood)
    html, terms = glossary.mark(statement.html, statement.locale, tuple(version.summary.get("not_terms", ())))
    return Desk(
        sitting=sitting,
        practised_for=practised_for(session, attempt),
        task=task,
        statement=statement,
        statement_html=html,
        statement_locales=tuple(version.summary.get("locales", ())),
        translations=dict(version.summary.get("translations", {})),
        terms=tuple(glossary.explained(terms, locale)),
        samples=samples_beside(version.summary, statement.locale),
        time_limit_ms=version.time_limit_ms,
        language=_language(sitting, language, usual_language, [draft.language for draft in drafts], version.summary),
        texts={
            draft.language: {
                "source": draft.source,
                "sequence": draft.sequence,
                "writer": draft.writer,
                "saved_at": draft.saved_at.isoformat(),
            }
            for draft in drafts
        },
        starters=dict(version.summary.get("starters", {})),
        result=chosen or (views[0] if views else None),
        earlier=tuple(view for view in views if view.kind.value == "submission"),
        now=now,
    )


def _language(sitting: Sitting, asked: str | None, usual: str | None, drafted: list[str], summary: dict[str, Any]) -> Language:
    """The language asked for, else the usual one or that of the last draft, else the first with starter code, else the first."""
    by_id = {language.id: language for language in sitting.rules.languages}
    started = [id for id in by_id if id in summary.get("starters", {})]
    for wanted in (asked, usual if usual in drafted or not drafted else None, *drafted, usual, *started):
        if wanted in by_id:
            return by_id[str(wanted)]
    return sitting.rules.languages[0]
