"""What may be handed in as source or custom input: text of a sensible size, in a language the assessment allows."""

from __future__ import annotations

from assessor.assessments.models import AssessmentVersion
from assessor.errors import BadInput
from assessor.judging.languages import LANGUAGES, Language, offered
from assessor.wording import N_

MAX_SOURCE_BYTES = 128 * 1024
MAX_INPUT_BYTES = 64 * 1024


def check_source(source: str) -> str:
    """The source with `\\n` line ends and no byte order mark. Raises BadInput when it is empty, too large or not text."""
    text = _text(source, "source")
    if not text.strip():
        raise BadInput(N_("There is no code yet. Write something first."), code="source_empty", field="source")
    if len(text.encode()) > MAX_SOURCE_BYTES:
        raise BadInput(N_("The code is larger than 128 KiB. Make it shorter."), code="source_too_large", field="source")
    return text


def check_draft(source: str) -> str:
    """As `check_source`, but a draft may be empty."""
    text = _text(source, "source")
    return check_source(text) if text.strip() else text[:MAX_SOURCE_BYTES]


def check_input(text: str) -> str:
    """Custom input for a run. Raises BadInput when it is too large or not text."""
    checked = _text(text, "custom_input")
    if len(checked.encode()) > MAX_INPUT_BYTES:
        raise BadInput(N_("The input is larger than 64 KiB. Make it shorter."), code="input_too_large", field="custom_input")
    return checked


def check_language(version: AssessmentVersion, language_id: str) -> Language:
    """The language, when the assessment allows it. Raises BadInput otherwise."""
    for language in allowed_languages(version):
        if language.id == language_id:
            return language
    raise BadInput(
        N_("This programming language is not allowed here. Choose one from the list."), code="language", field="language"
    )


def allowed_languages(version: AssessmentVersion) -> tuple[Language, ...]:
    """The languages of an assessment that can be judged here, in the order of the table.

    All of its languages where none can be any more: the worker then says what is missing, and nobody's page breaks.
    """
    known = tuple(language for language in LANGUAGES.values() if language.id in version.languages)
    return tuple(language for language in known if language.id in offered()) or known


def _text(text: str, field: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        readable = False
    else:
        readable = "\0" not in text
    if not readable:
        raise BadInput(N_("This is not text: it contains bytes no program needs."), code="not_text", field=field)
    # Text that was copied out of a file may begin with an invisible mark, which most compilers and number parsers refuse.
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
