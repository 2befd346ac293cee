"""Dated closures and hours as people write them: read whole, or refused whole."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.dated_cells import load_items
from geo_app.ingest.hours_cells import read_closures, read_dated_hours
from geo_app.wording.catalogue import get_words
from geo_app.wording.problems import problem_hint

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def _closures(text):
    return [(item.first.isoformat(), item.last.isoformat(), item.reason) for item in read_closures(load_items(text, "c", has_times=False))]


def _hours(text):
    items = read_dated_hours(load_items(text, "d", has_times=True))
    return [(item.first.isoformat(), item.last.isoformat(), item.times, item.reason) for item in items]


@pytest.mark.parametrize(
    ("text", "closures"),
    [
        ("2026-12-01~2026-12-03 공사", [("2026-12-01", "2026-12-03", "공사")]),
        ("2026.12.1. ~ 2026.12.3. 내부 공사", [("2026-12-01", "2026-12-03", "내부 공사")]),
        ("2026년 12월 1일", [("2026-12-01", "2026-12-01", "")]),
        ("20261201 - 20261203 공사", [("2026-12-01", "2026-12-03", "공사")]),
        ("2026-12-01 공사; 2026-12-24~2026-12-25 휴가;", [("2026-12-01", "2026-12-01", "공사"), ("2026-12-24", "2026-12-25", "휴가")]),
        ("-", []),
        ("", []),
        ('[{"first": "2026-12-01", "last": "2026-12-03"}]', [("2026-12-01", "2026-12-03", "")]),
    ],
)
def test_closures_are_read_as_people_write_them(text, closures):
    assert _closures(text) == closures


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2026-12-31 09:00-12:00 단축", [("2026-12-31", "2026-12-31", "09:00-12:00", "단축")]),
        ("2026-12-30~2026-12-31 9:00~12:00, 13:00~15:00", [("2026-12-30", "2026-12-31", "09:00-12:00,13:00-15:00", "")]),
        (
            "2026-12-30 09:00-12:00; 2026-12-31 10:00-11:00 종무식",
            [("2026-12-30", "2026-12-30", "09:00-12:00", ""), ("2026-12-31", "2026-12-31", "10:00-11:00", "종무식")],
        ),
    ],
)
def test_hours_of_single_days_are_read_as_people_write_them(text, hours):
    assert _hours(text) == hours


@pytest.mark.parametrize(
    "text",
    [
        "공사",
        "12월 1일 공사",
        "2026-02-30 공사",
        "2026-12-03~2026-12-01 공사",
        "2026-12-01, 2026-12-05 공사",
        "2026-12-01 2026-12-05",
        "2026-12-01~12-03 공사",
        "2026-12-01부터 2026-12-03까지",
        "2026-12-01 13:00-15:00 정전",
        "2026-12-01 오후 3시까지",
        "2026-12-01 공사; 어느 날",
    ],
)
def test_a_closure_that_would_be_read_in_part_is_refused(text):
    with pytest.raises(BadCell):
        _closures(text)


@pytest.mark.parametrize(
    "text", ["2026-12-31 단축", "2026-12-31", "2026-12-31 25:00-26:00", "2026-12-31 09:00-12:00 13:00-15:00", "09:00-12:00"]
)
def test_hours_of_a_day_without_times_that_can_be_read_are_refused(text):
    with pytest.raises(BadCell):
        _hours(text)


@given(st.lists(st.tuples(DAYS, st.integers(0, 40), st.sampled_from(["", "공사", "내부 수리", "works"])), max_size=4))
def test_text_and_json_tell_the_same_closures(told):
    days = [(first, first + dt.timedelta(days=length), reason) for first, length, reason in told]
    text = "; ".join(f"{first}~{last} {reason}".strip() for first, last, reason in days)
    document = json.dumps([{"first": str(first), "last": str(last), "reason": reason} for first, last, reason in days])
    assert _closures(text) == _closures(document)


@pytest.mark.parametrize("column", ["임시휴무", "임시운영시간"])
def test_the_form_in_the_hint_is_read(read, table, column):
    places = {"시설명": "가", "위도": "35.1395", "경도": "126.7930"}
    (fault,) = [item for item in read("a.csv", table({**places, column: "다음 주"})).problems if item.is_error]
    assert fault.column == column
    form = problem_hint(fault, get_words("ko")).split("‘")[1].split("’")[0]
    draft = read("a.csv", table({**places, column: f"{form}; {form}"})).rows[0].draft
    assert len(draft.closures or draft.dated_hours) == 2
