"""Hours, times and doors in words."""

import re
from datetime import datetime, time, timedelta
from string import Formatter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import BadHours, Refusal, State, parse_opening_hours
from geo_app.wording.catalogue import LOCALE_FOLDER, get_words
from geo_app.wording.readback import REFUSAL_WORDS, clock_time, duration, moment, read_back, refusal_sentence, state_sentence

KO, EN = get_words("ko"), get_words("en")


def seoul(text):
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


SENTENCES = [
    ("Mo-Fr 09:00-18:00; Sa 10:00-14:00; Su off", "closed", "평일 오전 9시~오후 6시, 토요일 오전 10시~오후 2시, 일요일 쉼 · 공휴일 쉼"),
    ("Mo-Su 18:00-04:00", "usual", "매일 오후 6시~다음 날 새벽 4시 · 공휴일도 평소와 같음"),
    ("24/7", None, "24시간"),
    ("24/7", "closed", "매일 24시간 · 공휴일 쉼"),
    ("Mo-Su 10:00-22:00; Su[2,4] off", None, "매일 오전 10시~오후 10시, 둘째·넷째 일요일 쉼 · 공휴일 미확인"),
    ("Su[1,-1] 10:00-12:00", "sunday", "첫째·마지막 일요일 오전 10시~낮 12시, 그 밖의 날 쉼 · 공휴일은 일요일과 같음"),
    (
        "Mo,We,Fr 10:00-14:00,15:30-24:00",
        "usual",
        "월·수·금요일 오전 10시~오후 2시 및 오후 3시 30분~자정, 화·목·토·일요일 쉼 · 공휴일도 평소와 같음",
    ),
    ("Mo-Th 00:00-06:00", "closed", "월~목요일 0시~오전 6시, 금~일요일 쉼 · 공휴일 쉼"),
    ("Mar-Oct Mo-Su 09:00-18:00", "closed", "3~10월 매일 오전 9시~오후 6시 / 그 밖의 기간 쉼 · 공휴일 쉼"),
    (
        "10:00-22:00; Dec 24-26,Jan 1 off",
        "hours:10:00-16:00",
        "매일 오전 10시~오후 10시 / 1월 1일·12월 24~26일 쉼 · 공휴일 오전 10시~오후 4시",
    ),
    (
        "Nov-Feb 10:00-17:00; Mar-Oct 09:00-18:00",
        "usual",
        "11~2월 매일 오전 10시~오후 5시 / 3~10월 매일 오전 9시~오후 6시 · 공휴일도 평소와 같음",
    ),
    (
        "10:00-22:00; Jul 15-Aug 20 off",
        "closed-seollal-chuseok",
        "매일 오전 10시~오후 10시 / 7월 15일~8월 20일 매일 쉼 · 설날·추석 당일 쉼",
    ),
    ("Mo-Fr 09:00-18:00, We 17:00-21:00", "closed", "월·화·목·금요일 오전 9시~오후 6시, 수요일 오전 9시~오후 9시, 주말 쉼 · 공휴일 쉼"),
]


@pytest.mark.parametrize(("opening_hours", "on_holidays", "sentence"), SENTENCES)
def test_hours_are_told_as_people_say_them(opening_hours, on_holidays, sentence):
    assert read_back(opening_hours, on_holidays, KO) == sentence


def test_hours_are_told_in_english_too():
    told = read_back("Mo-Fr 09:00-18:00; Sa 18:00-02:00; Su[1] 10:00-12:30", "closed", EN)
    expected = "weekdays 9 am–6 pm, Sat 6 pm–2 in the morning the next day, Sun closed all day, first Sun 10 am–12:30 pm"
    assert told == f"{expected} · closed on public holidays"


def test_hours_not_understood_have_no_sentence():
    assert read_back(None, "closed", KO) is None
    assert read_back("매일 10시", None, KO) is None


days = st.sampled_from(["", "Mo-Fr ", "Sa,Su ", "Mo,We ", "Su[2,4] ", "Mo-Sa,Su[-1] ", "Th[5] "])
dates = st.sampled_from(["", "", "Mar-Oct ", "Nov-Feb ", "Feb 29 ", "Dec 24-Jan 3 ", "Jan 1,May 5-9 "])
times = st.sampled_from(["off", "09:00-18:00", "18:00-04:00", "00:00-24:00", "09:00-33:00", "10:00-14:00,15:30-26:15", "00:00-00:30"])
written = st.lists(st.tuples(dates, days, times).map("".join), min_size=1, max_size=5)
holiday_rules = st.sampled_from([None, "closed", "sunday", "usual", "closed-seollal-chuseok", "hours:10:00-16:00", "nonsense"])


@settings(deadline=None, max_examples=60)
@given(written, st.sampled_from(["; ", ", "]), holiday_rules)
def test_whatever_is_read_is_told_back_in_both_languages(rules, joint, on_holidays):
    try:
        parsed = parse_opening_hours(joint.join(rules))
    except BadHours as refusal:
        assume(refusal.reason is not Refusal.OVERLAP)  # sittings that a comma joined on one day
        raise
    korean, english = read_back(parsed.opening_hours, on_holidays, KO), read_back(parsed.opening_hours, on_holidays, EN)
    assert korean
    assert english
    assert not re.search(r"[A-Za-z{}]", korean), korean
    assert not re.search(r"[가-힣{}]", english), english


CLOCK = [
    (0, "자정", "midnight"),
    (30, "밤 12시 30분", "12:30 at night"),
    (60, "새벽 1시", "1 in the morning"),
    (130, "새벽 2시 10분", "2:10 in the morning"),
    (359, "새벽 5시 59분", "5:59 in the morning"),
    (360, "오전 6시", "6 am"),
    (545, "오전 9시 5분", "9:05 am"),
    (720, "낮 12시", "noon"),
    (725, "낮 12시 5분", "12:05 pm"),
    (780, "오후 1시", "1 pm"),
    (1439, "오후 11시 59분", "11:59 pm"),
    (1440, "자정", "midnight"),
    (1680, "새벽 4시", "4 in the morning"),
]


@pytest.mark.parametrize(("minute", "korean", "english"), CLOCK)
def test_a_time_of_day_has_its_part_of_the_day(minute, korean, english):
    assert (clock_time(minute, KO), clock_time(minute, EN)) == (korean, english)
    assert clock_time(time(minute // 60 % 24, minute % 60), KO) == korean


@pytest.mark.parametrize(("minutes", "korean"), [(0, "0분"), (38, "38분"), (120, "2시간"), (125, "2시간 5분")])
def test_a_length_is_told_in_hours_and_minutes(minutes, korean):
    assert duration(minutes, KO) == korean


MOMENTS = [
    ("2026-11-24T02:10", "2026-11-24T01:00", "새벽 2시 10분"),
    ("2026-11-25T02:10", "2026-11-24T23:00", "새벽 2시 10분"),
    ("2026-11-25T02:10", "2026-11-24T09:00", "내일 새벽 2시 10분"),
    ("2026-11-25T00:00", "2026-11-24T09:00", "오늘 밤 12시"),
    ("2026-11-24T00:00", "2026-11-24T09:00", "0시"),
    ("2026-11-25T09:00", "2026-11-24T09:00", "내일 오전 9시"),
    ("2026-11-23T09:00", "2026-11-24T09:00", "어제 오전 9시"),
    ("2026-11-30T09:00", "2026-11-24T09:00", "11월 30일(월) 오전 9시"),
    ("2026-11-26T00:00", "2026-11-24T09:00", "11월 26일(목) 0시"),
    ("2027-01-03T09:00", "2026-12-24T09:00", "2027년 1월 3일(일) 오전 9시"),
    ("2027-01-01T01:00", "2026-12-31T23:00", "새벽 1시"),
]


@pytest.mark.parametrize(("at", "now", "korean"), MOMENTS)
def test_a_moment_has_its_date_when_it_is_not_today(at, now, korean):
    assert moment(seoul(at), seoul(now), KO) == korean
    elsewhere = [seoul(text).astimezone(tz=None) for text in (at, now)]
    assert moment(*elsewhere, KO) == korean


AT = seoul("2026-11-24T01:22")
DOORS = [
    (State.OPEN, 38, None, "열려 있어요 · 새벽 2시까지 (38분 쉴 수 있음)"),
    (State.OPEN, 16, State.CLOSED, "열려 있어요 · 새벽 1시 38분까지 (16분 쉴 수 있음)"),
    (State.OPEN, 15, State.CLOSED, "곧 닫아요 · 15분 뒤"),
    (State.OPEN, 12, State.CLOSED, "곧 닫아요 · 12분 뒤"),
    (State.OPEN, 578, State.CLOSED, "열려 있어요 · 오전 11시까지"),
    (State.OPEN, 1358, State.UNKNOWN, "열려 있어요 · 오늘 밤 12시까지만 확인됐어요"),
    (State.OPEN, None, None, "24시간 열려 있어요"),
    (State.CLOSED, 458, State.OPEN, "닫혀 있어요 · 오전 9시에 열어요"),
    (State.CLOSED, 458, None, "닫혀 있어요 · 오전 9시에 열어요"),
    (State.CLOSED, 458, State.UNKNOWN, "닫혀 있어요"),
    (State.CLOSED, None, None, "닫혀 있어요"),
    (State.UNKNOWN, 458, State.OPEN, "영업시간 미확인"),
    (State.UNKNOWN, None, None, "영업시간 미확인"),
]


@pytest.mark.parametrize(("state", "left_min", "then", "sentence"), DOORS)
def test_the_state_of_a_door_is_one_sentence(state, left_min, then, sentence):
    until = None if left_min is None else AT + timedelta(minutes=left_min)
    assert state_sentence(state, until, AT, KO, then) == sentence


def test_seconds_do_not_lengthen_a_rest():
    assert (
        state_sentence(State.OPEN, AT + timedelta(minutes=30), AT + timedelta(seconds=30), KO)
        == "열려 있어요 · 새벽 1시 52분까지 (29분 쉴 수 있음)"
    )


def test_every_refusal_has_a_sentence_for_staff():
    assert set(REFUSAL_WORDS) == set(Refusal)
    for reason, msgid in REFUSAL_WORDS.items():
        sentence = refusal_sentence(BadHours(reason, position=7, value="값"), KO)
        assert sentence != msgid
        assert sentence.endswith((".", "off", "]", "”"))


def test_the_catalogue_of_hours_fills_the_same_places_as_its_messages():
    text = (LOCALE_FOLDER / "ko" / "hours.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', text, re.MULTILINE)
    assert len(pairs) > 80
    for msgid, msgstr in pairs:
        assert msgstr
        assert KO.messages[msgid] == msgstr.replace('\\"', '"')
        assert _places(msgid) >= _places(msgstr)
        assert _places(msgid) - _places(msgstr) <= {"value"}


def _places(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        ("heat-wave", "폭염특보가 내려진 날: 매일 오전 9시~오후 9시 · 공휴일도 평소와 같음"),
        ("cold-wave", "한파특보가 내려진 날: 매일 오전 9시~오후 9시 · 공휴일도 평소와 같음"),
    ],
)
def test_hours_under_an_alert_say_when_they_hold(alert, expected):
    assert read_back("Mo-Su 09:00-21:00", "usual", get_words("ko"), alert=alert) == expected
