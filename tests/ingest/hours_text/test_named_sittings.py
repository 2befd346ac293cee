"""Sittings that have names."""

import pytest

from geo_app.ingest.hours_text import Note, TextFault, convert_hours_text

UNDERSTOOD = [
    ("점심 11:30~14:30, 저녁 17:00~21:00 (일요일 휴무)", "Mo-Sa 11:30-14:30,17:00-21:00"),
    ("점심: 11:30~14:30 / 저녁: 17:00~21:00", "Mo-Su 11:30-14:30,17:00-21:00"),
    ("점심 11:30~14:30 저녁 5시~9시", "Mo-Su 11:30-14:30,17:00-21:00"),
    ("런치 11:30~15:00 / 디너 17:30~22:00, 매주 월요일 휴무", "Tu-Su 11:30-15:00,17:30-22:00"),
    ("평일 점심 11~14시, 저녁 17~21시 / 주말 11~21시", "Mo-Fr 11:00-14:00,17:00-21:00; Sa-Su 11:00-21:00"),
    ("평일 주간 09~18시, 야간 18~21시", "Mo-Fr 09:00-18:00,18:00-21:00"),
    ("조식 07~09시, 중식 11~13시, 석식 17~19시", "Mo-Su 07:00-09:00,11:00-13:00,17:00-19:00"),
    ("점심 11~14시, 저녁 17~21시, 브레이크타임 14~17시", "Mo-Su 11:00-14:00,17:00-21:00"),
]
REFUSED = [
    ("런치 11:30~15:00", TextFault.UNKNOWN_WORD),
    ("야간 18:00~22:00", TextFault.UNKNOWN_WORD),
    ("점심 11~14시 (월~금), 저녁 17~21시 (월~토)", TextFault.UNKNOWN_WORD),
    ("주간 평일 09~18시, 야간 화·목 18~21시", TextFault.UNKNOWN_WORD),
    ("점심 11~14시, 저녁 17~21시 (월~금)", TextFault.DAYS_UNCLEAR),
    ("평일 9~18시, 점심 12~13시, 저녁 18~19시", TextFault.DAYS_UNCLEAR),
    ("저녁 17:00~21:00", TextFault.BAD_TIME),
]


@pytest.mark.parametrize(("text", "opening_hours"), UNDERSTOOD)
def test_sittings_by_their_names_are_the_openings(text, opening_hours):
    assert convert_hours_text(text).opening_hours == opening_hours


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_a_sitting_alone_or_with_days_of_its_own_is_refused(text, fault):
    assert convert_hours_text(text).refusal.code == fault


def test_each_sitting_may_have_its_last_order():
    told = convert_hours_text("런치 11:30~15:00 (L.O 14:30) / 디너 17:30~22:00 (L.O 21:30)")
    assert (told.opening_hours, told.notes) == ("Mo-Su 11:30-15:00,17:30-22:00", (Note.LAST_ORDER,))


def test_lunch_without_another_sitting_is_a_break():
    assert convert_hours_text("점심 12:00~13:00, 매일 10:00~저녁 9시").opening_hours == "Mo-Su 10:00-12:00,13:00-21:00"
