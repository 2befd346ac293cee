"""The nth weekdays of a month: 둘째·넷째 일요일, 매월 2,4째주 화요일, 마지막 주 월요일."""

from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.words import Kind

_MOST_WEEKS = 5
_IN_LIST = 2


def is_nth_start(cursor: TokenCursor) -> bool:
    """True where nth weekdays begin: 둘째, 2,4째, 제2·4, 매월."""
    if cursor.is_at(Kind.NTH, Kind.ORDINAL, Kind.MONTHLY):
        return True
    return cursor.is_at(Kind.NUMBER) and cursor.find_next(Kind.NUMBER, Kind.SEPARATOR).kind is Kind.NTH


def read_nth_days(cursor: TokenCursor) -> frozenset[tuple[int, int]]:
    """(weekday, nth) of the days that stand here. Raises `NotUnderstood`, also where it is open what the numbers belong to."""
    first = cursor.here
    is_announced = bool(cursor.take_if(Kind.MONTHLY))
    numbers, names_week, has_mark = _read_numbers(cursor)
    if not numbers or not (has_mark or is_announced):
        raise cursor.refused(TextFault.NOT_WEEKLY, first if cursor.is_at(Kind.END) else None)
    if not cursor.is_at(Kind.WEEKDAYS):
        raise cursor.refused(TextFault.DAYS_UNCLEAR, first if cursor.is_at(Kind.END) else None)
    days = set(cursor.here.value)
    blamed = cursor.take()
    while cursor.is_at(Kind.SEPARATOR) and cursor.here.text == "·" and cursor.ahead().kind is Kind.WEEKDAYS:
        cursor.take()
        days.update(cursor.take().value)
    is_list = cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST and cursor.ahead().kind is Kind.WEEKDAYS
    # "둘째 주 토·일": the Sunday of the second week is not always the second. "둘째 일요일, 월요일": every Monday, or the second?
    if (names_week and len(days) > 1) or is_list or cursor.is_at(Kind.RANGE):
        raise cursor.refused(TextFault.DAYS_UNCLEAR, blamed)
    return frozenset((day, number) for day in days for number in numbers)


def _read_numbers(cursor: TokenCursor) -> tuple[set[int], bool, bool]:
    """The numbers, whether 주 stands beside one, and whether anything marks them as nth."""
    numbers: set[int] = set()
    names_week, has_mark = False, False
    while True:
        has_mark = bool(cursor.take_if(Kind.ORDINAL)) or has_mark
        if cursor.is_at(Kind.NTH):
            nth = cursor.take().value
            numbers.add(nth.number)
            names_week, has_mark = names_week or nth.names_week, True
        elif cursor.is_at(Kind.NUMBER):
            numbers.add(_read_number(cursor))
        else:
            return numbers, names_week, has_mark
        goes_on = cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST
        if goes_on and cursor.ahead().kind in {Kind.NTH, Kind.NUMBER, Kind.ORDINAL}:
            cursor.take()


def _read_number(cursor: TokenCursor) -> int:
    token = cursor.take()
    if len(token.text) > 1 or not 1 <= int(token.text) <= _MOST_WEEKS:
        raise cursor.refused(TextFault.DAYS_UNCLEAR, token)
    return int(token.text)
