"""Which days a rule speaks of: `Mar-Oct`, `Dec 24-Jan 3`, `Mo-Fr`, `Su[2,4]`, `PH`."""

from geo_app.domain.hours.cursor import Cursor
from geo_app.domain.hours.refusal import Refusal
from geo_app.domain.hours.rules import MONTH_CODES, MONTH_LENGTHS, WEEKDAY_CODES, DatePart, WeekdayPart
from geo_app.domain.hours.tokens import Kind

_WEEKDAYS = {code.lower(): number for number, code in enumerate(WEEKDAY_CODES)}
_MONTHS = {code.lower(): number for number, code in enumerate(MONTH_CODES, start=1)}
_HOLIDAYS = "ph"
_DAY_WORDS = frozenset({*_WEEKDAYS, _HOLIDAYS})
_MOST_WEEKS = 5  # no month has a sixth Sunday
_YEAR_DIGITS = 4


def read_dates(cursor: Cursor) -> tuple[DatePart, ...]:
    """The months and dates that stand here, sorted; none for all year. Raises `BadHours`."""
    if cursor.here.kind is Kind.NUMBER:
        raise cursor.refused(Refusal.YEAR if len(cursor.here.text) == _YEAR_DIGITS else Refusal.UNEXPECTED)
    found: set[DatePart] = set()
    while cursor.here.text in _MONTHS:
        found.add(_read_date_part(cursor))
        if not (cursor.here.text == "," and cursor.ahead.text in _MONTHS):
            break
        cursor.take()
    if found:
        cursor.take_mark(":")
    return () if any(part.is_whole_year for part in found) else tuple(sorted(found))


def read_weekdays(cursor: Cursor) -> tuple[tuple[WeekdayPart, ...], bool]:
    """The weekdays that stand here in their order, and whether `PH` is among them. Raises `BadHours`."""
    # A weekday with no numbers beside it is meant as a whole.
    found: dict[int, set[int]] = {}
    names_holidays = False
    while cursor.here.text in _DAY_WORDS:
        if cursor.take_mark(_HOLIDAYS):
            names_holidays = True
        else:
            _read_weekday_part(cursor, found)
        if not cursor.take_mark(","):
            break
        if cursor.here.text not in _DAY_WORDS:
            raise cursor.unexpected()
    if found or names_holidays:
        cursor.take_mark(":")
    return tuple(WeekdayPart(day, _nth_order(nths)) for day, nths in sorted(found.items())), names_holidays


def _read_date_part(cursor: Cursor) -> DatePart:
    first_month = last_month = _MONTHS[cursor.take().text]
    first_day = last_day = _read_day(cursor, first_month)
    if cursor.take_mark("-"):
        blamed = cursor.here
        if cursor.here.text in _MONTHS:
            last_month = _MONTHS[cursor.take().text]
        elif first_day is None:
            raise cursor.unexpected()
        last_day = _read_day(cursor, last_month)
        is_backward = first_month == last_month and (first_day or 0) > (last_day or 0)
        if (first_day is None) is not (last_day is None) or is_backward:
            raise cursor.refused(Refusal.BAD_DATE, blamed)
    return DatePart((first_month, first_day or 1), (last_month, last_day or MONTH_LENGTHS[last_month]))


def _read_day(cursor: Cursor, month: int) -> int | None:
    if cursor.here.kind is not Kind.NUMBER:
        return None
    if len(cursor.here.text) == _YEAR_DIGITS:
        raise cursor.refused(Refusal.YEAR)
    if not 1 <= int(cursor.here.text) <= MONTH_LENGTHS[month]:
        raise cursor.refused(Refusal.BAD_DATE)
    return int(cursor.take().text)


def _read_weekday_part(cursor: Cursor, found: dict[int, set[int]]) -> None:
    first = _WEEKDAYS[cursor.take().text]
    if cursor.take_mark("-"):
        if cursor.here.text not in _WEEKDAYS:
            raise cursor.unexpected()
        last = _WEEKDAYS[cursor.take().text]
        for offset in range((last - first) % len(WEEKDAY_CODES) + 1):
            found[(first + offset) % len(WEEKDAY_CODES)] = set()
    elif cursor.take_mark("["):
        nths = _read_nths(cursor)
        if found.get(first) != set():
            found.setdefault(first, set()).update(nths)
    else:
        found[first] = set()


def _read_nths(cursor: Cursor) -> set[int]:
    found: set[int] = set()
    while True:
        sign = -1 if cursor.take_mark("-") else 1
        first = last = _read_nth(cursor)
        if sign > 0 and cursor.take_mark("-"):
            last = _read_nth(cursor)
        if last < first:
            raise cursor.refused(Refusal.BAD_NTH)
        found.update(sign * number for number in range(first, last + 1))
        if not cursor.take_mark(","):
            break
    # `Su[1] +1 day` would be a Monday: it is not read here.
    if not cursor.take_mark("]") or cursor.here.text in {"+", "-"}:
        raise cursor.refused(Refusal.BAD_NTH)
    return found


def _read_nth(cursor: Cursor) -> int:
    if cursor.here.kind is not Kind.NUMBER or not 1 <= int(cursor.here.text) <= _MOST_WEEKS:
        raise cursor.refused(Refusal.BAD_NTH)
    return int(cursor.take().text)


def _nth_order(nths: set[int]) -> tuple[int, ...]:
    return tuple(sorted(nths, key=lambda nth: (nth < 0, abs(nth)))) if nths else ()
