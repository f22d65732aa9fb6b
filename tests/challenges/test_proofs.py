"""What a package brings to prove its data: input validators with their arguments, and data that must be refused."""

from __future__ import annotations

import pytest
from package_builder import PLAIN_2025, PLAIN_LEGACY, PROBLEM_2025, errors_of, read, warnings_of


def test_programs_are_found_as_files_and_folders() -> None:
    changes = {
        "input_validators/one.py": "1",
        "input_validators/two/main.cpp": "2",
        "input_validators/two/two.h": "h",
        "input_validators/README.md": "words",
        "input_format_validators/old.py": "3",
    }
    found = read(PLAIN_LEGACY, changes).proofs.input_validators
    assert [(one.name, one.path, [path for path, _ in one.files]) for one in found] == [
        ("old.py", "input_format_validators/old.py", ["old.py"]),
        ("one.py", "input_validators/one.py", ["one.py"]),
        ("two", "input_validators/two", ["main.cpp", "two.h"]),
    ]


@pytest.mark.parametrize("path", ["grammar.ctd", "grammar.viva", "folder/grammar.ctd", "folder/build"])
def test_what_is_not_run_is_a_warning(path: str) -> None:
    (warning,) = warnings_of(PLAIN_2025, {f"input_validators/{path}": "x"})
    assert "is not run here" in warning
    assert read(PLAIN_2025, {f"input_validators/{path}": "x"}).proofs.input_validators == ()


def test_arguments_are_for_all_or_by_name_and_inherited() -> None:
    changes = {
        "data/secret/test_group.yaml": "input_validator_args: [a, b]\n",
        "data/secret/2.in": "3\n",
        "data/secret/2.ans": "6\n",
        "data/secret/2.yaml": "input_validator_args:\n  one.py: [c]\n",
    }
    sample, first, second = read(PLAIN_2025, changes).root.all_tests()
    assert sample.input_args.of("one.py") == ()
    assert first.input_args.of("one.py") == first.input_args.of("two") == ("a", "b")
    assert (second.input_args.of("one.py"), second.input_args.of("two")) == (("c",), ())


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("input_validator_flags: n=5 m\n", ("n=5", "m"), ("n=5", "m")),
        ("input_validator_flags: {name: one, flags: n}\n", ("n",), ()),
    ],
)
def test_legacy_flags_too(text: str, one: tuple[str, ...], two: tuple[str, ...]) -> None:
    secret = read(PLAIN_LEGACY, {"data/testdata.yaml": text}).root.all_tests()[1]
    assert (secret.input_args.of("one"), secret.input_args.of("two")) == (one, two)


def test_data_for_the_validators_is_read_with_its_settings() -> None:
    changes = {
        "data/invalid_input/test_group.yaml": "input_validator_args: [x]\n",
        "data/invalid_input/deep/1.in": "no\n",
        "data/invalid_output/1.in": "2\n",
        "data/invalid_output/1.ans": "4\n",
        "data/invalid_output/1.out": "5\n",
        "data/invalid_output/1.yaml": "output_validator_args: [case_sensitive]\n",
        "data/valid_output/1.in": "2\n",
        "data/valid_output/1.ans": "4\n",
        "data/valid_output/1.out": "4 \n",
    }
    proofs = read(PLAIN_2025, changes).proofs
    assert [(test.name, test.input_args.of("any")) for test in proofs.invalid_inputs] == [("invalid_input/deep/1", ("x",))]
    assert [(test.output, test.validator_flags) for test in proofs.invalid_outputs] == [(b"5\n", ("case_sensitive",))]
    assert [test.output for test in proofs.valid_outputs] == [b"4 \n"]
    assert len(read(PLAIN_2025, changes).root.all_tests()) == 2


def test_an_output_that_is_missing_is_an_error_and_a_dialogue_has_none() -> None:
    changes = {"data/valid_output/1.in": "2\n", "data/valid_output/1.ans": "4\n"}
    assert errors_of(PLAIN_2025, changes)[0].startswith("data/valid_output/1.out:None: the output is missing")
    interactive = {"problem.yaml": PROBLEM_2025.replace("pass-fail", "interactive"), "output_validator/v.py": "x"}
    assert any("is not looked at" in warning for warning in warnings_of(PLAIN_2025, changes | interactive))
