"""Cells about public holidays: codes, words, times, and yes or no by what the column asks."""

import pytest

from geo_app.domain.hours import HOLIDAY_RULES
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.choice_words import FIELD_CHOICES
from geo_app.ingest.holiday_cells import check_holiday_rule, read_holiday_rule
from geo_app.wording.catalogue import get_words
from geo_app.wording.problems import problem_hint


def _hours(read, table, **cells):
    reading = read("a.csv", table({"시설명": "가", "위도": "35.1395", "경도": "126.7930", "운영시간": "평일 9시~18시", **cells}))
    (statement,) = reading.rows[0].draft.hours
    return statement.on_holidays


@pytest.mark.parametrize(("word", "code"), FIELD_CHOICES["on_holidays"].items())
def test_each_word_stands_for_a_rule(word, code):
    assert read_holiday_rule(word) == code
    assert check_holiday_rule(code) == code


def test_a_rule_of_our_own_stands_for_itself_and_nothing_for_nothing():
    plain = [rule for rule in HOLIDAY_RULES if rule != "hours"]
    assert [read_holiday_rule(rule) for rule in plain] == plain
    assert (read_holiday_rule("hours:10:00-16:00"), read_holiday_rule(""), read_holiday_rule("-")) == ("hours:10:00-16:00", "", "")


@pytest.mark.parametrize("text", ["10:00~16:00", "10:00 - 16:00", "10:00-16:00"])
def test_times_alone_are_the_hours_of_holidays(text):
    assert read_holiday_rule(text) == "hours:10:00-16:00"


@pytest.mark.parametrize("text", ["blah", "격주 휴무", "예", "25:00-26:00", "hours", "1"])
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(BadCell) as fault:
        read_holiday_rule(text)
    assert fault.value.code == "bad-holiday-rule"


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("공휴일운영", "휴무", "closed"),
        ("공휴일", "정상영업", "usual"),
        ("공휴일", "일요일과 동일", "sunday"),
        ("공휴일휴무", "Y", "closed"),
        ("공휴일휴무여부", "아니오", "usual"),
        ("공휴일 영업", "예", "usual"),
        ("공휴일영업여부", "N", "closed"),
        ("공휴일운영", "설·추석 당일 휴무", "closed-seollal-chuseok"),
        ("공휴일운영", "-", None),
    ],
)
def test_columns_of_holidays_are_read_by_what_they_ask(read, table, column, cell, rule):
    assert _hours(read, table, **{column: cell}) == rule


def test_the_holiday_column_holds_for_hours_under_an_alert_too(read, table):
    reading = read(
        "a.csv",
        table(
            {"시설명": "가", "위도": "35.1395", "경도": "126.7930", "운영시간": "매일 09~18시, 폭염특보 시 21시까지 연장", "공휴일": "휴무"}
        ),
    )
    assert [(item.alert, item.on_holidays) for item in reading.rows[0].draft.hours] == [(None, "closed"), ("heat-wave", "closed")]


def test_the_hint_names_words_that_are_read(read, table):
    reading = read("a.csv", table({"시설명": "가", "위도": "35.1395", "경도": "126.7930", "운영시간": "9-18", "공휴일": "모름"}))
    (fault,) = [problem for problem in reading.problems if problem.is_error]
    hint = problem_hint(fault, get_words("ko"))
    told = hint.removesuffix(" 가운데 하나를 적어 주십시오.").split(", ")
    assert [read_holiday_rule(word) for word in told] == ["closed", "usual", "sunday", "closed-seollal-chuseok", "hours:10:00-16:00"]
