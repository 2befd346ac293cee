"""Which part of the year a piece speaks of: 3월~10월, 11~2월, 7·8월, 12월 24~26일, 하절기(3~10월), 그 밖의 기간."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from geo_app.domain.hours.rules import MONTH_LENGTHS, DatePart, runs
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_LEAP_YEAR_START = date(2024, 1, 1)
_LEAP_YEAR_DAYS = 366
_MONTHS = 12
_IN_LIST = 1


@dataclass(frozen=True, slots=True)
class Season:
    """The days of `parts` in every year; `is_rest`: those of no other season, told once all are known.

    `names_rest`: 그 외(9~5월), which must be those of no other season too.
    """

    token: Token
    parts: tuple[DatePart, ...] = ()
    is_rest: bool = False
    names_rest: bool = False

    @property
    def is_dates(self) -> bool:
        """True where it is but some dates, 1월 1일."""
        return bool(self.parts) and all(part.first == part.last for part in self.parts)

    def list_days(self) -> list[int]:
        """Its days in a leap year, counted from 0."""
        return [number for number in range(_LEAP_YEAR_DAYS) if any(part.covers(_month_day(number)) for part in self.parts)]


def is_season_start(cursor: TokenCursor) -> bool:
    """True where months or dates begin."""
    if cursor.is_at(Kind.MONTH, Kind.SEASON, Kind.REST_SEASON):
        return True
    if cursor.is_at(Kind.REST) and cursor.ahead().kind is Kind.OPENING:
        return cursor.ahead(2).kind is Kind.MONTH or (cursor.ahead(2).kind is Kind.NUMBER and _is_month_list(cursor, 2))
    return cursor.is_at(Kind.NUMBER) and _is_month_list(cursor)


def read_season(cursor: TokenCursor) -> Season:
    """The season that stands here. Raises `NotUnderstood`; a summer without months is nobody's summer."""
    first = cursor.here
    name = cursor.take_if(Kind.SEASON, Kind.REST, Kind.REST_SEASON)
    if name and name.kind is Kind.REST_SEASON and not (cursor.is_at(Kind.OPENING) and cursor.ahead().kind in {Kind.MONTH, Kind.NUMBER}):
        return Season(first, is_rest=True)
    is_bracketed = bool(name and cursor.take_if(Kind.OPENING))
    if not is_season_start(cursor) or cursor.is_at(Kind.SEASON, Kind.REST, Kind.REST_SEASON):
        raise cursor.refused(TextFault.SEASON_UNCLEAR, first)
    parts = _read_parts(cursor)
    if is_bracketed and not cursor.take_if(Kind.CLOSING):
        raise cursor.refused(TextFault.SEASON_UNCLEAR, first)
    cursor.skip(Kind.PARTICLE)
    return Season(first, tuple(sorted(parts)), names_rest=bool(name and name.kind is not Kind.SEASON))


def rest_of_year(seasons: Iterable[Season]) -> tuple[DatePart, ...]:
    """The parts of the year that lie in none of the seasons."""
    taken = {day for season in seasons for day in season.list_days()}
    found = runs(set(range(_LEAP_YEAR_DAYS)) - taken)
    if len(found) > 1 and found[0][0] == 0 and found[-1][-1] == _LEAP_YEAR_DAYS - 1:
        found = [*found[1:-1], [*found[-1], *found[0]]]
    return tuple(sorted(DatePart(_month_day(run[0]), _month_day(run[-1])) for run in found))


def _read_parts(cursor: TokenCursor) -> list[DatePart]:
    parts = [_read_part(cursor)]
    while cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST and _goes_on(cursor):
        cursor.take()
        parts.append(_read_part(cursor))
    return parts


def _goes_on(cursor: TokenCursor) -> bool:
    mark = cursor.place
    cursor.take()
    goes_on = cursor.is_at(Kind.MONTH) or (cursor.is_at(Kind.NUMBER) and _is_month_list(cursor))
    cursor.place = mark
    return goes_on


def _is_month_list(cursor: TokenCursor, first: int = 0) -> bool:
    """3~10월, 7·8월, 1,2월: bare numbers that end in a month, from the `first` token ahead on."""
    count = first
    while cursor.ahead(count).kind is Kind.NUMBER:
        joint = cursor.ahead(count + 1)
        if joint.kind is not Kind.RANGE and not (joint.kind is Kind.SEPARATOR and joint.value <= _IN_LIST):
            return False
        count += 2
    return count > first and cursor.ahead(count).kind is Kind.MONTH


def _read_part(cursor: TokenCursor) -> DatePart:
    blamed = cursor.here
    first_month, first_day = _read_month(cursor), _read_day(cursor)
    last_month, last_day = first_month, first_day
    if cursor.is_at(Kind.RANGE):
        cursor.take()
        cursor.skip(Kind.PARTICLE, Kind.NEXT_YEAR)
        if cursor.is_at(Kind.MONTH):
            last_month, last_day = _read_month(cursor), _read_day(cursor)
        elif first_day is not None and cursor.is_at(Kind.DAY):
            last_day = cursor.take().value
        else:
            raise cursor.refused(TextFault.SEASON_UNCLEAR, blamed)
        cursor.take_if(Kind.UNTIL)
    if (first_day is None) is not (last_day is None):
        raise cursor.refused(TextFault.SEASON_UNCLEAR, blamed)
    return _part(cursor, blamed, (first_month, first_day or 1), (last_month, last_day or MONTH_LENGTHS[last_month]))


def _part(cursor: TokenCursor, blamed: Token, first: tuple[int, int], last: tuple[int, int]) -> DatePart:
    is_real = all(1 <= day <= MONTH_LENGTHS[month] for month, day in (first, last))
    if not is_real or (first[0] == last[0] and first > last):
        raise cursor.refused(TextFault.SEASON_UNCLEAR, blamed)
    return DatePart(first, last)


def _read_month(cursor: TokenCursor) -> int:
    token = cursor.take()
    month = int(token.text) if token.kind is Kind.NUMBER else token.value
    if not 1 <= month <= _MONTHS:
        raise cursor.refused(TextFault.SEASON_UNCLEAR, token)
    return int(month)


def _read_day(cursor: TokenCursor) -> int | None:
    """The day of a month; "12월 24~26일" has its sign only at the end."""
    if cursor.is_at(Kind.DAY):
        return int(cursor.take().value)
    if cursor.is_at(Kind.NUMBER) and cursor.ahead().kind is Kind.RANGE and cursor.ahead(2).kind is Kind.DAY:
        return int(cursor.take().text)
    return None


def _month_day(number: int) -> tuple[int, int]:
    day = _LEAP_YEAR_START + timedelta(days=number)
    return day.month, day.day
