"""The program a package brings to decide whether an output is right: its files, and why one cannot be used.

Source: "Output validators" of `legacy` (a file or folder each in `output_validators/`) and "Output validator" of `2025-09`
(the folder `output_validator/` is the program).
"""

from __future__ import annotations

from collections.abc import Mapping

from challenges.findings import Report
from challenges.problem import FormatVersion, OutputValidator
from challenges.problem_yaml import Metadata
from challenges.text import filled

MODERN = "output_validator"
LEGACY = "output_validators"
STATIC = "static_validator"
FOLDERS = (f"{MODERN}/", f"{LEGACY}/")
SCRIPTS = frozenset({"build", "run"})


def read_validator(
    files: Mapping[str, bytes], metadata: Metadata, report: Report
) -> tuple[OutputValidator | None, tuple[str, ...]]:
    """The validator, null when there is none or it cannot be used; and in words what about it cannot be used here."""
    if not metadata.custom_validator:
        return None, ()
    programs = _programs(files, modern=metadata.draft or metadata.format_version is not FormatVersion.LEGACY)
    if not programs:
        folder = folder_of(metadata.format_version)
        report.warning(folder, "the program of the output validator is missing; without it the package cannot be published")
        return None, ()
    if len(programs) > 1:
        return None, (f"several output validators ({', '.join(programs)}); one program, in a folder of its own, is run",)
    ((path, program),) = programs.items()
    if SCRIPTS & set(program):
        return None, ("an output validator with a `build` or `run` script of its own; leave the source files alone",)
    sources = tuple((name, filled(content, metadata.constants)) for name, content in sorted(program.items()))
    return OutputValidator(path, sources, metadata.custom_score), ()


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
    programs: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        top, _, rest = path.partition("/")
        if top == MODERN and rest and modern:
            programs.setdefault(MODERN, {})[rest] = content
        elif top == LEGACY and rest:
            name, _, inside = rest.partition("/")
            programs.setdefault(f"{LEGACY}/{name}", {})[inside or name] = content
    return programs
