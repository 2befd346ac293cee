"""A time of day as it is written: with its part of the day, as a bare number, on the next day."""

from dataclasses import dataclass, replace

from geo_app.domain.hours.rules import DAY_MIN
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Clock, Token
from geo_app.ingest.hours_text.words import Kind, Part

HALF_DAY_MIN = DAY_MIN // 2
HOUR_MIN = 60
NOON_HOUR = 12
_LAST_HOUR = 30  # 26시 is two in the morning; later hours are slips
_DIGIT_PAIRS = 4
# The hours that each part of the day is said of; each is moved to the afternoon where the part lies there.
_SAID_HOURS = {
    Part.AM: range(12), Part.PM: range(1, 24), Part.DAWN: range(7), Part.MORNING: range(5, 12),
    Part.MIDDAY: (11, 12, 1, 2, 3, 4), Part.EVENING: range(5, 12), Part.NIGHT: (7, 8, 9, 10, 11, 12, 1, 2, 3),
}  # fmt: skip
_TIME_STARTS = frozenset({Kind.CLOCK, Kind.NOON, Kind.MIDNIGHT, Kind.PART, Kind.NEXT_DAY, Kind.SAME_DAY})


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """`minute` after midnight as written, or as its part of the day says; `part` is None where nobody said one.

    `is_midnight`: 자정, 밤 12시: the day's beginning or its end, as its place in a span tells. `stop`: the place in the text behind it.
    """

    clock: Clock
    minute: int
    token: Token
    part: Part | None = None
    is_next_day: bool = False
    is_midnight: bool = False
    stop: int = 0

    @property
    def is_certain(self) -> bool:
        """True where the half of the day is said: by a word, or by an hour that only a 24-hour clock has."""
        return self.part is not None or self.is_midnight or self.clock.hour > NOON_HOUR or self.clock.hour == 0

    @property
    def is_of_24(self) -> bool:
        """True where it is written as on a 24-hour clock: 09시, 00:30, 18시."""
        return self.part is None and (self.clock.is_padded or self.clock.hour > NOON_HOUR or self.clock.hour == 0)


def is_time_start(cursor: TokenCursor) -> bool:
    """True where a time begins: a clock, or a number that a span goes on from."""
    here = cursor.here
    if here.kind is Kind.NEXT_DAY or here.kind is Kind.SAME_DAY:
        return cursor.find_next(Kind.NEXT_DAY, Kind.SAME_DAY).kind in {Kind.CLOCK, Kind.PART, Kind.NOON, Kind.MIDNIGHT}
    is_bare = here.kind is Kind.NUMBER and cursor.ahead().kind is Kind.RANGE and cursor.ahead(2).kind not in {Kind.MONTH, Kind.DAY}
    is_bare = is_bare or (here.kind is Kind.NUMBER and cursor.ahead().kind is Kind.PART and cursor.ahead().text[0].isascii())
    return here.kind in _TIME_STARTS or is_bare


def read_time(cursor: TokenCursor) -> WrittenTime:
    """The time that stands here. Raises `NotUnderstood`."""
    first = cursor.here
    is_next_day = _take_next_day(cursor)
    part = cursor.take_if(Kind.PART)
    is_next_day = _take_next_day(cursor) or is_next_day
    if cursor.is_at(Kind.NOON, Kind.MIDNIGHT):
        token = cursor.take()
        is_midnight = token.kind is Kind.MIDNIGHT
        if part is not None and (part.value is not Part.NIGHT or not is_midnight):
            raise cursor.refused(TextFault.BAD_TIME, part)
        clock = Clock(0 if is_midnight else NOON_HOUR, 0)
        found = WrittenTime(clock, clock.hour * HOUR_MIN, token, Part.NIGHT if is_midnight else Part.MIDDAY, is_midnight=is_midnight)
    else:
        clock = _read_clock(cursor)
        part = part or _take_latin_part(cursor)
        found = _said(cursor, clock, None if part is None else part.value, first)
    is_next_day = _take_bracketed_next_day(cursor) or is_next_day
    if is_next_day and clock.hour >= DAY_MIN // HOUR_MIN:
        raise cursor.refused(TextFault.BAD_TIME, first)
    last = cursor.behind or first
    return replace(found, token=first, is_next_day=is_next_day, stop=last.position - 1 + len(last.text))


def _take_next_day(cursor: TokenCursor) -> bool:
    if cursor.is_at(Kind.OPENING) and cursor.ahead().kind is Kind.NEXT_DAY and cursor.ahead(2).kind is Kind.CLOSING:
        cursor.skip(Kind.OPENING, Kind.NEXT_DAY, Kind.CLOSING)
        return True
    if cursor.take_if(Kind.NEXT_DAY):
        cursor.skip(Kind.PARTICLE)
        return True
    cursor.take_if(Kind.SAME_DAY)
    return False


def _take_bracketed_next_day(cursor: TokenCursor) -> bool:
    is_there = cursor.is_at(Kind.OPENING) and cursor.ahead().kind is Kind.NEXT_DAY and cursor.ahead(2).kind is Kind.CLOSING
    return is_there and _take_next_day(cursor)


def _take_latin_part(cursor: TokenCursor) -> Token | None:
    # "9:00 am": the Korean words stand before their time, and one that follows belongs to the next.
    if cursor.is_at(Kind.PART) and cursor.here.text[0].isascii() and cursor.ahead().kind not in {Kind.CLOCK, Kind.NUMBER}:
        return cursor.take()
    return None


def _read_clock(cursor: TokenCursor) -> Clock:
    token = cursor.take_if(Kind.CLOCK, Kind.NUMBER)
    if token is None:
        raise cursor.refused(TextFault.UNFINISHED)
    clock = token.value if token.kind is Kind.CLOCK else _bare_clock(cursor, token)
    if clock.hour > _LAST_HOUR or clock.minute >= HOUR_MIN:
        raise cursor.refused(TextFault.BAD_TIME, token)
    return Clock(*clock)


def _bare_clock(cursor: TokenCursor, token: Token) -> Clock:
    """9 and 09 as hours; four digits only where a leading zero, here or in the span's other end, tells them from years and prices."""
    digits = token.text
    if len(digits) <= _DIGIT_PAIRS // 2:
        return Clock(int(digits), 0, digits.startswith("0"))
    opening = cursor.ahead(-3) if cursor.place > 2 else token  # noqa: PLR2004 - the span's first time, its sign, and this one
    is_told = digits.startswith("0") or (opening.kind is Kind.NUMBER and opening.text.startswith("0"))
    if len(digits) != _DIGIT_PAIRS or not is_told:
        raise cursor.refused(TextFault.UNKNOWN_WORD, token)
    return Clock(int(digits[:2]), int(digits[2:]), is_padded=True, has_colon=True)


def _said(cursor: TokenCursor, clock: Clock, part: Part | None, first: Token) -> WrittenTime:
    minute = clock.hour * HOUR_MIN + clock.minute
    if part is None:
        return WrittenTime(clock, minute, first)
    if part is Part.AM and clock.hour == NOON_HOUR:
        raise cursor.refused(TextFault.HALF_DAY, first)  # noon to some, midnight to others
    if clock.hour not in _SAID_HOURS[part]:
        raise cursor.refused(TextFault.BAD_TIME, first)
    if part is Part.NIGHT and clock.hour == NOON_HOUR:
        return WrittenTime(clock, clock.minute, first, part, is_midnight=True)
    is_after_noon = part in {Part.PM, Part.EVENING, Part.NIGHT, Part.MIDDAY} and clock.hour < NOON_HOUR
    if (part is Part.NIGHT and clock.hour < _SAID_HOURS[Part.NIGHT][0]) or (part is Part.MIDDAY and clock.hour == NOON_HOUR - 1):
        is_after_noon = False
    return WrittenTime(clock, minute + HALF_DAY_MIN * is_after_noon, first, part)
