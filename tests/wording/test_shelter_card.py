"""The sentences of a shelter's card: honest about estimates, arrivals, old hours, reports and the door."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import Answer, State
from geo_app.domain.layers import ENTRY_RULES
from geo_app.domain.report import ReportSummary
from geo_app.travel.speeds import Mode
from geo_app.wording import greeting, shelter_card, whereabouts
from geo_app.wording.catalogue import LANGUAGES, SOURCE_LANGUAGE, get_words
from geo_app.wording.shelter_card import (
    checked_sentence,
    door_sentence,
    entry_sentence,
    range_sentence,
    report_sentence,
    rough_way_sentence,
    way_sentence,
)

KO = get_words("ko")
AT = datetime(2026, 11, 24, 1, 10, tzinfo=SEOUL)
TABLES = (
    shelter_card.WAY_WORDS,
    shelter_card.LONGEST_WAY_WORDS,
    shelter_card.BEFOREHAND_WORDS,
    greeting.GREETING_WORDS,
    whereabouts.WIND_WORDS,
)


def opens_until(hour, minute=0, then=State.CLOSED):
    return Answer(State.OPEN, AT.replace(hour=hour, minute=minute), then)


def door(now, arrival, travel_min=6, *, is_doubtful=False, checked_days=3, words=KO):
    return door_sentence(now, arrival, AT, AT + timedelta(minutes=travel_min), words, is_doubtful=is_doubtful, checked_days=checked_days)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE])
def test_every_sentence_of_the_tables_is_translated(lang):
    messages = get_words(lang).messages
    assert [msgid for table in TABLES for msgid in table.values() if msgid not in messages] == []


def test_every_way_and_every_rule_has_its_words():
    assert set(shelter_card.WAY_WORDS) == set(shelter_card.LONGEST_WAY_WORDS) == {mode.value for mode in Mode}
    assert set(greeting.GREETING_WORDS) == set(ENTRY_RULES)


def test_a_way_is_told_in_minutes_and_metres_and_as_an_estimate():
    assert way_sentence("walk", 5.2, 418, KO) == "걸어서 6분 · 420 m (추정)"
    assert way_sentence("motorbike", 0, 0, KO) == "오토바이·PM으로 1분 · 0 m (추정)"
    assert way_sentence("bicycle", 61, 11_000, get_words("en")) == "1 h 1 min by bicycle · 11 km (estimate)"


def test_a_rough_place_shows_a_range_and_the_minutes_to_its_far_end():
    assert range_sentence("하남동", 0, 1730, KO) == "하남동 안 · 약 0–2 km"
    assert range_sentence(None, 0, 3000, KO) == "정확한 위치 미확인 · 약 0–3 km"
    assert range_sentence("하남산단", 120, 640, KO) == "하남산단 안 · 약 100–700 m"
    assert rough_way_sentence("walk", 38.2, "하남동", 0, 1730, KO) == "하남동 안 · 약 0–2 km · 걸어서 길어야 39분 (추정)"


@given(st.floats(0, 40_000), st.floats(1, 6_000))
def test_a_range_never_promises_less_than_the_way_may_be(distance, radius):
    near, far = max(0.0, distance - radius), distance + radius
    said = range_sentence("하남동", near, far, get_words("en")).partition("about ")[2]
    span, unit = said.replace(",", "").split(" ")
    low, high = (float(part) * (1000 if unit == "km" else 1) for part in span.split("–"))
    assert low <= near
    assert far <= high


def test_rest_is_counted_from_the_arrival():
    assert door(opens_until(2), opens_until(2), 12) == "열려 있어요 · 새벽 2시까지 (도착해서 38분 쉴 수 있음)"
    assert door(opens_until(2), opens_until(2), 0) == "열려 있어요 · 새벽 2시까지 (50분 쉴 수 있음)"
    assert door(opens_until(2), opens_until(2), 40) == "곧 닫아요 · 도착하면 10분 남아요"
    assert door(opens_until(9), opens_until(9)) == "열려 있어요 · 오전 9시까지"
    assert door(Answer(State.OPEN), Answer(State.OPEN)) == "24시간 열려 있어요"


def test_a_door_that_shuts_on_the_way_is_not_called_open():
    assert door(opens_until(1, 15), Answer(State.CLOSED, AT.replace(hour=9), State.OPEN)) == "도착하기 전에 닫아요 · 새벽 1시 15분"


def test_a_door_that_opens_on_the_way_says_so():
    closed = Answer(State.CLOSED, AT.replace(hour=2, minute=0), State.OPEN)
    assert door(closed, opens_until(9), 60) == "새벽 2시에 열어요 · 도착하면 열려 있어요"
    assert door(closed, closed) == "닫혀 있어요 · 새벽 2시에 열어요"


def test_unknown_hours_are_never_open_or_closed():
    unknown = Answer(State.UNKNOWN)
    assert door(unknown, unknown) == "영업시간 미확인"
    assert door(opens_until(1, 14, State.UNKNOWN), unknown) == "도착할 때 열려 있는지 몰라요"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("until", [None, 2, 9])
@pytest.mark.parametrize("days", [None, 12, 210])
def test_a_doubtful_open_door_never_reads_like_a_sure_one(lang, until, days):
    words = get_words(lang)
    arrival = Answer(State.OPEN) if until is None else opens_until(until)
    doubtful = door(arrival, arrival, is_doubtful=True, checked_days=days, words=words)
    sure = door(arrival, arrival, words=words)
    assert doubtful != sure
    assert not doubtful.startswith(sure.split(" · ")[0] + " ·")


def test_old_hours_say_how_old():
    assert door(opens_until(2), opens_until(2), is_doubtful=True, checked_days=215) == "열려 있을 수 있어요 · 새벽 2시까지 · 확인 7달 전"
    assert (
        door(opens_until(2), opens_until(2), is_doubtful=True, checked_days=None) == "열려 있을 수 있어요 · 새벽 2시까지 · 확인한 적 없음"
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "영업시간 확인 오늘"),
        (12, "영업시간 확인 12일 전"),
        (59, "영업시간 확인 59일 전"),
        (60, "영업시간 확인 2달 전"),
        (729, "영업시간 확인 24달 전"),
        (730, "영업시간 확인 2년 전"),
        (None, "영업시간을 아직 확인하지 못했어요"),
    ],
)
def test_a_check_is_told_by_its_age(days, said):
    assert checked_sentence(days, KO) == said


def test_one_report_shows_its_time_and_two_ask_for_a_check():
    seen = datetime(2026, 11, 24, 2, 12, tzinfo=SEOUL)
    later = seen + timedelta(hours=3)
    almost_a_day = seen + timedelta(hours=23)
    assert report_sentence(ReportSummary(1, seen), later, later, KO) == "오늘 02:12 닫힘 제보 1건"
    assert report_sentence(ReportSummary(1, seen), almost_a_day, almost_a_day, KO) == "어제 02:12 닫힘 제보 1건"
    assert report_sentence(ReportSummary(2, seen), later, later, KO) == "확인 필요 · 닫힘 제보 2건"
    assert report_sentence(ReportSummary(0, None, seen), later, later, KO) is None
    assert report_sentence(None, later, later, KO) is None


def test_reports_are_told_for_the_time_asked_for_and_name_their_day():
    seen = datetime(2026, 11, 24, 22, 12, tzinfo=SEOUL)
    now = seen + timedelta(minutes=10)
    tomorrow, two_days_on = now + timedelta(hours=10), now + timedelta(hours=43)
    assert report_sentence(ReportSummary(1, seen), tomorrow, now, KO) == "11월 24일(화) 22:12 닫힘 제보 1건"
    assert report_sentence(ReportSummary(2, seen), tomorrow, now, KO) == "확인 필요 · 닫힘 제보 2건"
    for count in (1, 2):
        assert report_sentence(ReportSummary(count, seen), two_days_on, now, KO) is None
    assert report_sentence(ReportSummary(2, seen), seen + timedelta(minutes=1439, seconds=59), now, KO) is not None
    assert report_sentence(ReportSummary(2, seen), seen + timedelta(days=1), now, KO) is None


def test_whoever_found_it_open_is_named_beside_those_who_found_it_closed():
    seen = datetime(2026, 11, 24, 7, 2, tzinfo=SEOUL)
    told = ReportSummary(2, seen, seen + timedelta(minutes=16))
    assert report_sentence(told, seen + timedelta(hours=1), seen + timedelta(hours=1), KO) == "확인 필요 · 닫힘 제보 2건 · 07:18 열림 제보"
    tomorrow = seen + timedelta(hours=20)
    assert report_sentence(told, tomorrow, tomorrow, KO) == "확인 필요 · 닫힘 제보 2건 · 11월 24일(화) 07:18 열림 제보"
    long_ago = ReportSummary(1, seen, seen - timedelta(days=2))
    assert report_sentence(long_ago, seen, seen, KO) == "오늘 07:02 닫힘 제보 1건"


def test_how_to_get_in_says_what_to_do_beforehand():
    assert entry_sentence("ask-staff", None, KO) == "점원에게 말씀하세요 · 안 사도 돼요"
    assert entry_sentence("registration", None, KO) == "등록한 사람만 · 가기 전에 먼저 등록하세요."
    assert entry_sentence("registration", "처음 한 번 명단에 등록해요.", KO) == "등록한 사람만 · 처음 한 번 명단에 등록해요."
    ru, note = get_words("ru"), "처음 한 번 명단에 등록해요."
    assert entry_sentence("registration", note, ru) == "Только для зарегистрированных · Сначала зарегистрируйтесь. · " + note
    assert entry_sentence("open-door", note, ru).endswith(f" · {note}")
    assert entry_sentence(None, None, KO) == "들어가는 방법을 아직 몰라요"


@pytest.mark.parametrize("entry", [None, *ENTRY_RULES])
def test_the_staff_read_korean_whatever_the_rider_reads(entry):
    assert greeting.greeting_to_staff(entry).startswith("안녕하세요.")
    assert greeting.greeting(entry, get_words("en")).startswith("Hello.")


def test_a_place_without_a_map_is_told_from_a_known_one():
    assert whereabouts.whereabouts_sentence("하남동행정복지센터", "n", 352, KO) == "하남동행정복지센터에서 북쪽 350 m"
    assert whereabouts.whereabouts_sentence("하남동", None, None, KO) == "하남동 안"
    assert whereabouts.whereabouts_sentence("도산역", "sw", 3, KO) == "도산역"
