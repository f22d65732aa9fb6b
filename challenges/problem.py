"""A challenge as its package describes it, in frozen values, the same for both versions of the format.

Source: https://icpc.io/problem-package-format/ (`legacy` and `2025-09`). Where the two differ, the reader normalises:
`time_limit_ms` is null when it must be derived, and the tree of test groups carries the scoring rules of either version.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FormatVersion(StrEnum):
    LEGACY = "legacy"
    V2025_09 = "2025-09"


class ProblemType(StrEnum):
    PASS_FAIL = "pass-fail"
    SCORING = "scoring"


class OnReject(StrEnum):
    """What happens to the rest of a group after a test in it failed."""

    BREAK = "break"
    CONTINUE = "continue"


class Aggregation(StrEnum):
    """How a group's score is made from its children's. `PASS_FAIL` is all or nothing."""

    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    PASS_FAIL = "pass-fail"


class VerdictMode(StrEnum):
    """How a group's verdict is made from its children's (legacy default grader)."""

    WORST_ERROR = "worst_error"
    FIRST_ERROR = "first_error"
    ALWAYS_ACCEPT = "always_accept"


@dataclass(frozen=True, slots=True)
class ArgumentsByName:
    """Arguments for programs of which there may be several: the same for all, or some by the program's name."""

    everybody: tuple[str, ...] = ()
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, name: str) -> tuple[str, ...]:
        """What the program of this name gets."""
        return self.everybody or dict(self.named).get(name, ())


NO_ARGUMENTS = ArgumentsByName()


@dataclass(frozen=True, slots=True)
class Test:
    """One input and its answer. `name` is the path under `data/` without suffix, such as `secret/group1/1`.

    `shown_input` and `shown_answer` take the place of the real ones where a sample is displayed, when the author gave others.
    `output` is one that the output validator has to accept (or, in data made for that, reject). `files` are found by the program
    in its working directory. `input_args` are for the input validators. A `static` test runs no program: the
    static validator looks at the source.
    """

    __test__ = False  # not a test class, whatever its name says to a collector

    name: str
    input: bytes
    answer: bytes
    validator_flags: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    hint: str | None = None
    description: str | None = None
    shown_input: bytes | None = None
    shown_answer: bytes | None = None
    output: bytes | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    input_args: ArgumentsByName = NO_ARGUMENTS
    static: bool = False

    @property
    def group(self) -> str:
        """The name of the group the test lies in."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class CustomGrading:
    """The package's own grader makes a group's result, called with `args`; the score of one it accepts is `least` to `most`."""

    args: tuple[str, ...]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class TestGroup:
    """A node of the tree: `""` is the root, then `sample` and `secret`, then the author's groups, each with its scoring rules.

    Legacy scoring: a test earns `accept_score` or `reject_score`, the group's score is `aggregation` over its children.
    With `custom` the package's own grader makes verdict and score instead. There, and in a package whose validator scores by
    itself, `max_score` is what the author says a group can earn.
    2025-09 scoring (`max_score` given): a group earns at most `max_score`; a test's share is `max_score` for min and
    `max_score / number of tests` for sum, less `static_score`, which is what the static test can earn.
    """

    __test__ = False

    name: str
    groups: tuple[TestGroup, ...] = ()
    tests: tuple[Test, ...] = ()
    on_reject: OnReject = OnReject.BREAK
    aggregation: Aggregation = Aggregation.SUM
    verdict_mode: VerdictMode = VerdictMode.WORST_ERROR
    accept_score: float = 1.0
    reject_score: float = 0.0
    max_score: float | None = None
    require_pass: tuple[str, ...] = ()
    ignore_sample: bool = False
    accept_if_any_accepted: bool = False
    static_score: float = 0.0
    custom: CustomGrading | None = None

    @property
    def children(self) -> tuple[Test | TestGroup, ...]:
        """The tests and groups right below this node, in judging order: that of their names where there are both."""
        found: tuple[Test | TestGroup, ...] = (*self.tests, *self.groups)
        if not self.tests or not self.groups:
            return found
        return tuple(sorted(found, key=lambda child: child.name.rpartition("/")[2]))

    def all_tests(self) -> tuple[Test, ...]:
        """Every test at or below this node, in judging order."""
        if not self.groups:
            return self.tests
        parts = ((child,) if isinstance(child, Test) else child.all_tests() for child in self.children)
        return tuple(test for part in parts for test in part)


@dataclass(frozen=True, slots=True)
class ProblemLimits:
    """The package's limits. Null means "not given": the reader leaves defaults and derivation to the judge's table."""

    time_limit_ms: int | None = None
    time_resolution_ms: int = 1000
    ac_to_time_limit: float = 2.0
    time_limit_to_tle: float = 1.5
    memory_mib: int | None = None
    output_mib: int | None = None
    code_kib: int | None = None
    compilation_time_s: int | None = None
    compilation_memory_mib: int | None = None
    validation_time_s: float | None = None
    validation_memory_mib: int | None = None
    validation_output_mib: int | None = None
    validation_passes: int | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What a rule asks of the tests and groups that one of its patterns names: verdicts that all may have, and at least one must
    have; the score of each group named; words of the validator for at least one test. `from_below` and `from_above`: the
    slowest of these tests bounds the time limit.
    """

    pattern: str
    permitted: frozenset[str]
    required: frozenset[str]
    score: tuple[float, float] | None = None
    message: str | None = None
    from_below: bool = False
    from_above: bool = False


@dataclass(frozen=True, slots=True)
class ExampleSubmission:
    """A program in `submissions/` with the verdicts it may earn and those of which it must earn at least one.

    `files` maps relative paths to bytes. `language` is null when the file names alone must tell, `entrypoint` where the program
    starts when its language alone must. `messages` are words of the validator for at least one test each; `demands` are asked
    for besides, of some tests only.
    """

    path: str
    files: tuple[tuple[str, bytes], ...]
    permitted: frozenset[str]
    required: frozenset[str]
    language: str | None = None
    score: tuple[float, float] | None = None
    bounds_time_limit_from_below: bool = False
    bounds_time_limit_from_above: bool = False
    entrypoint: str | None = None
    messages: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputValidator:
    """The package's own program that decides whether an output (or, a static one, a source) is right. `path` is its folder or
    file, `files` are relative to it. With `must_score` (legacy `custom score`) it has to write the score of every output that
    it accepts.
    """

    path: str
    files: tuple[tuple[str, bytes], ...]
    must_score: bool = False


@dataclass(frozen=True, slots=True)
class Grader:
    """The package's own program that makes the result of a group. `path` is its folder or file, `files` are relative to it."""

    path: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """Files that every submission gets, by language id and path; those of `everybody` where a language has none of that path."""

    everybody: tuple[tuple[str, bytes], ...] = ()
    by_language: tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...] = ()

    def of(self, *languages: str) -> dict[str, bytes]:
        """The files for a language, whose id comes first, then that of which it is a variant."""
        own = next((files for id in languages for name, files in self.by_language if name == id), ())
        return dict(self.everybody) | dict(own)


@dataclass(frozen=True, slots=True)
class InputValidator:
    """A program that accepts every valid input and refuses all others. `name` is that of its file or folder."""

    name: str
    path: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What a package brings to prove itself: validators of inputs, inputs they must refuse, and outputs that the output
    validator must accept or reject.
    """

    input_validators: tuple[InputValidator, ...] = ()
    invalid_inputs: tuple[Test, ...] = ()
    valid_outputs: tuple[Test, ...] = ()
    invalid_outputs: tuple[Test, ...] = ()


class StatementFormat(StrEnum):
    MARKDOWN = "md"
    LATEX = "tex"


@dataclass(frozen=True, slots=True)
class Statement:
    """The challenge's text in one locale, as its author wrote it, with the pictures it refers to. `path` is its file."""

    locale: str
    format: StatementFormat
    source: str
    images: tuple[tuple[str, bytes], ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a candidate is told about a hidden group: its title and the author's hint, each by locale."""

    title: dict[str, str] = field(default_factory=dict)
    hint: dict[str, str] = field(default_factory=dict)


class Translation(StrEnum):
    """How far the statement of one locale can be trusted: the text the others were made from, or a translation of it."""

    ORIGINAL = "original"
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Extras:
    """What `assessor.yaml` adds to the format: skills, difficulty, hints by group name, descriptions by sample and locale,
    starter code and how many times the time limit a program gets by language id.

    `translations` says by locale how far a statement can be trusted; `not_terms` are ids of the glossary's terms that this
    statement uses in another sense.
    """

    skills: tuple[str, ...] = ()
    difficulty: str | None = None
    hints: dict[str, Hint] = field(default_factory=dict)
    descriptions: dict[str, dict[str, str]] = field(default_factory=dict)
    starters: dict[str, str] = field(default_factory=dict)
    time_multipliers: dict[str, float] = field(default_factory=dict)
    translations: dict[str, Translation] = field(default_factory=dict)
    not_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A whole package. `names` maps locales to titles; `max_score` is null for pass-fail packages. `validator` is the program
    of a package with `custom_validator`, null when it is missing; `more_validators` must accept an output too (legacy alone has
    several). `grader` is the program of a package with groups that have `custom` grading.

    `includes` are files added to every submission, `proofs` what the package brings to check itself with. `languages` are the
    only ones allowed, empty for all. `interactions` are sample dialogues by name, lines starting with `<` (to the program)
    and `>` (from it). `unsupported` names, in words, what the package uses and cannot be judged here yet.
    """

    slug: str
    format_version: FormatVersion
    type: ProblemType
    names: dict[str, str]
    limits: ProblemLimits
    statements: tuple[Statement, ...]
    root: TestGroup
    submissions: tuple[ExampleSubmission, ...]
    max_score: float | None = None
    custom_validator: bool = False
    interactive: bool = False
    multi_pass: bool = False
    extras: Extras = Extras()
    languages: tuple[str, ...] = ()
    interactions: tuple[tuple[str, str], ...] = ()
    unsupported: tuple[str, ...] = ()
    validator: OutputValidator | None = None
    static_validator: OutputValidator | None = None
    more_validators: tuple[OutputValidator, ...] = ()
    grader: Grader | None = None
    includes: Includes = Includes()
    proofs: Proofs = Proofs()

    @property
    def samples(self) -> tuple[Test, ...]:
        """The tests every candidate sees."""
        return tuple(test for test in self.root.all_tests() if test.name.startswith("sample/") and not test.static)

    @property
    def original_locale(self) -> str | None:
        """The language of texts that come without one: that of the original statement, else English, else the first one's."""
        marked = [locale for locale, state in self.extras.translations.items() if state is Translation.ORIGINAL]
        there = [statement.locale for statement in self.statements]
        return next(iter([*marked, *(locale for locale in there if locale == "en"), *there]), None)
