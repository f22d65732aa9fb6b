"""The programs a package brings to decide whether an output is right: their files, and why they cannot be used.

Source: "Output validators" of `legacy` (a file or folder each in `output_validators/`, all of which must accept) and "Output
validator" of `2025-09` (the folder `output_validator/` is the one program).
"""

from __future__ import annotations

from collections.abc import Mapping

from challenges.findings import Report
from challenges.problem import FormatVersion, OutputValidator
from challenges.problem_yaml import Metadata
from challenges.programs import SCRIPTS, programs_in
from challenges.text import filled

MODERN = "output_validator"
LEGACY = "output_validators"
STATIC = "static_validator"
FOLDERS = (f"{MODERN}/", f"{LEGACY}/")
MOST = 8
"""So many validators may be run side by side, each in a box of its own."""


def read_validators(
    files: Mapping[str, bytes], metadata: Metadata, report: Report
) -> tuple[tuple[OutputValidator, ...], tuple[str, ...]]:
    """The validators, none when there are none or they cannot be used; and in words what about them cannot be used here."""
    if not metadata.custom_validator:
        return (), ()
    modern = metadata.draft or metadata.format_version is not FormatVersion.LEGACY
    programs = _programs(files, modern=modern)
    if not programs:
        folder = folder_of(metadata.format_version)
        report.warning(folder, "the program of the output validator is missing; without it the package cannot be published")
        return (), ()
    if refusal := _refusal(programs, metadata, modern=modern):
        return (), (refusal,)
    return tuple(
        OutputValidator(
            path,
            tuple((name, filled(content, metadata.constants)) for name, content in sorted(program.items())),
            metadata.custom_score,
        )
        for path, program in programs.items()
    ), ()


def _refusal(programs: Mapping[str, Mapping[str, bytes]], metadata: Metadata, *, modern: bool) -> str | None:
    """Why these programs cannot be used here, in words, or nothing."""
    several = f"several output validators ({', '.join(programs)})"
    if any(SCRIPTS & set(program) for program in programs.values()):
        return "an output validator with a `build` or `run` script of its own; leave the source files alone"
    if len(programs) == 1:
        return None
    if modern:
        return f"{several}, but from version 2023-07 on the format allows one; put one program in {MODERN}/"
    if metadata.interactive or metadata.multi_pass:
        return f"{several}, but one alone can talk with a program or write the input of a next pass; keep one"
    if len(programs) > MOST:
        return f"{several}, more than the {MOST} that are run here; join some of them"
    return None


def read_static_validator(
    files: Mapping[str, bytes], metadata: Metadata, report: Report
) -> tuple[OutputValidator | None, tuple[str, ...]]:
    """The program that judges sources, null when there is none or it cannot be used; and in words what cannot be."""
    top = f"{STATIC}/"
    program = {path.removeprefix(top): filled(files[path], metadata.constants) for path in sorted(files) if path.startswith(top)}
    if not program or metadata.format_version is FormatVersion.LEGACY:
        return None, ()
    if metadata.submit_answer:
        report.error(STATIC, "judges programs, but submissions are answers here; remove it")
    if SCRIPTS & set(program):
        return None, ("a static validator with a `build` or `run` script of its own; leave the source files alone",)
    return OutputValidator(STATIC, tuple(program.items())), ()


def folder_of(version: FormatVersion) -> str:
    """Where a package of this version has its validator."""
    return LEGACY if version is FormatVersion.LEGACY else MODERN


def _programs(files: Mapping[str, bytes], *, modern: bool) -> dict[str, dict[str, bytes]]:
    """The files of each program by its path. The older name of the folder is heard in a newer package too (drafts used it)."""
    programs = programs_in(files, LEGACY)
    top = f"{MODERN}/"
    own = {path.removeprefix(top): files[path] for path in sorted(files) if path.startswith(top)}
    return {MODERN: own, **programs} if own and modern else programs
