"""What a package brings to prove its tests and its validators: programs that accept inputs, and wrong data they must refuse.

Source: "Input validators", "Invalid test cases" and "Valid output" of `2025-09`; "Input Validators" of `legacy`.
"""

from __future__ import annotations

from collections.abc import Mapping

from challenges.data_files import SETTINGS, Arguments, Folder, build_test, collect_folders
from challenges.findings import Report
from challenges.problem import InputValidator, Proofs, Test
from challenges.problem_yaml import Metadata
from challenges.programs import SCRIPTS
from challenges.sections import Section, read_section
from challenges.text import filled

VALIDATORS = ("input_validators", "input_format_validators")
GRAMMARS = (".ctd", ".viva")
INVALID_INPUT, VALID_OUTPUT, INVALID_OUTPUT = FOLDERS = ("invalid_input", "valid_output", "invalid_output")
_OTHER_ARGS = ("static_validator_args", "input_visualizer_args", "output_visualizer_args", "full_feedback")


def read_proofs(files: Mapping[str, bytes], metadata: Metadata, report: Report) -> Proofs:
    """The programs and the data; what cannot be run here is a warning."""
    data = collect_folders(files, report, tops=FOLDERS)
    return Proofs(
        input_validators=_validators(files, metadata, report),
        invalid_inputs=_tests(data, INVALID_INPUT, report),
        valid_outputs=_with_output(data, VALID_OUTPUT, metadata, report),
        invalid_outputs=_with_output(data, INVALID_OUTPUT, metadata, report),
    )


def _validators(files: Mapping[str, bytes], metadata: Metadata, report: Report) -> tuple[InputValidator, ...]:
    programs: dict[str, dict[str, bytes]] = {}
    for path, content in sorted(files.items()):
        top, _, rest = path.partition("/")
        if top in VALIDATORS and rest:
            name, _, inside = rest.partition("/")
            programs.setdefault(f"{top}/{name}", {})[inside or name] = filled(content, metadata.constants)
    validators = []
    for path, program in programs.items():
        name = path.partition("/")[2]
        if name.endswith(GRAMMARS) or any(file.endswith(GRAMMARS) for file in program):
            report.warning(path, "is not run here: of input validators only programs are; others have to check it elsewhere")
        elif SCRIPTS & set(program):
            report.warning(path, "is not run here, because it has a `build` or `run` script; leave the source files alone")
        elif len(program) > 1 or not name.lower().startswith("readme"):
            validators.append(InputValidator(name, path, tuple(program.items())))
    return tuple(validators)


def _tests(data: Folder, top: str, report: Report) -> tuple[Test, ...]:
    return _tests_below(data.folders[top], Arguments(), report) if top in data.folders else ()


def _tests_below(folder: Folder, above: Arguments, report: Report) -> tuple[Test, ...]:
    settings = next((name for name in reversed(SETTINGS) if name in folder.settings), SETTINGS[-1])
    arguments = _arguments(read_section(folder.settings_path(settings), folder.settings.get(settings), report), above)
    found = []
    for base in folder.sorted_tests():
        own = read_section(folder.path_of(base, ".yaml"), folder.tests[base].get(".yaml"), report)
        own.known("description", "hint")
        found.append(build_test(folder, base, _arguments(own, arguments), report))
    for name in sorted(folder.folders):
        found.extend(_tests_below(folder.folders[name], arguments, report))
    return tuple(found)


def _arguments(section: Section, above: Arguments) -> Arguments:
    program = section.strings("args", one_allowed=False)
    validator = section.strings("output_validator_args", one_allowed=False)
    inputs = section.arguments_by_name("input_validator_args")
    section.warn_unknown(_OTHER_ARGS)
    return Arguments(
        above.program if program is None else program,
        above.validator if validator is None else validator,
        above.inputs if inputs is None else inputs,
    )


def _with_output(data: Folder, top: str, metadata: Metadata, report: Report) -> tuple[Test, ...]:
    """Tests with an answer and an output each, for a validator that reads outputs."""
    tests = _tests(data, top, report)
    if tests and (metadata.interactive or metadata.multi_pass):
        report.warning(f"data/{top}", "is not looked at: the output validator of this package takes part in the dialogue")
        return ()
    for test in tests:
        if test.output is None:
            report.error(f"data/{test.name}.out", "the output is missing; add it: the output validator is tried on it")
    return tuple(test for test in tests if test.output is not None)
