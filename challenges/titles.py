"""The challenge's title in each language, from problem.yaml and from the statements themselves."""

from __future__ import annotations

from challenges.findings import Report
from challenges.problem import FormatVersion, Statement
from challenges.problem_yaml import PATH, Metadata
from challenges.statement_files import DEFAULT_LOCALE, plain_title


def read_titles(slug: str, metadata: Metadata, statements: tuple[Statement, ...], report: Report) -> dict[str, str]:
    """A title for every statement's locale; legacy packages may leave it to `\\problemname`."""
    if not statements:
        return dict(metadata.names) or {DEFAULT_LOCALE: metadata.name or slug}
    names = {statement.locale: _title(slug, metadata, statement, statements) for statement in statements}
    for locale in names:
        if metadata.format_version is FormatVersion.V2025_09 and metadata.names and locale not in metadata.names:
            report.error(PATH, f"`name` has no title in `{locale}`, but there is a statement in it; add one", metadata.names_line)
    for locale in metadata.names:
        if locale not in names:
            message = f"`name` has a title in `{locale}`, but there is no statement in it; add problem.{locale}.md or remove it"
            report.warning(PATH, message, metadata.names_line)
    return names


def _title(slug: str, metadata: Metadata, statement: Statement, statements: tuple[Statement, ...]) -> str:
    given = metadata.names.get(statement.locale)
    if given is None and metadata.name is not None and statement.locale in (DEFAULT_LOCALE, statements[0].locale):
        given = metadata.name
    return given or plain_title(statement) or metadata.name or next(iter(metadata.names.values()), None) or slug
