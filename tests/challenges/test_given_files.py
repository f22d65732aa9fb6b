"""What a package gives to programs: included files, files of a test, constants, and how much time by language."""

from __future__ import annotations

from package_builder import PLAIN_2025, PLAIN_LEGACY, PROBLEM_2025, errors_of, read, warnings_of

from challenges.text import filled

CONSTANTS = {"problem.yaml": PROBLEM_2025 + "constants: {limit: 7, flag: case_sensitive}\n"}


def test_included_files_of_a_language_stand_over_those_of_all() -> None:
    problem = read(
        PLAIN_2025,
        {
            "include/default/data.txt": "all",
            "include/default/deep/more.txt": "more",
            "include/python3/data.txt": "own",
            "include/cpp/limits.h": "h",
        },
    )
    assert problem.includes.of("python3") == {"data.txt": b"own", "deep/more.txt": b"more"}
    assert problem.includes.of("cpp") == {"data.txt": b"all", "deep/more.txt": b"more", "limits.h": b"h"}
    assert problem.includes.of("java") == {"data.txt": b"all", "deep/more.txt": b"more"}
    assert problem.includes.of("pypy3", "python3")["data.txt"] == b"own"
    assert problem.unsupported == ()


def test_legacy_packages_include_files_too() -> None:
    assert read(PLAIN_LEGACY, {"include/cpp/grader.cpp": "x"}).includes.of("cpp") == {"grader.cpp": b"x"}


def test_a_file_for_a_language_that_is_not_allowed_is_an_error() -> None:
    changes = {"problem.yaml": PROBLEM_2025 + "languages: [python3]\n", "include/cpp/a.h": "x"}
    assert errors_of(PLAIN_2025, changes) == [
        "include/cpp:None: is for a language that `languages` in problem.yaml leaves out; add it there"
    ]


def test_the_formats_codes_of_languages_are_understood() -> None:
    changes = {
        "problem.yaml": PROBLEM_2025 + "languages: [python3, python3numpy, lisp]\n",
        "include/python3numpy/a.py": "x",
        "submissions/submissions.yaml": "accepted/*:\n  language: python3numpy\n",
    }
    problem = read(PLAIN_2025, changes)
    assert problem.languages == ("python3", "python3_numpy", "commonlisp")
    assert problem.includes.of("python3_numpy") == {"a.py": b"x"}
    assert problem.submissions[0].language == "python3_numpy"


def test_a_file_in_no_languages_folder_is_a_warning() -> None:
    assert warnings_of(PLAIN_2025, {"include/a.py": "x"})[0].startswith("include/a.py:None: is ignored")


def test_a_test_may_have_files_and_folders_of_its_own() -> None:
    problem = read(PLAIN_2025, {"data/secret/1.files/map.txt": "m", "data/secret/1.files/deep/b.bin": b"\0\xff"})
    sample, secret = problem.root.all_tests()
    assert sample.files == ()
    assert dict(secret.files) == {"map.txt": b"m", "deep/b.bin": b"\0\xff"}


def test_files_without_a_test_and_too_many_of_them_are_errors() -> None:
    assert "have no test" in errors_of(PLAIN_2025, {"data/secret/7.files/a.txt": "x"})[0]
    many = {f"data/secret/1.files/{number}.txt": "" for number in range(201)}
    assert "more than a program can be given here" in errors_of(PLAIN_2025, many)[0]


def test_constants_are_put_into_programs_and_settings_and_not_into_data() -> None:
    problem = read(
        PLAIN_2025,
        CONSTANTS
        | {
            "include/python3/limits.py": "LIMIT = {{limit}}\n",
            "input_validators/check.py": "limit = {{limit}}\n",
            "data/secret/test_group.yaml": "output_validator_args: ['{{flag}}']\n",
            "data/secret/1.ans": "{{limit}}\n",
            "submissions/accepted/double.py": "print({{limit}}, '{{other}}')\n",
        },
    )
    assert problem.includes.of("python3")["limits.py"] == b"LIMIT = 7\n"
    assert problem.proofs.input_validators[0].files == (("check.py", b"limit = 7\n"),)
    secret = problem.root.all_tests()[1]
    assert (secret.validator_flags, secret.answer) == (("case_sensitive",), b"{{limit}}\n")
    assert problem.submissions[0].files[0][1] == b"print(7, '{{other}}')\n"
    custom = read(PLAIN_2025, CONSTANTS | {"output_validator/v.py": "limit = {{limit}}\n"})
    assert custom.validator is not None
    assert custom.validator.files == (("v.py", b"limit = 7\n"),)


def test_a_package_may_give_a_language_more_time() -> None:
    extras = read(PLAIN_2025, {"assessor.yaml": "time_multipliers: {python3: 3, java: 1.5}\n"}).extras
    assert extras.time_multipliers == {"python3": 3.0, "java": 1.5}
    found = errors_of(PLAIN_2025, {"assessor.yaml": "time_multipliers:\n  python3: 0.5\n  java: 21\n"})
    assert "must be at least 1" in found[0]
    assert "at most 20 times" in found[1]


def test_constants_do_not_lead_around_the_limits_of_a_package() -> None:
    small, bomb = b"{{limit}}\n" * 10, b"{{limit}}" * 100_000
    assert filled(small, {"limit": "x" * 200}) == b"x" * 200 + b"\n" + (b"x" * 200 + b"\n") * 9
    assert filled(bomb, {"limit": "x" * 200}) == bomb
