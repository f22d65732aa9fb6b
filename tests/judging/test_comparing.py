"""The default output validator: what it accepts, what it says of the first difference, and what it costs."""

from __future__ import annotations

import itertools
import json
import time
import tracemalloc
from pathlib import Path

import pytest
from comparator_cases import BAD_FLAGS, CASES, TOLERANT
from hypothesis import example, given
from hypothesis import strategies as st

from assessor.judging.comparing import Difference, compare, parse_flags
from assessor.judging.failures import JudgeError
from assessor.judging.tokens import BLOCK_BYTES, Pieces, Place

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "comparator"
SPACES = st.text(" \t\n\r\v\f", min_size=1, max_size=3).map(str.encode)
TOKENS = st.lists(st.binary(min_size=1, max_size=6).map(lambda raw: b"".join(raw.split()) or b"x"), max_size=12)


@pytest.mark.parametrize(("answer", "output", "flags", "accepted"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_the_table_holds(answer: bytes, output: bytes, flags: tuple[str, ...], accepted: bool) -> None:
    found = compare(output, answer, flags)
    assert found.accepted is accepted
    assert (found.difference is None) is accepted


@pytest.mark.parametrize("flags", BAD_FLAGS, ids=" ".join)
def test_flags_that_cannot_be_meant_are_the_judges_error(flags: tuple[str, ...]) -> None:
    with pytest.raises(JudgeError) as caught:
        compare(b"1", b"1", flags)
    assert "output validator" in str(caught.value) or "float_tolerance" in str(caught.value)


def test_flags_become_rules() -> None:
    rules = parse_flags(("case_sensitive", "float_absolute_tolerance", "1e-3"))
    assert (rules.case_sensitive, rules.space_change_sensitive, rules.absolute, rules.relative) == (True, False, 1e-3, None)
    both = parse_flags(("float_tolerance", ".5"))
    assert (both.absolute, both.relative) == (0.5, 0.5)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the public corpus is not beside the checkout")
def test_every_row_of_the_public_corpus_holds() -> None:
    rows = json.loads((CORPUS / "edge_cases_visible.json").read_text())
    wrong = [
        row["name"]
        for row in rows
        if compare(row["output_latin1"].encode("latin1"), row["answer_latin1"].encode("latin1"), tuple(row["args"])).accepted
        != (row["expected"] == "AC")
    ]
    assert rows
    assert not wrong


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the public corpus is not beside the checkout")
def test_every_folder_of_the_public_corpus_holds_and_names_the_same_lines() -> None:
    folders = sorted(path.parent for path in CORPUS.glob("*/*/judge.ans"))
    assert folders
    for folder in folders:
        args = folder / "args.txt"
        flags = tuple(args.read_text().split()) if args.exists() else ()
        found = compare((folder / "user.out").read_bytes(), (folder / "judge.ans").read_bytes(), flags)
        assert found.accepted is ((folder / "expected_exit_code.txt").read_text().strip() == "42"), folder.name
        if not found.accepted and "space_sensitive" not in folder.name:
            assert found.output is not None
            assert found.answer is not None
            first = (folder / "expected_message.txt").read_bytes().splitlines()[0].decode()
            lines = f"on line {found.output.line} of output (corresponding to line {found.answer.line} in answer file)"
            assert lines in first, folder.name


@pytest.mark.parametrize(
    ("output", "answer", "flags", "difference"),
    [
        (b"", b"1", (), Difference.NO_OUTPUT),
        (b" \n", b"1", (), Difference.NO_OUTPUT),
        (b"1", b"1 2", (), Difference.MISSING_OUTPUT),
        (b"1 2", b"1", (), Difference.EXTRA_OUTPUT),
        (b"1", b"", (), Difference.EXTRA_OUTPUT),
        (b"3", b"4", (), Difference.TOKEN),
        (b"7.0", b"7", (), Difference.NUMBER_FORMAT),
        (b"no", b"7", (), Difference.TOKEN),
        (b"yes", b"YES", ("case_sensitive",), Difference.CASE),
        (b"a  b", b"a b", ("space_change_sensitive",), Difference.WHITESPACE),
        (b"a", b"a\n", ("space_change_sensitive",), Difference.WHITESPACE),
        (b"a\n\n", b"a\n", ("space_change_sensitive",), Difference.WHITESPACE),
        (b"a", b"a\nb\n", ("space_change_sensitive",), Difference.MISSING_OUTPUT),
        (b"one", b"1", TOLERANT, Difference.NOT_A_NUMBER),
        (b"1.1", b"1", TOLERANT, Difference.TOLERANCE),
    ],
)
def test_the_first_difference_has_a_kind(output: bytes, answer: bytes, flags: tuple[str, ...], difference: Difference) -> None:
    assert compare(output, answer, flags).difference is difference


def test_the_first_difference_has_a_place_in_both_texts() -> None:
    found = compare(b"1\n2\n  x  9\n", b"1 2\ny 9\n")
    assert found.output == Place(3, 3, "x")
    assert found.answer == Place(2, 1, "y")
    assert found.message == ("Line 3, column 3 of the output (line 2, column 1 of the answer): expected “y”, got “x” (token).")


def test_the_place_is_right_far_into_the_text() -> None:
    lines = [b"%d" % number for number in range(200_000)]
    wrong = lines.copy()
    wrong[150_000] = b"oops"
    found = compare(b"\n".join(wrong), b" ".join(lines))
    assert found.output == Place(150_001, 1, "oops")
    assert found.answer is not None
    assert (found.answer.line, found.answer.text) == (1, "150000")


def test_places_at_the_end_have_no_text() -> None:
    found = compare(b"1\n", b"1\n2\n")
    assert found.output == Place(2, 1, "")
    assert found.answer == Place(2, 1, "2")


def test_a_message_is_short_and_shows_what_cannot_be_seen() -> None:
    found = compare(b"\0\x1b[31m\xff" + "\u202e".encode() + b"x" * 100_000, b"y" * 100_000)
    assert len(found.message) < 400
    assert found.message.isprintable()
    assert "\\x00\\x1b[31m\\xff\\u202e" in found.message


def test_a_corrected_case_shows_the_original_letters() -> None:
    found = compare(b"Hello There", b"HELLO World")
    assert found.output is not None
    assert found.output.text == "There"


@given(TOKENS, st.data())
def test_gaps_never_matter_by_default(tokens: list[bytes], data: st.DataObject) -> None:
    text = b"".join(data.draw(SPACES) + token for token in tokens) + data.draw(SPACES)
    assert compare(text, b" ".join(tokens)).accepted


@given(TOKENS, TOKENS)
def test_without_flags_it_is_equality_of_lowered_tokens(ours: list[bytes], theirs: list[bytes]) -> None:
    same = [token.lower() for token in ours] == [token.lower() for token in theirs]
    assert compare(b"\n".join(ours), b" ".join(theirs)).accepted is same


@given(st.binary(max_size=60), st.binary(max_size=60))
@example(b"a", b"a\n")
def test_with_both_switches_it_is_equality_of_bytes(output: bytes, answer: bytes) -> None:
    assert compare(output, answer, ("case_sensitive", "space_change_sensitive")).accepted is (output == answer)


@given(st.binary(max_size=60), st.sampled_from([(), TOLERANT, ("case_sensitive",), ("float_tolerance", "0")]))
def test_an_answer_accepts_itself(answer: bytes, flags: tuple[str, ...]) -> None:
    assert compare(answer, answer, flags).accepted
    assert compare(b" " + answer + b"\n", answer, flags).accepted


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["%r", "%.17g", "%.20e"]))
def test_a_number_is_its_own_neighbour_in_every_spelling(value: float, spelling: str) -> None:
    assert compare((spelling % value).encode(), repr(value).encode(), ("float_tolerance", "1e-15")).accepted


@given(st.integers(-(10**12), 10**12), st.integers(0, 1000))
def test_the_absolute_tolerance_is_a_distance(value: int, distance: int) -> None:
    flags = ("float_absolute_tolerance", "500")
    assert compare(b"%d" % (value + distance), b"%d" % value, flags).accepted is (distance <= 500)


@given(st.binary(max_size=300), st.integers(1, 40))
def test_blocks_cut_no_piece(data: bytes, size: int) -> None:
    from assessor.judging import tokens

    whole, kept = tokens.BLOCK_BYTES, []
    tokens.BLOCK_BYTES = size
    try:
        pieces = Pieces(data, gaps=True, fold=False)
        while count := pieces.waiting():
            kept += pieces.peek(count)
            pieces.skip(count)
    finally:
        tokens.BLOCK_BYTES = whole
    assert b"".join(kept) == data
    assert all(tokens.is_gap(one) != tokens.is_gap(two) for one, two in itertools.pairwise(kept))


@pytest.mark.parametrize(
    ("output", "answer", "flags", "accepted"),
    [
        pytest.param(b"7" * 20_000_000, b"7" * 19_999_999 + b"8", (), False, id="one giant token"),
        pytest.param(b"7" * 20_000_000, b"7", TOLERANT, False, id="one giant number"),
        pytest.param(b" " * 20_000_000, b"7", (), False, id="a flood of space"),
        pytest.param(b"1 " * 10_000_000, b"1\n" * 10_000_000, (), True, id="ten million tokens"),
        pytest.param(b"YES\n" * 5_000_000, b"yes\n" * 5_000_000, (), True, id="other case everywhere"),
        pytest.param(b"1.0 " * 1_000_000, b"1 " * 1_000_000, TOLERANT, True, id="a million numbers"),
        pytest.param(b"1." + b"0" * 10_000_000 + b"x", b"1", TOLERANT, False, id="nearly a number"),
        pytest.param(b" \n" * 10_000_000, b"\n " * 10_000_000, ("space_change_sensitive",), False, id="strict flood"),
    ],
)
def test_large_outputs_stay_cheap(output: bytes, answer: bytes, flags: tuple[str, ...], accepted: bool) -> None:
    start = time.process_time()
    assert compare(output, answer, flags).accepted is accepted
    assert time.process_time() - start < 10


def test_memory_does_not_grow_with_the_number_of_tokens() -> None:
    output, answer = b"12 " * 1_000_000, b"12\n" * 1_000_000
    tracemalloc.start()
    try:
        assert compare(output, answer).accepted
        assert tracemalloc.get_traced_memory()[1] < 128 * BLOCK_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("flags", [(), ("float_tolerance", "1e-6")])
@pytest.mark.parametrize("shape", [b"%sx", b"-%s.%sx", b"1e%sx", b".%sx", b"%s", b"1.%se%s"])
def test_a_flood_of_digits_costs_its_length_only(shape: bytes, flags: tuple[str, ...]) -> None:
    output = shape.replace(b"%s", b"1" * 2_000_000)
    began = time.monotonic()
    assert not compare(output, b"42", flags).accepted
    assert time.monotonic() - began < 2
