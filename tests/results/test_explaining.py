"""The usual mistakes, really made in every language, are told from what really was said."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from faulty_programs import FAULTY, INPUT, SQL_INPUT, source_and_line
from more_faulty_programs import MORE_FAULTY

from assessor.results.fault_kinds import Fault
from assessor.results.faults import Moment, explain, innermost_first
from assessor.results.locations import marked_lines
from sandbox.languages import LANGUAGES, Language
from sandbox.spec import Limits, RunSpec, SourceFile

if TYPE_CHECKING:
    from sandbox.containers import DockerSandbox

COMPILE = Limits(cpu_ms=30_000, wall_ms=90_000, memory_kib=2048 * 1024, output_kib=64)
ALL_FAULTY = {**FAULTY, **MORE_FAULTY}
RUN = Limits(cpu_ms=10_000, wall_ms=60_000, memory_kib=512 * 1024, output_kib=1024)


@pytest.mark.docker
@pytest.mark.parametrize(
    ("language_id", "fault"),
    [pytest.param(language, fault, id=f"{language}-{fault}") for language in ALL_FAULTY for fault in ALL_FAULTY[language]],
)
def test_a_mistake_is_told_with_its_line(
    sandbox: DockerSandbox, needs_image: Callable[[Language], None], language_id: str, fault: Fault
) -> None:
    needs_image(LANGUAGES[language_id])
    source, line = source_and_line(ALL_FAULTY[language_id][fault])
    said, moment, signal = what_is_said(sandbox, language_id, source)
    found = explain(language_id, said, moment, signal)
    assert found is not None, said
    assert found.fault is fault, said
    marks = marked_lines(said, LANGUAGES[language_id].source_name, source.count("\n") + 1)
    first = moment is Moment.COMPILING or innermost_first(language_id)
    assert (marks[0 if first else -1].line if marks else None) == line, said


def what_is_said(sandbox: DockerSandbox, language_id: str, source: str) -> tuple[str, Moment, str | None]:
    language = LANGUAGES[language_id]
    with sandbox.box(language, RUN.memory_kib) as box:
        compiled = box.compile((SourceFile(language.source_name, source.encode()),), COMPILE)
        if not compiled.ok:
            return compiled.output, Moment.COMPILING, None
        given = SQL_INPUT if language_id == "sql" else INPUT
        outcome = next(iter(box.run([RunSpec(given.encode(), RUN)])))
    return outcome.stderr.decode(errors="replace"), Moment.RUNNING, outcome.signal


def test_every_kind_is_made_somewhere() -> None:
    made = {fault for programs in FAULTY.values() for fault in programs}
    assert set(Fault) - made == {Fault.WRONG_CLASS_NAME}, "the sandbox finds a class of any name, so this needs two mistakes"


def test_names_are_told() -> None:
    found = explain("python3", "NameError: name 'totl' is not defined. Did you mean: 'total'?", Moment.RUNNING)
    assert found is not None
    assert found.name == "totl"


def test_a_name_out_of_all_proportion_is_cut() -> None:
    found = explain("python3", f"NameError: name '{'x' * 300}' is not defined", Moment.RUNNING)
    assert found is not None
    assert len(found.name) == 60


def test_the_last_words_of_a_program_count_and_the_first_of_a_compiler() -> None:
    said = "ZeroDivisionError: division by zero\nDuring handling of the above exception\nKeyError: 'a'\n"
    found = explain("python3", said, Moment.RUNNING)
    assert found is not None
    assert found.fault is Fault.MISSING_KEY
    said = "main.go:3:1: undefined: a\nmain.go:4:1: missing return\n"
    found = explain("go", said, Moment.COMPILING)
    assert found is not None
    assert found.fault is Fault.UNDEFINED_NAME


@pytest.mark.parametrize("language_id", LANGUAGES)
def test_nothing_is_said_about_what_is_not_known(language_id: str) -> None:
    assert explain(language_id, "a message of another kind\n", Moment.RUNNING) is None
    assert explain(language_id, "", Moment.COMPILING) is None


@pytest.mark.parametrize("language_id", ALL_FAULTY)
def test_hostile_text_takes_no_time_to_speak_of(language_id: str) -> None:
    said = ("error: expected TypeError: " * 20_000 + "\n") * 50
    began = time.process_time()
    explain(language_id, said, Moment.RUNNING)
    explain(language_id, said.replace(" ", "\n"), Moment.COMPILING)
    assert time.process_time() - began < 5, "seconds would be minutes if it were not linear"
