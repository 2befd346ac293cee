"""Openings told by their two ends."""

import pytest

from geo_app.ingest.hours_text import TextFault, convert_hours_text


@pytest.mark.parametrize(
    "text",
    [
        "매일 OPEN 10:00 / CLOSE 22:00",
        "Open 10:00 Close 22:00",
        "오픈 10시 ~ 마감 22시",
        "매일 오전 10시 오픈, 오후 10시 마감",
        "10:00 오픈 ~ 22:00 마감",
        "개점: 10:00, 폐점: 22:00",
    ],
)
def test_the_words_at_both_ends_make_an_opening(text):
    assert convert_hours_text(text).opening_hours == "Mo-Su 10:00-22:00"


def test_close_without_a_time_is_a_day_that_is_shut():
    assert convert_hours_text("MON-SAT 10:00-20:00 / SUN CLOSE").opening_hours == "Mo-Sa 10:00-20:00"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("토 close 22:00", TextFault.UNKNOWN_WORD),
        ("매일 close 22:00", TextFault.UNKNOWN_WORD),
        ("일요일 마감", TextFault.UNKNOWN_WORD),
        ("매일 open 10:00", TextFault.UNFINISHED),
        ("10:00~22:00 (21:30 마감)", TextFault.UNFINISHED),
    ],
)
def test_one_end_alone_is_refused(text, fault):
    assert convert_hours_text(text).refusal.code == fault
