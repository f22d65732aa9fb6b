"""The program a package brings to make a group's result of those of its tests and groups: its files, and why it cannot be used.

Source: "Graders" of `legacy`: one program at most, a file or a folder in `graders/`, for packages of type scoring.
"""

from __future__ import annotations

from collections.abc import Mapping

from challenges.findings import Report
from challenges.legacy_groups import group_and_below
from challenges.problem import FormatVersion, Grader, TestGroup
from challenges.programs import SCRIPTS, programs_in

FOLDER = "graders"


def read_grader(
    files: Mapping[str, bytes], version: FormatVersion, root: TestGroup, report: Report
) -> tuple[Grader | None, tuple[str, ...]]:
    """The grader, null when there is none or it cannot be used; and in words what about it cannot be used here."""
    programs = programs_in(files, FOLDER)
    if not programs:
        return None, ()
    if version is not FormatVersion.LEGACY:
        report.warning(FOLDER, "is never run: version 2025-09 of the format has no graders")
        return None, ()
    if len(programs) > 1:
        names = ", ".join(programs)
        report.error(
            FOLDER, f"holds several programs ({names}), but a package has one grader at most; keep one, in a folder of its own"
        )
        return None, ()
    ((path, program),) = programs.items()
    if not any(group.custom for group in group_and_below(root)):
        report.warning(path, "is never run: no testdata.yaml has `grading: custom`")
        return None, ()
    if SCRIPTS & set(program):
        return None, ("a grader with a `build` or `run` script of its own; leave the source files alone",)
    return Grader(path, tuple(sorted(program.items()))), ()
