"""Whatever stands in a settings file, reading a package ends in findings, never in an exception."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_builder import PLAIN_2025, PLAIN_LEGACY, SCORING_2025, SCORING_LEGACY, package

from challenges.checking import check_all

KEYS = (
    *("problem_format_version", "type", "name", "uuid", "limits", "time_limit", "time_multipliers", "ac_to_time_limit"),
    *("time_resolution", "memory", "code", "validation", "validator_flags", "validation_passes", "grading", "objective"),
    *("languages", "constants", "license", "max_score", "score_aggregation", "require_pass", "args", "static_validation_score"),
    *("output_validator_args", "input_validator_args", "on_reject", "accept_score", "range", "grader_flags", "en", "flags"),
    *("accepted", "accepted/*", "permitted", "required", "score", "message", "use_for_time_limit", "entrypoint", "secret"),
    *("skills", "difficulty", "groups", "starters", "title", "hint", "python3", "<<", "~", "2"),
)
WORDS = (
    *("legacy", "2025-09", "draft", "pass-fail", "scoring", "interactive", "multi-pass", "custom", "default", "unbounded"),
    *("min", "sum", "secret/basic", "sample", "secret", "AC", "TLE", "upper", "lower", "float_tolerance 1e-6", "all", "python3"),
    *(
        ".inf",
        "-.inf",
        ".nan",
        "1e400",
        "0x10",
        "1_000",
        "0 100",
        "inf -inf",
        "9" * 400,
        "1:30",
        "2026-02-30",
        "yes",
        "null",
        "''",
    ),
    *("&a [*a]", "*b", "!!python/object:os.system {}", "!x y", "|", "{{limit}}", "\t", '"\\ud800"', "[", "}", "- -"),
)
SCALARS = st.one_of(st.sampled_from(WORDS), st.integers().map(str), st.floats().map(repr), st.text(max_size=20))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=12,
)
LINES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs.items())
)
TEXTS = st.one_of(LINES.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=200))

FILES = (
    (PLAIN_2025, "problem.yaml"),
    (PLAIN_LEGACY, "problem.yaml"),
    (SCORING_2025, "data/secret/test_group.yaml"),
    (SCORING_2025, "data/secret/basic/test_group.yaml"),
    (SCORING_2025, "data/secret/basic/1.yaml"),
    (PLAIN_2025, "data/invalid_input/test_group.yaml"),
    (SCORING_LEGACY, "data/testdata.yaml"),
    (SCORING_LEGACY, "data/secret/group1/testdata.yaml"),
    (SCORING_2025, "submissions/submissions.yaml"),
    (PLAIN_2025, "assessor.yaml"),
)


@pytest.mark.parametrize(("files", "path"), FILES, ids=lambda value: value if isinstance(value, str) else "")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=TEXTS, keep=st.booleans())
def test_any_content_is_read_or_found_wrong(files: dict[str, str], path: str, content: bytes, keep: bool) -> None:
    before = files.get(path, "").encode() if keep else b""
    problem, findings = check_all(package(files, {path: before + content, "data/invalid_input/1.in": "x"}))
    assert problem is not None or findings
