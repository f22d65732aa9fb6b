"""The tree of files under `data/`, sorted into tests by base name before anybody looks at settings.

Source: "Test data" of both versions. A test exists when its `.in` file does; other files of the same base name belong to it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from challenges.findings import Report
from challenges.problem import NO_ARGUMENTS, ArgumentsByName, Test
from challenges.text import decode

SUFFIXES = (
    ".in.statement",
    ".in.download",
    ".ans.statement",
    ".ans.download",
    ".interaction",
    ".in",
    ".ans",
    ".out",
    ".args",
    ".hint",
    ".desc",
    ".yaml",
    ".jpeg",
    ".jpg",
    ".png",
    ".svg",
)
SETTINGS = ("testdata.yaml", "test_group.yaml")
MAX_GIVEN = 200
MAX_GIVEN_MIB = 64
"""The most that can be put into a program's working directory before every run of it."""

_MUST_HAVE_TEST = (".ans", ".out", ".in.statement", ".ans.statement", ".args")


@dataclass(slots=True)
class Folder:
    """One folder below `data/`. `name` is its path there, empty for `data/` itself.

    `tests` maps base names to their files by suffix; `settings` are the yaml files that speak of the whole folder;
    `given` are the files of the `.files` folders, by base name and path inside.
    """

    name: str
    tests: dict[str, dict[str, bytes]] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    settings: dict[str, bytes] = field(default_factory=dict)
    given: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def path_of(self, base: str, suffix: str) -> str:
        """The package path of one of a test's files."""
        return f"data/{self.name}/{base}{suffix}"

    def settings_path(self, name: str) -> str:
        """The package path of a settings file here."""
        return f"data/{self.name}/{name}" if self.name else f"data/{name}"

    def sorted_tests(self) -> list[str]:
        """The base names that have an input, in judging order."""
        return sorted(base for base, files in self.tests.items() if ".in" in files)


def collect_folders(files: Mapping[str, bytes], report: Report, *, tops: Sequence[str] = ("sample", "secret")) -> Folder:
    """The tree of `data/`, of the folders `tops` there, with a warning for every file that belongs to no test."""
    root = Folder("")
    for path in sorted(files):
        parts = path.split("/")
        if parts[0] != "data" or len(parts) < 2 or (len(parts) > 2 and parts[1] not in tops):
            continue
        _place(root, parts[1:], path, files[path], report)
    return root


def _place(root: Folder, parts: list[str], path: str, content: bytes, report: Report) -> None:
    folder = root
    for number, part in enumerate(parts[:-1], start=1):
        if part.endswith(".files"):
            folder.given.setdefault(part.removesuffix(".files"), {})["/".join(parts[number:])] = content
            return
        name = f"{folder.name}/{part}" if folder.name else part
        folder = folder.folders.setdefault(part, Folder(name))
    name = parts[-1]
    suffix = next((suffix for suffix in SUFFIXES if name.endswith(suffix) and len(name) > len(suffix)), None)
    if name in SETTINGS:
        folder.settings[name] = content
    elif suffix is None or folder is root:
        report.warning(path, "this file belongs to no test and is ignored; tests are made of `name.in` and `name.ans`")
    else:
        folder.tests.setdefault(name.removesuffix(suffix), {})[suffix] = content


def check_folder(folder: Folder, interactive: bool, report: Report) -> None:
    """Findings about inputs without answers and about files without their test, here and below."""
    for base, files in sorted(folder.tests.items()):
        if ".in" in files and ".ans" not in files:
            missing = folder.path_of(base, ".ans")
            report.error(missing, f"the answer is missing; add this file, or remove {folder.path_of(base, '.in')}")
        elif ".in" not in files:
            _check_without_input(folder, base, files, interactive, report)
        if ".in" in files and base in folder.folders:
            report.error(folder.path_of(base, ".in"), "a test and a folder have the same name; rename one of them")
        _check_shown(folder, base, files, report)
    for base, given in sorted(folder.given.items()):
        _check_given(folder, base, given, report)
    for below in folder.folders.values():
        check_folder(below, interactive, report)


def _check_given(folder: Folder, base: str, given: dict[str, bytes], report: Report) -> None:
    path = folder.path_of(base, ".files")
    if ".in" not in folder.tests.get(base, ()):
        report.error(path, f"these files have no test; add {folder.path_of(base, '.in')}")
    if len(given) > MAX_GIVEN or sum(map(len, given.values())) > MAX_GIVEN_MIB << 20:
        report.error(path, f"holds more than a program can be given here (at most {MAX_GIVEN} files and {MAX_GIVEN_MIB} MiB)")


def _check_without_input(folder: Folder, base: str, files: dict[str, bytes], interactive: bool, report: Report) -> None:
    for suffix in sorted(files):
        message = f"this file has no test; add {folder.path_of(base, '.in')} or remove this file"
        if suffix in _MUST_HAVE_TEST:
            report.error(folder.path_of(base, suffix), message)
        elif suffix != ".interaction" or not interactive:
            report.warning(folder.path_of(base, suffix), message)


def _check_shown(folder: Folder, base: str, files: dict[str, bytes], report: Report) -> None:
    if ".out" in files and ".ans.statement" in files:
        report.error(folder.path_of(base, ".out"), "stands beside a `.ans.statement` file; only one of them can be shown")
    shown = [suffix for suffix in (".in.statement", ".ans.statement", ".out") if suffix in files]
    if ".interaction" in files and shown:
        report.error(folder.path_of(base, shown[0]), "stands beside an `.interaction` file, which is shown alone; remove one")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a folder hands on to its tests: arguments of the program, of the output validator and of the input validators."""

    program: tuple[str, ...] = ()
    validator: tuple[str, ...] = ()
    inputs: ArgumentsByName = NO_ARGUMENTS


def build_test(
    folder: Folder, base: str, arguments: Arguments, report: Report, notes: tuple[str | None, str | None] = (None, None)
) -> Test:
    """The value of one test whose input is there. `notes` are hint and description from its yaml file."""
    files = folder.tests[base]
    return Test(
        name=f"{folder.name}/{base}",
        input=files[".in"],
        answer=files.get(".ans", b""),
        validator_flags=arguments.validator,
        args=_own_args(folder, base, report) or arguments.program,
        hint=notes[0] or _text(folder, base, ".hint", report),
        description=notes[1] or _text(folder, base, ".desc", report),
        shown_input=files.get(".in.statement"),
        shown_answer=files.get(".ans.statement", files.get(".out")),
        output=files.get(".out"),
        files=tuple(folder.given.get(base, {}).items()),
        input_args=arguments.inputs,
    )


def _text(folder: Folder, base: str, suffix: str, report: Report) -> str | None:
    content = folder.tests[base].get(suffix)
    text = None if content is None else decode(folder.path_of(base, suffix), content, report)
    return text.strip() if text else None


def _own_args(folder: Folder, base: str, report: Report) -> tuple[str, ...]:
    """Arguments from a `.args` file: one line, split as a shell would."""
    text = _text(folder, base, ".args", report)
    try:
        return tuple(shlex.split(text or ""))
    except ValueError:
        report.error(folder.path_of(base, ".args"), "a quote is not closed; close it", 1)
        return ()


def sample_interactions(folder: Folder, report: Report) -> tuple[tuple[str, str], ...]:
    """The dialogues shown as samples, by test name; every line starts with `<` or `>`, passes are parted by `---`."""
    dialogues = []
    for base in sorted(base for base, files in folder.tests.items() if ".interaction" in files):
        path = folder.path_of(base, ".interaction")
        text = decode(path, folder.tests[base][".interaction"], report)
        for number, line in enumerate((text or "").splitlines(), start=1):
            if line and line[0] not in "<>" and line != "---":
                report.error(path, "every line must start with `<` (to the program) or `>` (from it)", number)
        dialogues.append((f"{folder.name}/{base}", text or ""))
    return tuple(dialogues)
