"""Days behind their times, and nearer words in the place of wider ones."""

import pytest

from geo_app.ingest.hours_text import TextFault, convert_hours_text

UNDERSTOOD = [
    ("09:00~19:00 월~금 / 09:00~15:00 토", "Mo-Fr 09:00-19:00; Sa 09:00-15:00"),
    ("09:00~19:00 월~금 / 10:00~15:00 토 / 일 휴무", "Mo-Fr 09:00-19:00; Sa 10:00-15:00"),
    ("09:00~18:00 평일, 10:00~15:00 주말", "Mo-Fr 09:00-18:00; Sa-Su 10:00-15:00"),
    ("09:00~18:00 월~금 09:00~13:00 토", "Mo-Fr 09:00-18:00; Sa 09:00-13:00"),
    ("평일 17:00~24:00, 금·토 17:00~익일 03:00, 일요일 휴무", "Mo-Th 17:00-24:00; Fr-Sa 17:00-03:00"),
    ("평일 17~24시, 금~일 17:00~03:00", "Mo-Th 17:00-24:00; Fr-Su 17:00-03:00"),
    ("평일 10~19시, 수요일 10~21시", "Mo-Tu,Th-Fr 10:00-19:00; We 10:00-21:00"),
]
REFUSED = [
    ("09:00~19:00 월~금, 10:00~15:00 토, 일 휴무", TextFault.DAYS_UNCLEAR),
    ("09:00~18:00 평일 / 10:00~15:00", TextFault.DAYS_UNCLEAR),
    ("09:00~18:00 월~금 09:00~13:00 토 휴무", TextFault.DAYS_UNCLEAR),
    ("09:00~18:00 평일 / 토·일 10:00~15:00", TextFault.CONFLICT),
    ("금·토 17:00~03:00, 평일 17~24시", TextFault.CONFLICT),
    ("월~금 9~18시, 금·토 10~20시", TextFault.CONFLICT),
]


@pytest.mark.parametrize(("text", "opening_hours"), UNDERSTOOD)
def test_the_times_are_those_of_the_days_they_are_said_of(text, opening_hours):
    assert convert_hours_text(text).opening_hours == opening_hours


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_days_that_may_be_of_the_times_before_or_behind_are_refused(text, fault):
    assert convert_hours_text(text).refusal.code == fault
