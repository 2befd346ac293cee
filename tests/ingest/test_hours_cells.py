"""Hours: the text is always kept, a rule only where it is certain."""

import json

import pytest

from geo_app.domain.calendar import AlertKind
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.hours_cells import read_closures, read_dated_hours, read_hours, read_statements
from geo_app.wording.catalogue import get_words
from geo_app.wording.problems import problem_hint, problem_sentence

KOREAN = get_words("ko")


def _columns(read, table, **cells):
    reading = read("a.csv", table({"시설명": "가", "위도": "35.1395", "경도": "126.7930", **cells}))
    return [(problem.code, problem.column) for problem in reading.problems if problem.is_error]


def _hours(read, table, **cells):
    reading = read("a.csv", table({"시설명": "가", "위도": "35.1395", "경도": "126.7930", **cells}))
    return (reading.rows[0].draft.hours if reading.rows else None), [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("cells", "text", "rule", "holidays"),
    [
        ({"운영시간": "09:00-18:00"}, "09:00-18:00", "Mo-Su 09:00-18:00", None),
        ({"운영시간": "Mo-Fr 09:00-18:00; PH off"}, "Mo-Fr 09:00-18:00; PH off", "Mo-Fr 09:00-18:00", "closed"),
        (
            {"평일운영시작시각": "0900", "평일운영종료시각": "18:00", "토요일운영시작시각": "10:00", "토요일운영종료시각": "14:00"},
            "평일 09:00-18:00, 토요일 10:00-14:00",
            "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
            None,
        ),
        (
            {"평일운영시작시각": "09:00", "평일운영종료시각": "18:00", "공휴일운영시작시각": "10:00", "공휴일운영종료시각": "15:00"},
            "평일 09:00-18:00, 공휴일 10:00-15:00",
            "Mo-Fr 09:00-18:00",
            "hours:10:00-15:00",
        ),
        (
            {"hours": "아홉 시부터", "opening_hours": "Mo-Fr 09:00-18:00", "on_holidays": "sunday"},
            "아홉 시부터",
            "Mo-Fr 09:00-18:00",
            "sunday",
        ),
        ({"hours": "늘", "opening_hours": "24/7", "on_holidays": ""}, "늘", "24/7", None),
    ],
)
def test_certain_hours_have_a_rule(read, table, cells, text, rule, holidays):
    hours, problems = _hours(read, table, **cells)
    assert [(item.text, item.opening_hours, item.on_holidays) for item in hours] == [(text, rule, holidays)]
    assert problems == []


@pytest.mark.parametrize(
    ("cells", "text", "rule", "holidays"),
    [
        ({"운영시간": "09:00-18:00", "휴무일": "일요일, 공휴일"}, "09:00-18:00, 휴무일 일요일, 공휴일", "Mo-Sa 09:00-18:00", "closed"),
        ({"운영시간": "09:00-18:00", "휴무일": "연중무휴"}, "09:00-18:00, 휴무일 연중무휴", "Mo-Su 09:00-18:00", "usual"),
        ({"운영시간": "09:00-18:00", "휴무일": "-"}, "09:00-18:00, 휴무일 -", "Mo-Su 09:00-18:00", None),
        ({"운영시간": "09:00-18:00", "휴무일": "토요일 / 일요일"}, "09:00-18:00, 휴무일 토요일 / 일요일", "Mo-Fr 09:00-18:00", None),
        ({"영업시간": "평일 9시~18시, 일·공휴일 휴무"}, "평일 9시~18시, 일·공휴일 휴무", "Mo-Fr 09:00-18:00", "closed"),
        ({"영업시간": "평일 9시~18시", "공휴일운영": "usual"}, "평일 9시~18시", "Mo-Fr 09:00-18:00", "usual"),
        (
            {"평일운영시작시각": "09:00", "평일운영종료시각": "18:00", "휴무일": "매주 월요일"},
            "평일 09:00-18:00, 휴무일 매주 월요일",
            "Tu-Fr 09:00-18:00",
            None,
        ),
    ],
)
def test_hours_in_words_have_a_rule_that_is_said_back_to_the_clerk(read, table, cells, text, rule, holidays):
    hours, problems = _hours(read, table, **cells)
    assert [(item.text, item.opening_hours, item.on_holidays) for item in hours] == [(text, rule, holidays)]
    assert problems == ([] if cells.get("휴무일") == "-" else ["hours-read"])


def test_what_was_read_and_what_was_not_is_told_in_a_sentence(read, table):
    places = {"시설명": "가", "위도": "35.1395", "경도": "126.7930"}
    (told,) = read("a.csv", table({**places, "운영시간": "평일 9시~18시, 공휴일 휴무"})).problems
    assert problem_sentence(told, KOREAN).endswith("평일 오전 9시~오후 6시, 주말 쉼 · 공휴일 쉼.")
    (told,) = read("a.csv", table({**places, "운영시간": "매일 9시~18시, 격주 월요일 휴무"})).problems
    assert told.code == "hours-not-understood"
    assert "“격주”" in problem_hint(told, KOREAN)
    (told,) = read("a.csv", table({**places, "운영시간": "9시~6시"})).problems
    assert "매일 오전 9시~오후 6시 / 매일 오전 9시~다음 날 오전 6시" in problem_hint(told, KOREAN)


def test_notes_and_hours_under_an_alert_stand_beside_the_statement(read, table):
    hours, problems = _hours(read, table, 운영시간="매일 09~18시(LO 17:30), 폭염특보 시 21시까지 연장", 출처="구청")
    assert [(item.opening_hours, item.alert) for item in hours] == [
        ("Mo-Su 09:00-18:00", None),
        ("Mo-Su 09:00-21:00", AlertKind.HEAT_WAVE),
    ]
    assert len({item.text for item in hours}) == 1
    assert problems == ["hours-read", "hours-read", "hours-note-last-order"]


def test_hours_under_an_alert_are_said_back_too(read, table):
    places = {"시설명": "가", "위도": "35.1395", "경도": "126.7930"}
    told = read("a.csv", table({**places, "운영시간": "매일 09~18시, 폭염특보 시 21시까지 연장"})).problems
    sentences = [problem_sentence(item, KOREAN) for item in told]
    assert ["폭염" in sentence.split("읽었습니다")[1] for sentence in sentences] == [False, True]
    assert "오후 9시" in sentences[1]


def test_who_wrote_words_is_told_what_to_write_in_words(read, table):
    places = {"시설명": "가", "위도": "35.1395", "경도": "126.7930"}
    for text in ("매일 9시~18시, 격주 월요일 휴무", "사장님 마음", "9시~6시"):
        (told,) = read("a.csv", table({**places, "운영시간": text})).problems
        assert "Mo-Fr" not in problem_hint(told, KOREAN)


@pytest.mark.parametrize(
    "cells",
    [
        {"운영시간": "사장님 마음"},
        {"운영시간": "09:00-18:00", "휴무일": "격주 월요일"},
        {"휴무일": "일요일"},
        {"평일운영시작시각": "00:00", "평일운영종료시각": "00:00"},
        {"평일운영시작시각": "아침", "평일운영종료시각": "저녁"},
    ],
)
def test_uncertain_hours_stay_text_and_say_so(read, table, cells):
    hours, problems = _hours(read, table, **cells)
    assert hours[0].opening_hours is None
    assert all(word in hours[0].text for word in cells.values())
    assert problems == ["hours-not-understood"]


def test_no_hours_are_no_statement(read, table):
    assert _hours(read, table, 운영시간="", 휴무일="") == ((), [])


@pytest.mark.parametrize(
    ("column", "code"), [("opening_hours", "bad-opening-hours"), ("on_holidays", "bad-holiday-rule"), ("hours_more", "bad-json")]
)
def test_a_rule_of_our_own_that_is_none_keeps_the_row_out(read, table, column, code):
    assert _hours(read, table, **{"hours": "9-6", "opening_hours": "", column: "x~y"}) == (
        None,
        ["hours-not-understood"] * (column == "hours_more") + [code],
    )


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("opening_hours", "x", "bad-opening-hours"),
        ("on_holidays", "x", "bad-holiday-rule"),
        ("hours_source_url", "x", "bad-url"),
        ("hours_as_of", "x", "bad-date"),
        ("closures", "{}", "bad-closures"),
        ("dated_hours", '[{"first": "2026-01-01", "last": "2026-01-01", "times": "오전"}]', "bad-dated-hours"),
        ("hours_more", "[7]", "bad-hours-list"),
    ],
)
def test_the_column_at_fault_is_named(read, table, column, text, code):
    assert _columns(read, table, hours="09:00-18:00", **{column: text}) == [(code, column)]


@pytest.mark.parametrize(
    "items", [{}, [7], [{"text": 1}], [{"x": "y"}], [{"opening_hours": "Mo"}], [{"text": "x", "opening_hours": "?"}], [{"text": "x"}] * 50]
)
def test_lists_of_statements_that_have_not_their_form_are_refused(items):
    with pytest.raises(BadCell):
        read_statements(json.loads(json.dumps(items)))


@pytest.mark.parametrize(
    "items", [{}, [7], [{"first": "2026-01-01"}], [{"first": "2026-01-02", "last": "2026-01-01"}], [{"first": "x", "last": "y"}]]
)
def test_closures_that_have_not_their_form_are_refused(items):
    with pytest.raises(BadCell):
        read_closures(items)


@pytest.mark.parametrize(
    "items",
    [
        {},
        [7],
        [{"first": "2026-01-01", "last": "2026-01-01"}],
        [{"first": "2026-01-02", "last": "2026-01-01", "times": "10:00-15:00"}],
        [{"first": "2026-01-01", "last": "2026-01-01", "times": "25:00-26:00"}],
        [{"first": "x", "last": "y", "times": "10:00-15:00"}],
    ],
)
def test_dated_hours_that_have_not_their_form_are_refused(items):
    with pytest.raises(BadCell):
        read_dated_hours(items)


def test_dated_hours_and_a_statement_under_an_alert_are_read():
    (dated,) = read_dated_hours([{"first": "2026-12-24", "last": "2026-12-25", "times": "22:00-26:00", "reason": "성탄"}])
    assert (dated.last.day, dated.times, dated.reason) == (25, "22:00-26:00", "성탄")
    (statement,) = read_statements([{"text": "x", "opening_hours": "Mo-Su 09:00-21:00", "alert": "heat-wave"}])
    assert statement.alert == "heat-wave"
    with pytest.raises(BadCell):
        read_statements([{"text": "x", "alert": "typhoon"}])


def test_nothing_said_is_none():
    assert read_hours("", "", None, "") is None
