"""Which days a piece of text speaks of: weekdays, nth weekdays, holidays, feasts, dates of the year."""

from dataclasses import dataclass, fields

from geo_app.domain.hours.rules import DatePart
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.nth_days import is_nth_start, read_nth_days
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

WHOLE_WEEK = frozenset(range(7))
_DAY_STARTS = frozenset({
    Kind.WEEKDAYS, Kind.GROUP, Kind.EVERY, Kind.HOLIDAY, Kind.SUBSTITUTE, Kind.RED_DAY, Kind.FEAST, Kind.NEW_YEAR, Kind.REST,
    Kind.WEEKLY, Kind.MONTHLY, Kind.NTH, Kind.ORDINAL,
})  # fmt: skip
_NEW_YEAR = frozenset({DatePart((1, 1), (1, 1))})
_LAST_STRENGTH_IN_LIST = 2  # "토 / 일 휴무": a stroke still joins days, a new line does not


@dataclass(frozen=True, slots=True)
class Days:
    """Some days. `feasts` holds (feast, is the very day); `is_every` also where it is said of the whole week; `token` is where it stands.

    `is_rest`: 그 외. `has_red_days`: 빨간날, which are Sundays and holidays. `has_substitute`: 대체공휴일, which is a holiday anyway.
    """

    token: Token
    weekdays: frozenset[int] = frozenset()
    nths: frozenset[tuple[int, int]] = frozenset()
    dates: frozenset[DatePart] = frozenset()
    feasts: frozenset[tuple[str, bool]] = frozenset()
    is_every: bool = False
    is_rest: bool = False
    has_holidays: bool = False
    has_red_days: bool = False
    has_substitute: bool = False

    def union(self, other: "Days") -> "Days":
        """All days of both; it stands where this one stands."""
        return Days(
            self.token,
            self.weekdays | other.weekdays,
            self.nths | other.nths,
            self.dates | other.dates,
            self.feasts | other.feasts,
            self.is_every or other.is_every,
            self.is_rest or other.is_rest,
            self.has_holidays or other.has_holidays,
            self.has_red_days or other.has_red_days,
            self.has_substitute or other.has_substitute,
        )

    @property
    def said(self) -> tuple[object, ...]:
        """What is named, wherever it stands: equal for the same days told twice."""
        return tuple(getattr(self, item.name) for item in fields(self) if item.name != "token")

    @property
    def covers_week(self) -> bool:
        """True where weekdays are meant at all: some, every one, or the rest."""
        return bool(self.weekdays) or self.is_every or self.is_rest

    @property
    def is_of_holidays(self) -> bool:
        """True where nothing but holidays and feasts is meant."""
        is_of_week = self.covers_week or self.nths or self.dates or self.has_red_days
        return bool(self.has_holidays or self.has_substitute or self.feasts) and not is_of_week

    @property
    def is_plain_week(self) -> bool:
        """True where it names weekdays and nothing else."""
        return bool(self.weekdays) and self.said == Days(self.token, weekdays=self.weekdays).said


def is_day_start(cursor: TokenCursor) -> bool:
    """True where days are named."""
    return cursor.here.kind in _DAY_STARTS or is_nth_start(cursor)


def read_days(cursor: TokenCursor, *, strength: int = _LAST_STRENGTH_IN_LIST) -> list[Days]:
    """The days that stand here, piece by piece in their order, joined by separators up to `strength`. Raises `NotUnderstood`."""
    found = [_read_piece(cursor)]
    while True:
        cursor.skip(Kind.PARTICLE)
        joint = cursor.here
        if joint.kind is Kind.SEPARATOR and joint.value <= strength:
            mark = cursor.place
            cursor.take()
            if not is_day_start(cursor):
                cursor.place = mark
                return found
        elif not is_day_start(cursor):
            return found
        found.append(_read_piece(cursor))


def merge_days(pieces: list[Days]) -> Days:
    """All days of some pieces, at least one."""
    merged = pieces[0]
    for piece in pieces[1:]:
        merged = merged.union(piece)
    return merged


def _read_piece(cursor: TokenCursor) -> Days:
    token = cursor.here
    if is_nth_start(cursor):
        return Days(token, nths=read_nth_days(cursor))
    if cursor.take_if(Kind.WEEKLY):
        if not cursor.is_at(Kind.WEEKDAYS, Kind.GROUP) or is_nth_start(cursor):
            raise cursor.refused(TextFault.DAYS_UNCLEAR)
        return _read_piece(cursor)
    if cursor.is_at(Kind.WEEKDAYS):
        return Days(token, weekdays=_read_weekdays(cursor))
    if cursor.is_at(Kind.FEAST):
        return Days(token, feasts=_read_feasts(cursor))
    cursor.take()
    if token.kind is Kind.HOLIDAY:
        cursor.take_if(Kind.SAME_DAY)
    return _word_days(token)


def _word_days(token: Token) -> Days:
    """The days of a word that stands for itself."""
    return Days(
        token,
        weekdays=frozenset(token.value) if token.kind is Kind.GROUP else frozenset(),
        dates=_NEW_YEAR if token.kind is Kind.NEW_YEAR else frozenset(),
        is_every=token.kind is Kind.EVERY,
        is_rest=token.kind is Kind.REST,
        has_holidays=token.kind is Kind.HOLIDAY,
        has_red_days=token.kind is Kind.RED_DAY,
        has_substitute=token.kind is Kind.SUBSTITUTE,
    )


def _read_weekdays(cursor: TokenCursor) -> frozenset[int]:
    token = cursor.take()
    if not (cursor.is_at(Kind.RANGE) and cursor.ahead().kind is Kind.WEEKDAYS):
        return frozenset(token.value)
    cursor.take()
    until = cursor.take()
    cursor.take_if(Kind.UNTIL)
    if len(token.value) > 1 or len(until.value) > 1 or token.value == until.value:
        raise cursor.refused(TextFault.DAYS_UNCLEAR, token)
    first, last = token.value[0], until.value[0]
    return frozenset((first + offset) % 7 for offset in range((last - first) % 7 + 1))


def _read_feasts(cursor: TokenCursor) -> frozenset[tuple[str, bool]]:
    """설·추석 당일, 명절(설, 추석) 당일, 설날(당일), 명절 당일(설·추석), 추석 연휴. A feast without a word may mean its days off too."""
    named = _read_feast_names(cursor)
    is_very_day = _take_very_day(cursor)
    if cursor.is_at(Kind.OPENING) and cursor.ahead().kind in {Kind.FEAST, Kind.SAME_DAY, Kind.FEAST_DAYS}:
        cursor.take()
        inner = _read_feast_names(cursor) if cursor.is_at(Kind.FEAST) else named
        if inner != named:
            raise cursor.refused(TextFault.HOLIDAYS_UNCLEAR)
        is_very_day = _agreed(cursor, is_very_day, _take_very_day(cursor))
        if not cursor.take_if(Kind.CLOSING):
            raise cursor.refused(TextFault.HOLIDAYS_UNCLEAR)
        is_very_day = _agreed(cursor, is_very_day, _take_very_day(cursor))
    return frozenset((feast, is_very_day or False) for feast in named)


def _read_feast_names(cursor: TokenCursor) -> frozenset[str]:
    named = set(cursor.take().value)
    while True:
        step = 1 if cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _LAST_STRENGTH_IN_LIST else 0
        if cursor.ahead(step).kind is not Kind.FEAST:
            return frozenset(named)
        cursor.skip(Kind.SEPARATOR)
        named.update(cursor.take().value)


def _take_very_day(cursor: TokenCursor) -> bool | None:
    cursor.skip(Kind.PARTICLE)
    if cursor.take_if(Kind.SAME_DAY):
        return True
    return False if cursor.take_if(Kind.FEAST_DAYS) else None


def _agreed(cursor: TokenCursor, one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - two answers to one question
    if one is not None and other is not None and one is not other:
        raise cursor.refused(TextFault.HOLIDAYS_UNCLEAR)
    return other if one is None else one
