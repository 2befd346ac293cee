"""Hours as shops really write them, for made-up places: the text, what it means, and what holds on public holidays.

Some texts are not understood (a person must ask), and some say nothing of holidays: real lists are like that, so the samples are too.
"""

from typing import Final

from geo_app.domain.hours import parse_opening_hours
from geo_app.domain.site import HoursStatement

Written = tuple[str, str | None, str | None]

CAFE_HOURS: Final[tuple[Written, ...]] = (
    ("매일 08:00~22:00", "Mo-Su 08:00-22:00", "usual"),
    ("평일 07:30~20:00, 토요일 09:00~18:00, 일요일·공휴일 휴무", "Mo-Fr 07:30-20:00; Sa 09:00-18:00", "closed"),
    ("매일 10:00~익일 02:00, 설·추석 당일 휴무", "Mo-Su 10:00-02:00", "closed-seollal-chuseok"),
    ("평일 09:00~21:00, 주말·공휴일 10:00~20:00", "Mo-Fr 09:00-21:00; Sa-Su 10:00-20:00", "sunday"),
    ("매일 08:00~22:00 (브레이크타임 14:00~15:00)", "Mo-Su 08:00-14:00,15:00-22:00", None),
    ("09:00~21:00, 둘째·넷째 일요일 휴무", "Mo-Su 09:00-21:00; Su[2,4] off", "usual"),
    ("매일 18:00~익일 04:00", "Mo-Su 18:00-04:00", None),
    ("사장님 사정에 따라 달라요. 전화 문의", None, None),
    ("월요일 휴무, 화~일 11:00~23:00", "Tu-Su 11:00-23:00", None),
    ("금·토 12:00~익일 03:00, 그 외 12:00~24:00", "Mo-Th,Su 12:00-24:00; Fr-Sa 12:00-03:00", "usual"),
    ("24시간 연중무휴", "24/7", "usual"),
    ("3~10월 08:00~21:00, 11~2월 09:00~19:00, 공휴일 10:00~16:00", "Mar-Oct 08:00-21:00; Nov-Feb 09:00-19:00", "hours:10:00-16:00"),
    ("아침 일찍부터 해 질 무렵까지", None, None),
)
ALWAYS_OPEN_HOURS: Final[Written] = ("24시간 연중무휴", "24/7", "usual")
STORE_HOURS: Final[tuple[Written, ...]] = (
    ("24시간 연중무휴", "24/7", "usual"),
    ("매일 06:00~익일 01:00", "Mo-Su 06:00-01:00", "usual"),
    ("24시간 (설·추석 당일 휴무)", "24/7", "closed-seollal-chuseok"),
    ("평일 06:00~24:00, 주말 08:00~23:00", "Mo-Fr 06:00-24:00; Sa-Su 08:00-23:00", None),
)
FACILITY_HOURS: Final[tuple[Written, ...]] = (
    ("평일 09:00~18:00, 주말·공휴일 휴무", "Mo-Fr 09:00-18:00", "closed"),
    ("평일 13:00~19:00, 토요일 10:00~16:00", "Mo-Fr 13:00-19:00; Sa 10:00-16:00", None),
    ("화~일 10:00~18:00, 월요일·공휴일 휴관", "Tu-Su 10:00-18:00", "closed"),
    ("평일 10:00~12:00, 14:00~17:00", "Mo-Fr 10:00-12:00,14:00-17:00", "closed"),
    ("운영 시간은 시설에 문의", None, None),
)


def hours_statement(written: Written) -> HoursStatement:
    """The statement of a made-up source, its rule in canonical form. Raises `BadHours` for a rule that the engine does not read."""
    text, rule, on_holidays = written
    opening_hours = None if rule is None else parse_opening_hours(rule).opening_hours
    return HoursStatement(text=text, opening_hours=opening_hours, on_holidays=on_holidays, source="예시")
