"""Test groups of 2025-09 packages: one level of them under `secret`, with `test_group.yaml`.

Source: "Test data configuration", "Result aggregation" of `2025-09`. The format says nothing about stopping early: here a
pass-fail package stops at the first failing test, a scoring one goes on with the next group, and inside a group that is
scored all or nothing, or by its minimum, the rest is left out once a test has failed.
"""

from __future__ import annotations

import math
from enum import StrEnum

from challenges.data_files import Arguments, Folder, build_test
from challenges.findings import Report
from challenges.problem import Aggregation, OnReject, ProblemType, Test, TestGroup
from challenges.problem_yaml import Metadata
from challenges.sections import Section, read_section
from challenges.text import filled
from challenges.validator_flags import flag_faults

FILE = "test_group.yaml"
DRAFT_FILE = "testdata.yaml"
SECRET_MAX_SCORE = 100.0

_NOT_JUDGED = ("input_visualizer_args", "output_visualizer_args")
_SCORING_KEYS = ("max_score", "score_aggregation", "require_pass")
STATIC_TEST = "static_validation"
PASS_FAIL = "pass-fail"


class ScoreAggregation(StrEnum):
    PASS_FAIL = "pass-fail"
    SUM = "sum"
    MIN = "min"


def read_scored_groups(data: Folder, metadata: Metadata, report: Report) -> TestGroup:
    """The tree from `data/` downwards."""
    reader = _Reader(metadata, report)
    groups = [reader.read(data.folders[name], Arguments()) for name in ("sample", "secret") if name in data.folders]
    if not reader.scoring:
        return TestGroup(name="", groups=tuple(groups))
    secret = next((group for group in groups if group.name == "secret"), None)
    return TestGroup(
        name="",
        groups=tuple(groups),
        on_reject=OnReject.CONTINUE,
        max_score=None if secret is None else secret.max_score,
        ignore_sample=True,
    )


class _Reader:
    def __init__(self, metadata: Metadata, report: Report) -> None:
        self._metadata = metadata
        self._report = report
        self.scoring = metadata.type is ProblemType.SCORING
        self._read: dict[str, Aggregation] = {"sample": Aggregation.PASS_FAIL}

    def read(self, folder: Folder, above: Arguments) -> TestGroup:
        section = self._section(folder)
        arguments = self._arguments(section, above)
        static = self._static_test(folder, section)
        self._check_shape(folder, has_static=bool(static))
        if not self.scoring or folder.name == "sample":
            return self._unscored(folder, section, arguments, static)
        group = self._rules(folder, section)
        section.warn_unknown(("full_feedback", *_NOT_JUDGED))
        below = tuple(self.read(folder.folders[name], arguments) for name in sorted(folder.folders))
        group = TestGroup(
            name=folder.name,
            groups=below,
            tests=static + self._tests(folder, arguments),
            on_reject=self._on_reject(folder, group.aggregation),
            aggregation=group.aggregation,
            max_score=group.max_score,
            require_pass=group.require_pass,
            static_score=group.static_score,
        )
        if folder.name == "secret":
            _check_secret(group, section)
        return group

    def _section(self, folder: Folder) -> Section:
        """The folder's settings; those of the drafts, under their old file name, count when there are no others."""
        draft = folder.settings.get(DRAFT_FILE)
        if draft is None:
            return self._filled(folder)
        path = folder.settings_path(DRAFT_FILE)
        if FILE in folder.settings:
            self._report.warning(path, f"is ignored, because there is a {FILE}; remove it")
            return self._filled(folder)
        self._report.warning(path, f"version 2025-09 calls this file {FILE}; it is read as the drafts meant it")
        return read_section(path, draft, self._report)

    def _filled(self, folder: Folder) -> Section:
        """The folder's own settings file, with the package's constants put in."""
        content = folder.settings.get(FILE)
        whole = None if content is None else filled(content, self._metadata.constants)
        return read_section(folder.settings_path(FILE), whole, self._report)

    def _arguments(self, section: Section, above: Arguments) -> Arguments:
        program = section.strings("args", one_allowed=False)
        validator = section.strings("output_validator_args", one_allowed=False)
        if validator is None:
            validator = section.flags("output_validator_flags")
        if validator is not None and not self._metadata.custom_validator:
            for fault in flag_faults(validator):
                self._report.error(section.path, fault, section.line_of("output_validator_args"))
        inputs = section.arguments_by_name("input_validator_args")
        if inputs is None and section.value("input_validator_flags") is not None:
            inputs = section.flags_by_name("input_validator_flags")
        return Arguments(
            above.program if program is None else program,
            above.validator if validator is None else validator,
            above.inputs if inputs is None else inputs,
        )

    def _check_shape(self, folder: Folder, *, has_static: bool) -> None:
        path = f"data/{folder.name}"
        if folder.folders and folder.name == "sample":
            self._report.error(path, "samples have no groups; move the tests up into data/sample")
        elif folder.folders and folder.name != "secret":
            self._report.error(path, "a group cannot hold further folders here; move their tests up into the group")
        elif folder.folders and folder.sorted_tests():
            self._report.error(path, "holds tests and groups; move the tests into a group of their own")
        elif not folder.folders and not folder.sorted_tests() and folder.name.count("/") == 1 and not has_static:
            self._report.error(path, "the group has no tests; add some or remove the folder")

    def _unscored(self, folder: Folder, section: Section, arguments: Arguments, static: tuple[Test, ...]) -> TestGroup:
        """A group of a pass-fail package, or the samples of a scoring one, which never count."""
        for key in _SCORING_KEYS:
            if section.value(key) is not None:
                where = "samples" if self.scoring else "packages of type pass-fail"
                section.wrong(key, f"cannot be given for {where}; remove it")
        if section.value("scoring") is not None:
            section.odd("scoring", "is a key of the drafts; it is ignored")
        section.warn_unknown(("full_feedback", *_NOT_JUDGED))
        return TestGroup(
            name=folder.name,
            groups=tuple(self.read(folder.folders[name], arguments) for name in sorted(folder.folders)),
            tests=static + self._tests(folder, arguments),
            on_reject=OnReject.CONTINUE if self.scoring else OnReject.BREAK,
            max_score=0.0 if self.scoring else None,
        )

    def _rules(self, folder: Folder, section: Section) -> TestGroup:
        """The scoring rules alone, as a group without content."""
        is_secret = folder.name == "secret"
        draft = section.section("scoring")
        word = section.choice("score_aggregation", ScoreAggregation) or draft.choice("aggregation", ScoreAggregation)
        aggregation = word or (ScoreAggregation.SUM if is_secret else ScoreAggregation.PASS_FAIL)
        maximum = _max_score(section, "max_score")
        if maximum is None:
            maximum = _max_score(draft, "max_score" if draft.value("max_score") is not None else "score")
        if maximum is None:
            maximum = SECRET_MAX_SCORE if is_secret else math.inf
        if maximum == math.inf:
            section.wrong("max_score", "must be given as a whole number: scores without a maximum cannot be compared here")
        required = section.strings("require_pass") or draft.strings("require_pass") or ()
        draft.warn_unknown()
        self._check_required(folder, required, section)
        self._read[folder.name] = Aggregation(aggregation.value)
        return TestGroup(
            name=folder.name,
            aggregation=Aggregation(aggregation.value),
            max_score=maximum,
            require_pass=required,
            static_score=self._static_score(section, Aggregation(aggregation.value), maximum),
        )

    def _check_required(self, folder: Folder, required: tuple[str, ...], section: Section) -> None:
        for name in required:
            if folder.name == "secret" and name != "sample":
                section.wrong("require_pass", "of `secret` can name `sample` only")
            elif name not in self._read or name == "secret":
                section.wrong("require_pass", f"names `{name}`, which is no group before this one in order of names")
            elif self._read[name] is not Aggregation.PASS_FAIL:
                section.wrong("require_pass", f"names `{name}`, which is not scored pass-fail")
        if "/" in folder.name and self._read.get("secret") is Aggregation.PASS_FAIL:
            word = section.string("score_aggregation")
            if word not in (None, Aggregation.PASS_FAIL):
                section.wrong("score_aggregation", "must be `pass-fail`, because that of `secret` is")

    def _on_reject(self, folder: Folder, aggregation: Aggregation) -> OnReject:
        if aggregation is Aggregation.SUM or (folder.folders and aggregation is not Aggregation.PASS_FAIL):
            return OnReject.CONTINUE
        return OnReject.BREAK

    def _static_test(self, folder: Folder, section: Section) -> tuple[Test, ...]:
        """The test that looks at the source, where the group has one: it stands before all others."""
        args = section.strings("static_validator_args", one_allowed=False)
        value = section.value("static_validation_score")
        if value is None:
            if args is not None:
                section.wrong("static_validator_args", "stands without `static_validation_score`; add that")
            return ()
        if value.content != PASS_FAIL and (not self.scoring or folder.name == "sample"):
            section.wrong("static_validation_score", "must be `pass-fail` where tests earn no points")
        if folder.folders:
            section.wrong("static_validation_score", "cannot be given for a folder of groups; give it for a group")
        return (Test(f"{folder.name}/{STATIC_TEST}", b"", b"", args or (), static=True),)

    def _static_score(self, section: Section, aggregation: Aggregation, maximum: float) -> float:
        value = section.value("static_validation_score")
        all_or_nothing = aggregation is Aggregation.PASS_FAIL
        if value is None or (value.content == PASS_FAIL and all_or_nothing):
            return 0.0
        if all_or_nothing or value.content == PASS_FAIL:
            section.wrong("static_validation_score", "is `pass-fail` in a group that is scored so, and a number in all others")
            return 0.0
        points = section.integer("static_validation_score", least=0) or 0
        if points > maximum:
            section.wrong("static_validation_score", f"is {points}, more than the group's max_score of {maximum:g}")
        return float(points)

    def _tests(self, folder: Folder, arguments: Arguments) -> tuple[Test, ...]:
        return tuple(self._test(folder, base, arguments) for base in folder.sorted_tests() if ".ans" in folder.tests[base])

    def _test(self, folder: Folder, base: str, above: Arguments) -> Test:
        section = read_section(folder.path_of(base, ".yaml"), folder.tests[base].get(".yaml"), self._report)
        arguments = self._arguments(section, above)
        notes = (section.string("hint"), section.string("description"))
        section.warn_unknown(("full_feedback", *_NOT_JUDGED))
        return build_test(folder, base, arguments, self._report, notes)


def _max_score(section: Section, key: str) -> float | None:
    value = section.value(key)
    if value is not None and value.content == "unbounded":
        return math.inf
    points = section.integer(key, least=0)
    return None if points is None else float(points)


def _check_secret(secret: TestGroup, section: Section) -> None:
    """Whether the groups' points fit the whole."""
    points = [group.max_score for group in secret.groups if group.max_score is not None]
    if secret.max_score is not None and points:
        total = sum(points) if secret.aggregation is Aggregation.SUM else max(points)
        if total > secret.max_score:
            section.wrong("max_score", f"is {secret.max_score:g}, but the groups' points come to {total:g}; make them agree")
        elif secret.aggregation is Aggregation.SUM and total < secret.max_score:
            section.odd("max_score", f"is {secret.max_score:g}, but the groups' points come to {total:g}: nobody can reach it")
