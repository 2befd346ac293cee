"""The plain week and its grid. The engine of opening hours, asked for an ordinary week, is the second witness."""

from datetime import date

import pytest

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import build_timeline
from geo_app.domain.hours.timeline import State
from geo_app.domain.site import HoursStatement
from geo_app.papers.hours_grid import grid_rows, hours_note
from geo_app.papers.week import find_plain_week
from geo_app.wording.catalogue import get_words

KO = get_words("ko")
MONDAY = date(2026, 6, 1)


def said(text, on_holidays=None, **more):
    return {"text": text, "opening_hours": text, "on_holidays": on_holidays, **more}


@pytest.mark.parametrize(
    "text", ["Mo-Fr 09:00-18:00; Sa 10:00-14:00", "Mo-Su 18:00-04:00; We off", "24/7", "Mo-Su 10:00-14:00,17:00-24:00", "Tu-Su 22:00-06:00"]
)
def test_the_plain_week_is_what_the_engine_says_of_an_ordinary_week(text):
    week = find_plain_week([said(text)])
    minutes = 7 * 1440
    expected = build_timeline([HoursStatement(text, text)], calendar=Calendar.empty(), first_day=MONDAY, day_count=7)
    told = set()
    for day, spans in enumerate(week.days):
        for span in spans:
            told |= {(day * 1440 + minute) % minutes for minute in range(span.starts_min, span.ends_min)}
    assert told == {minute for minute in range(minutes) if expected.state_at(minute) is State.OPEN}


def test_nobody_said_or_nobody_understood_is_no_week():
    assert find_plain_week([]) is None
    assert find_plain_week([{"text": "사장님 마음대로"}]) is None
    assert find_plain_week([said("24/7"), {"text": "사장님 마음대로"}]) is None


def test_sources_that_agree_on_some_days_leave_the_others_unknown():
    week = find_plain_week([said("Mo-Fr 09:00-18:00"), said("Mo-Fr 09:00-18:00; Sa 10:00-12:00")])
    rows = grid_rows(week, KO, is_grouped=True)
    assert rows == (("월~금", "09:00~18:00", "open"), ("토", "미확인", "unknown"), ("일", "쉼", "off"))
    assert "출처마다" in hours_note(week, KO)


def test_sources_that_agree_on_no_day_leave_no_week():
    assert find_plain_week([said("24/7"), said("Mo-Su 16:00-06:00")]) is None


def test_hours_under_an_alert_do_not_stand_in_the_plain_week():
    assert find_plain_week([said("Mo-Fr 09:00-18:00"), said("24/7", alert="heat-wave")]) == find_plain_week([said("Mo-Fr 09:00-18:00")])


def test_the_grid_of_seven_days_tells_past_midnight_and_closed_days():
    rows = grid_rows(find_plain_week([said("Mo-Fr 09:00-18:00; Sa 18:00-02:00")]), KO, is_grouped=False)
    assert [row[0] for row in rows] == list("월화수목금토일")
    assert rows[5][1:] == ("18:00~다음 날 02:00", "open")
    assert rows[6][1:] == ("쉼", "off")


def test_the_note_tells_what_the_grid_cannot():
    week = find_plain_week([said("Mo-Su 09:00-21:00; Su[2,4] off", "usual")])
    assert grid_rows(week, KO, is_grouped=True) == (("월~일", "09:00~21:00", "open"),)
    assert hours_note(week, KO) == "둘째·넷째 일요일 쉼 · 공휴일도 평소와 같음"
    assert hours_note(find_plain_week([said("Mo-Su 09:00-21:00")]), KO) == "공휴일 미확인"


def test_a_rule_for_some_months_is_told_in_words_and_not_in_a_grid():
    week = find_plain_week([said("Jun-Aug Mo-Su 09:00-22:00; Sep-May Mo-Su 09:00-18:00", "closed")])
    assert grid_rows(week, KO, is_grouped=False) == ()
    assert "6~8월" in hours_note(week, KO)
    assert "공휴일 쉼" in hours_note(week, KO)
