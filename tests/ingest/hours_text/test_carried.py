"""Times of which only the end is told."""

import pytest

from geo_app.ingest.hours_text import TextFault, convert_hours_text

CARRIED = [
    ("매일 10:00~19:00, 금요일은 21:00까지", "Mo-Th,Sa-Su 10:00-19:00; Fr 10:00-21:00"),
    ("평일 09:00~19:00, 토요일은 오후 3시까지", "Mo-Fr 09:00-19:00; Sa 09:00-15:00"),
    ("민원업무 평일 09~18시, 매주 화요일 20:00까지 연장 운영", "Mo,We-Fr 09:00-18:00; Tu 09:00-20:00"),
    ("평일 09~18시, 수요일은 17시까지 단축 운영", "Mo-Tu,Th-Fr 09:00-18:00; We 09:00-17:00"),
    ("평일 10~18시, 주말 11~18시, 금요일은 20시까지", "Mo-Th 10:00-18:00; Fr 10:00-20:00; Sa-Su 11:00-18:00"),
    ("화~일 10~18시, 매월 마지막 주 수요일은 21:00까지 야간 개장", "Tu-Su 10:00-18:00; We[-1] 10:00-21:00"),
    ("10:00~19:00 (동절기 11월~2월은 18:00까지)", "Mo-Su 10:00-19:00; Nov-Feb 10:00-18:00"),
    ("월~토 10~19시, 동절기(11~2월)는 18시까지", "Mo-Sa 10:00-19:00; Nov-Feb Mo-Sa 10:00-18:00"),
    ("매일 11~21시 (브레이크타임 15~17시), 금요일은 22시까지", "Mo-Th,Sa-Su 11:00-15:00,17:00-21:00; Fr 11:00-15:00,17:00-22:00"),
    ("평일 09~18시 (점심 12~13시), 토요일은 13시까지", "Mo-Fr 09:00-12:00,13:00-18:00; Sa 09:00-13:00"),
]
REFUSED = [
    ("토요일은 13:00까지, 평일 09:00~18:00", TextFault.UNFINISHED),
    ("평일 10~18시, 토 11~18시, 일요일은 17시까지", TextFault.UNFINISHED),
    ("평일 11~14시, 17~21시, 토요일은 22시까지", TextFault.UNFINISHED),
    ("10:00~18:00, 20:00까지 연장", TextFault.UNFINISHED),
    ("평일 09~18시, 토요일은 1시까지", TextFault.HALF_DAY),
    ("평일 09~18시, 수요일은 17시까지 연장", TextFault.CONFLICT),
    ("평일 09~18시, 수요일은 20시까지 단축", TextFault.CONFLICT),
    ("평일 09~18시 (점심 12~13시), 토요일은 15시까지", TextFault.BREAK_UNCLEAR),
]


@pytest.mark.parametrize(("text", "opening_hours"), CARRIED)
def test_the_beginning_is_carried_over_from_the_openings_before(text, opening_hours):
    assert convert_hours_text(text).opening_hours == opening_hours


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_an_end_whose_beginning_is_open_is_refused(text, fault):
    assert convert_hours_text(text).refusal.code == fault
