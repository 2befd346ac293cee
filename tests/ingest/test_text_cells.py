"""Text is kept as typed; what cannot be seen is taken off and said; formulas never compute."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.ingest.text_cells import is_everyday, list_invisible, neutralise_formula, plain_text, restore_formula

ATTACKS = [
    '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A1",
    "@SUM(1)",
    "+82-62-1",
    "-1+1",
    "<script>alert(1)</script>",
    '" onerror="x',
    "</script>",
    "${7*7}",
    "`x`",
    "{{7*7}}",
    "{% raw %}",
    "javascript:alert(1)",
    "카페 😀 👨‍👩‍👧",
    "NA",
    "null",
    "TRUE",
    "None",
    "#N/A",
    "0",
    "N/A",
    "it's",
    "'인용'",
]


@pytest.mark.parametrize("name", ATTACKS)
def test_a_name_is_kept_as_typed(read, table, name):
    reading = read("a.csv", table({"시설명": name, "위도": "35.1395", "경도": "126.7930"}))
    assert [row.draft.name for row in reading.rows] == [name]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("typed", "kept", "marks"),
    [
        ("카페\u202egnp.exe", "카페gnp.exe", "U+202E"),
        ("카\u200b페\ufeff", "카페", "U+200B, U+FEFF"),
        ("카페\x07", "카페", "U+0007"),
        ("\u2066카페\u2069", "카페", "U+2066, U+2069"),
    ],
)
def test_invisible_marks_are_taken_off_and_said(read, table, typed, kept, marks):
    reading = read("a.csv", table({"시설명": typed, "위도": "35.1395", "경도": "126.7930"}))
    assert reading.rows[0].draft.name == kept
    assert [(problem.code, problem.details["marks"], problem.is_error) for problem in reading.problems] == [
        ("invisible-characters", marks, False)
    ]


@pytest.mark.parametrize("blank", ["", "  ", "\t", "\u3164", "\u200b", "\u200d", "\xa0"])
def test_a_name_of_nothing_to_see_keeps_its_row_out(read, table, blank):
    reading = read("a.csv", table({"시설명": blank, "위도": "35.1395", "경도": "126.7930"}))
    assert [problem.code for problem in reading.problems if problem.is_error] == ["blank-name"]
    assert reading.rows == []


def test_line_ends_in_a_name_become_a_space(read, table):
    reading = read("a.csv", table({"시설명": "카페\r\nSet-Cookie: x", "위도": "35.1395", "경도": "126.7930"}))
    assert reading.rows[0].draft.name == "카페 Set-Cookie: x"


def test_a_name_of_20_000_letters_is_refused_with_the_limit(read, table):
    reading = read("a.csv", table({"시설명": "가" * 20_000, "위도": "35.1395", "경도": "126.7930"}))
    assert [(problem.code, problem.details) for problem in reading.problems] == [("text-too-long", {"limit": 200, "length": 20_000})]
    assert len(reading.problems[0].value) < 300


def test_letters_lost_before_are_said(read, table, codes):
    assert codes(read("a.csv", table({"시설명": "카\ufffd", "위도": "35.1395", "경도": "126.7930"}))) == {"replacement-character": 1}


@given(st.text())
def test_what_is_neutralised_comes_back_and_computes_nothing(text):
    safe = neutralise_formula(text)
    assert not safe or safe[0] not in "=+-@\t\r\n＝＋－＠"
    assert restore_formula(safe) == text or safe == text


@given(st.text())
def test_plain_text_is_stable_and_composed(text):
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert unicodedata.is_normalized("NFC", plain)


@given(st.text(st.characters(codec="utf-8")))
def test_everyday_text_is_what_no_rule_would_change(text):
    if is_everyday(text):
        assert plain_text(text) == restore_formula(text) == text


@given(st.text(st.sampled_from("'=+-@a\t＝"), max_size=6))
def test_marks_before_formulas_are_counted_right(text):
    assert restore_formula(neutralise_formula(text)) == (text if neutralise_formula(text) != text else restore_formula(text))


def test_code_points_that_are_no_characters_are_taken_out_and_named():
    assert plain_text("가\uffff나\ufffe다\U0001ffff라\ufdd0") == "가나다라"
    assert list_invisible("a\uffff") == ["U+FFFF"]
