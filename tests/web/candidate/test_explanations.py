"""What the result panel says about the reason, in the reader's language, the original beneath."""

from __future__ import annotations

import re

import pytest
from candidate_cast import Cast, grade_of, not_compiling, result
from flask import Flask, get_template_attribute
from flask.testing import FlaskClient

from assessor.judging.verdicts import Grade, Verdict
from assessor.results.difference_kinds import DifferenceKind
from assessor.results.fault_kinds import Fault
from assessor.results.faults import Explanation

FETCH = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
TRACE = 'Traceback (most recent call last):\n  File "/box/source/main.py", line 2, in <module>\n'
TEMPLATE = "candidate/_explanations.html"


def panel_of(cyrus: FlaskClient, cast: Cast, attempt_id: str, grade: Grade) -> str:
    given = {"kind": "submission", "language": "python3", "source": "x = 1\nprint(y)\n", "client_key": "key-00000001"}
    made = cyrus.post(f"/a/{attempt_id}/task/1/submissions", json=given, headers=FETCH).json
    assert made is not None
    cast.judge(str(made["id"]), grade)
    panel = cyrus.get(f"/a/{attempt_id}/submissions/{made['id']}", headers=FETCH).json
    assert panel is not None
    return re.sub(r"\s+", " ", str(panel["html"]))


def sample(verdict: Verdict, **values: object) -> Grade:
    return grade_of(result("sample/1", verdict, **values), result("sample/2", stdout=b"1\n"))


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        (
            sample(Verdict.RTE, exit_code=1, stderr=f"{TRACE}NameError: name 'y' is not defined\n".encode()),
            ["Line 2:", 'The name <code dir="ltr">y</code> is not known here.', "NameError"],
        ),
        (sample(Verdict.RTE, exit_code=1, stderr=f"{TRACE}Oddity: x\n".encode()), ["Line 2:", "It stopped in this line."]),
        (sample(Verdict.RTE, exit_code=None, signal="SIGSEGV"), ["memory that is not its own"]),
        (sample(Verdict.WA, stdout=b"a = 3\n2\n"), ["there are other lines too", "error output"]),
        (sample(Verdict.WA, stdout=b"2.0\n"), ["The numbers are right, but written differently"]),
        (sample(Verdict.TLE, cpu_ms=20, wall_ms=6000, exit_code=None), ["wait for input that does not come"]),
        (sample(Verdict.TLE, cpu_ms=2000, wall_ms=2100, exit_code=None), ["a loop that never ends"]),
        (sample(Verdict.MLE, exit_code=None), ["grow without end"]),
        (sample(Verdict.OLE, exit_code=None), ["a print inside a loop"]),
        (
            not_compiling("  File \"main.py\", line 2\n    print((y)\nSyntaxError: '(' was never closed\n"),
            ["Line 2:", "A bracket or a quotation mark is opened", "was never closed"],
        ),
        (not_compiling("main.py: something else\n"), ["does not compile", "something else"]),
    ],
)
def test_the_reason_is_said_in_words(cyrus: FlaskClient, cast: Cast, attempt_id: str, grade: Grade, words: list[str]) -> None:
    html = panel_of(cyrus, cast, attempt_id, grade)
    assert [word for word in words if word not in html] == []


def test_a_right_answer_is_not_explained(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    assert 'class="why"' not in panel_of(cyrus, cast, attempt_id, sample(Verdict.AC, stdout=b"2\n"))


def test_a_name_is_shown_and_never_run(cyrus: FlaskClient, cast: Cast, attempt_id: str) -> None:
    said = f"{TRACE}NameError: name '<script>alert(1)</script>' is not defined\n"
    html = panel_of(cyrus, cast, attempt_id, sample(Verdict.RTE, exit_code=1, stderr=said.encode()))
    assert '<code dir="ltr">&lt;script&gt;alert(1)&lt;/script&gt;</code>' in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("locale", ["en", "sv", "ar"])
def test_every_kind_has_a_sentence_in_every_language(app: Flask, locale: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": locale}):
        sentences = [str(get_template_attribute(TEMPLATE, "difference")(kind)) for kind in DifferenceKind]
        for name in ("", "total"):
            sentences += [str(get_template_attribute(TEMPLATE, "fault")(Explanation(fault, name))) for fault in Fault]
    assert all(len(sentence.strip()) > 15 for sentence in sentences)
    assert len(set(sentences)) >= len(DifferenceKind) + len(Fault)
