"""From a package to a problem: every part is read, every finding kept, and only a package without errors becomes a value.

1. problem.yaml; without it nothing else makes sense
2. the tree of tests and groups with their scoring rules, by the version of the format
3. statements and titles
4. example submissions and what they must earn
5. assessor.yaml
6. the validators and the grader, what is included with every submission, and data that proves the validators
"""

from __future__ import annotations

import re
from dataclasses import replace

from challenges.data_files import Folder, check_folder, collect_folders, sample_interactions
from challenges.extras import PATH as EXTRAS_PATH
from challenges.extras import read_extras
from challenges.findings import Finding, Report
from challenges.graders import FOLDER as GRADERS
from challenges.graders import read_grader
from challenges.includes import read_includes
from challenges.legacy_groups import legacy_maximum, read_legacy_groups
from challenges.package import Package
from challenges.problem import FormatVersion, Problem, ProblemType, TestGroup
from challenges.problem_yaml import PATH, Metadata, read_metadata
from challenges.programs import programs_in
from challenges.proofs import read_proofs
from challenges.scored_groups import FILE as GROUP_FILE
from challenges.scored_groups import read_scored_groups
from challenges.statement_files import read_statements
from challenges.submissions import read_submissions
from challenges.titles import read_titles
from challenges.validator_flags import flag_faults
from challenges.validators import FOLDERS as VALIDATORS
from challenges.validators import LEGACY, STATIC, read_static_validator, read_validators


def read_problem(package: Package) -> tuple[Problem | None, list[Finding]]:
    """The problem, or null when there is an error among the findings; the findings in either case."""
    report = Report()
    problem = _read(package, report)
    return (None if report.has_errors else problem), report.findings


def slug_of(name: str) -> str:
    """A package's name as the short name of its challenge: lowercase letters, digits, `-` and `_`."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")[:100] or "package"


def _read(package: Package, report: Report) -> Problem | None:
    files = package.files
    metadata = read_metadata(files.get(PATH), report)
    if metadata is None:
        return None
    data = collect_folders(files, report)
    metadata = _dialect(_with_programs(package, metadata), data)
    _check_root_flags(metadata, report)
    check_folder(data, metadata.interactive or metadata.multi_pass, report)
    if metadata.format_version is FormatVersion.LEGACY:
        root = read_legacy_groups(data, metadata, report)
    else:
        root = read_scored_groups(data, metadata, report)
    max_score = _max_score(metadata, root)
    statements = read_statements(files, metadata, report)
    slug = slug_of(package.name)
    samples = data.folders.get("sample")
    validators, unusable = read_validators(files, metadata, report)
    grader, unusable_grader = read_grader(files, metadata.format_version, root, report)
    static, unusable_static = read_static_validator(files, metadata, report)
    _check_static_tests(root, has_validator=bool(static or unusable_static), report=report)
    return Problem(
        slug=slug,
        format_version=metadata.format_version,
        type=metadata.type,
        names=read_titles(slug, metadata, statements, report),
        limits=metadata.limits,
        statements=statements,
        root=root,
        submissions=read_submissions(files, metadata, root, max_score, report),
        max_score=max_score,
        custom_validator=metadata.custom_validator,
        interactive=metadata.interactive,
        multi_pass=metadata.multi_pass,
        extras=read_extras(files.get(EXTRAS_PATH), report),
        languages=metadata.languages,
        interactions=sample_interactions(samples, report) if samples else (),
        unsupported=_unsupported(metadata) + unusable + unusable_static + unusable_grader,
        validator=validators[0] if validators else None,
        static_validator=static,
        more_validators=validators[1:],
        grader=grader,
        includes=read_includes(files, metadata, report),
        proofs=read_proofs(files, metadata, report),
    )


def _with_programs(package: Package, metadata: Metadata) -> Metadata:
    """The metadata with what only the files tell: 2025-09 has a custom output validator when it has the program's folder."""
    metadata = replace(
        metadata,
        has_grader=bool(programs_in(package.files, GRADERS)),
        validator_names=tuple(path.partition("/")[2] for path in programs_in(package.files, LEGACY)),
    )
    if metadata.format_version is FormatVersion.LEGACY:
        return metadata
    present = any(path.startswith(VALIDATORS) for path in package.files)
    return replace(metadata, custom_validator=present or metadata.interactive or metadata.multi_pass)


def _dialect(metadata: Metadata, data: Folder) -> Metadata:
    """A draft has test data in legacy's way unless a folder has the file of 2025-09; it is scored accordingly."""
    if metadata.draft and not _has_group_file(data):
        return replace(metadata, format_version=FormatVersion.LEGACY)
    return metadata


def _has_group_file(folder: Folder) -> bool:
    return GROUP_FILE in folder.settings or any(_has_group_file(below) for below in folder.folders.values())


def _check_root_flags(metadata: Metadata, report: Report) -> None:
    if not metadata.custom_validator:
        for fault in flag_faults(metadata.validator_flags):
            report.error(PATH, f"`validator_flags`: {fault}", metadata.flags_line)


def _max_score(metadata: Metadata, root: TestGroup) -> float | None:
    if metadata.type is ProblemType.PASS_FAIL:
        return None
    return legacy_maximum(root) if metadata.format_version is FormatVersion.LEGACY else root.max_score


def _check_static_tests(root: TestGroup, *, has_validator: bool, report: Report) -> None:
    static = [test.name for test in root.all_tests() if test.static]
    if static and not has_validator:
        where = f"data/{static[0].rpartition('/')[0]}/{GROUP_FILE}"
        report.error(where, "`static_validation_score` asks for a static validator; add the program in static_validator/")
    if has_validator and not static:
        report.warning(STATIC, f"is never run: no {GROUP_FILE} has a `static_validation_score`")


def _unsupported(metadata: Metadata) -> tuple[str, ...]:
    """What the package uses and cannot be judged here yet, in words."""
    found = []
    if metadata.submit_answer:
        found.append("submissions that are answers and not programs")
    return tuple(found)
