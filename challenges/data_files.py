"""The tree of files under `data/`, sorted into tests by base name before anybody looks at settings.

Source: "Test data" of both versions. A test exists when its `.in` file does; other files of the same base name belong to it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from challenges.findings import Report
from challenges.problem import Test
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
_MUST_HAVE_TEST = (".ans", ".out", ".in.statement", ".ans.statement", ".args")


@dataclass(slots=True)
class Folder:
    """One folder below `data/`. `name` is its path there, empty for `data/` itself.

    `tests` maps base names to their files by suffix; `settings` are the yaml files that speak of the whole folder;
    `with_files` are base names that have a `.files` folder.
    """

    name: str
    tests: dict[str, dict[str, bytes]] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    settings: dict[str, bytes] = field(default_factory=dict)
    with_files: set[str] = field(default_factory=set)

    def path_of(self, base: str, suffix: str) -> str:
        """The package path of one of a test's files."""
        return f"data/{self.name}/{base}{suffix}"

    def settings_path(self, name: str) -> str:
        """The package path of a settings file here."""
        return f"data/{self.name}/{name}" if self.name else f"data/{name}"

    def sorted_tests(self) -> list[str]:
        """The base names that have an input, in judging order."""
        return sorted(base for base, files in self.tests.items() if ".in" in files)


def collect_folders(files: Mapping[str, bytes], report: Report) -> Folder:
    """The tree of `data/`, with a warning for every file that belongs to no test."""
    root = Folder("")
    for path in sorted(files):
        parts = path.split("/")
        if parts[0] != "data" or len(parts) < 2 or (len(parts) > 2 and parts[1] not in ("sample", "secret")):
            continue
        _place(root, parts[1:], path, files[path], report)
    return root


def _place(root: Folder, parts: list[str], path: str, content: bytes, report: Report) -> None:
    folder = root
    for part in parts[:-1]:
        if part.endswith(".files"):
            folder.with_files.add(part.removesuffix(".files"))
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
    for base in sorted(folder.with_files - set(folder.sorted_tests())):
        report.error(folder.path_of(base, ".files"), f"these files have no test; add {folder.path_of(base, '.in')}")
    for below in folder.folders.values():
        check_folder(below, interactive, report)


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


def build_test(
    folder: Folder, base: str, flags: tuple[str, ...], args: tuple[str, ...], notes: tuple[str | None, str | None], report: Report
) -> Test:
    """The value of one test whose input and answer are there. `notes` are hint and description from its yaml file."""
    files = folder.tests[base]
    return Test(
        name=f"{folder.name}/{base}",
        input=files[".in"],
        answer=files[".ans"],
        validator_flags=flags,
        args=_own_args(folder, base, report) or args,
        hint=notes[0] or _text(folder, base, ".hint", report),
        description=notes[1] or _text(folder, base, ".desc", report),
        shown_input=files.get(".in.statement"),
        shown_answer=files.get(".ans.statement", files.get(".out")),
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
