"""Gaps as a planner reads them."""

import pytest

from geo_app.planning.gaps import GapCause
from geo_app.planning.hour_spans import merge_hours
from geo_app.planning.naming import GapPlace, Wind
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.gap_words import (
    AMOUNT_WORDS,
    amount_words,
    cause_words,
    gap_sentence,
    list_spans,
    place_words,
    short_spans_words,
    spans_words,
)

NIGHTS = merge_hours(24 * day + hour for day in range(1, 6) for hour in range(1, 6))


def test_a_gap_is_told_in_one_line():
    place = GapPlace(("하남동",), "하남3차", "complex", Wind.NORTH)
    assert gap_sentence(place, NIGHTS, 1893.2, "people", get_words("ko")) == "하남3차 북쪽(하남동), 화~토요일 01–06시, 1,900명"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (GapPlace(("하남동",), "하남3차", "complex"), "하남3차 안(하남동)"),
        (GapPlace(("평동",), "평동역", "station", Wind.SOUTH_WEST), "평동역 남서쪽(평동)"),
        (GapPlace(("삼도동",), "삼도동", "dong", Wind.EAST), "삼도동 동부"),
        (GapPlace(("삼도동",), "삼도동", "dong"), "삼도동 가운데"),
        (GapPlace(("삼도동",), "삼도동", "dong", is_wide=True), "삼도동 일대"),
        (GapPlace(("삼도동", "평동"), "삼도동", "dong", Wind.EAST), "삼도동 동부(삼도동·평동)"),
        (GapPlace(("하남동", "수완동"), "하남산단", "complex", is_rough=True), "하남산단 일대(개략 범위, 하남동·수완동)"),
        (GapPlace(("하남동",), "하남산단", "complex", Wind.SOUTH, is_rough=True), "하남산단 남쪽(하남동)"),
        (GapPlace(("월곡2동",), "하남산단", "complex", Wind.SOUTH, legal_dong="산정동"), "하남산단 남쪽(월곡2동, 법정동 산정동)"),
        (GapPlace(("삼도동",), "삼도동", "dong", Wind.EAST, legal_dong="송학동", number=2), "삼도동 동부(법정동 송학동) (2)"),
    ],
)
def test_a_place_is_a_side_of_a_landmark_or_a_part_of_a_dong(place, expected):
    assert place_words(place, get_words("ko")) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (range(168), "일주일 내내 종일"),
        (range(5 * 24, 168), "주말 종일"),
        ([22, 23, 24, 25], "월요일 22시–다음 날 02시"),
    ],
)
def test_hours_are_told_longest_first(hours, expected):
    assert spans_words(merge_hours(hours), get_words("ko")) == short_spans_words(merge_hours(hours), get_words("ko")) == expected


def test_of_many_spans_the_short_form_has_three_and_how_many_more_and_the_long_form_all():
    spans, words = merge_hours([9, 30, 51, 72, 93]), get_words("ko")
    assert short_spans_words(spans, words) == "월요일 09–10시; 화요일 06–07시; 수요일 03–04시 외 2개"
    assert spans_words(spans, words) == "월요일 09–10시; 화요일 06–07시; 수요일 03–04시; 목요일 00–01시; 목요일 21–22시"
    assert len(list_spans(spans, words)) == len(spans) == 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_causes_have_words(lang):
    assert len({cause_words(cause, get_words(lang)) for cause in GapCause}) == len(GapCause)


@pytest.mark.parametrize(("amount", "expected"), [(0.4, "0명"), (12.6, "13명"), (184, "180명"), (1849, "1,800명"), (20_551, "20,600명")])
def test_amounts_are_no_finer_than_anybody_knows(amount, expected):
    assert amount_words(amount, "people", get_words("ko")) == expected


@pytest.mark.parametrize("unit", AMOUNT_WORDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_has_words(lang, unit):
    assert "7" in amount_words(7, unit, get_words(lang))
