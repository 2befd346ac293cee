"""Gaps as a planner reads them."""

import pytest

from geo_app.planning.hour_spans import merge_hours
from geo_app.planning.naming import GapPlace, Wind
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.gap_words import AMOUNT_WORDS, amount_words, gap_sentence, place_words, spans_words

NIGHTS = merge_hours(24 * day + hour for day in range(1, 6) for hour in range(1, 6))


def test_a_gap_is_told_in_one_line():
    place = GapPlace("하남동", "하남3차", "complex", Wind.NORTH)
    assert gap_sentence(place, NIGHTS, 1893.2, "people", get_words("ko")) == "하남3차 북쪽(하남동), 화~토요일 01–06시, 1,900명"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (GapPlace("하남동", "하남3차", "complex"), "하남3차 안(하남동)"),
        (GapPlace("평동", "평동역", "station", Wind.SOUTH_WEST), "평동역 남서쪽(평동)"),
        (GapPlace("삼도동", "삼도동", "dong", Wind.EAST), "삼도동 동부"),
        (GapPlace("삼도동", "삼도동", "dong"), "삼도동 가운데"),
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
        ([9, 30, 51, 72, 93], "월요일 09–10시; 화요일 06–07시; 수요일 03–04시 등"),
    ],
)
def test_hours_are_told_longest_first_and_only_the_first_three(hours, expected):
    assert spans_words(merge_hours(hours), get_words("ko")) == expected


@pytest.mark.parametrize(("amount", "expected"), [(0.4, "0명"), (12.6, "13명"), (184, "180명"), (1849, "1,800명"), (20_551, "20,600명")])
def test_amounts_are_no_finer_than_anybody_knows(amount, expected):
    assert amount_words(amount, "people", get_words("ko")) == expected


@pytest.mark.parametrize("unit", AMOUNT_WORDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_unit_has_words(lang, unit):
    assert "7" in amount_words(7, unit, get_words(lang))
