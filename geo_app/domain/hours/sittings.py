"""Times of a day: `10:00-14:00,18:00-02:00`."""

from geo_app.domain.hours.cursor import Cursor
from geo_app.domain.hours.refusal import Refusal
from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.domain.hours.tokens import Kind, tokenise

_HOUR_MIN = 60


def parse_spans(text: str) -> tuple[Span, ...]:
    """The sittings of one day, sorted. Raises `BadHours`."""
    cursor = Cursor(tokenise(text))
    spans = read_spans(cursor)
    if not cursor.is_spent():
        raise cursor.unexpected()
    return spans


def read_spans(cursor: Cursor) -> tuple[Span, ...]:
    """The sittings that stand here, sorted. Raises `BadHours`, also where two overlap: one of them must be a slip."""
    found = [_read_span(cursor)]
    # A comma before a time goes on with the list, with or without a space: nobody means "and every day at that time".
    while cursor.here.text == "," and cursor.ahead.kind is Kind.TIME:
        cursor.take()
        first = cursor.here
        span = _read_span(cursor)
        if any(span.starts_min < other.ends_min and other.starts_min < span.ends_min for other in found):
            raise cursor.refused(Refusal.OVERLAP, first)
        found.append(span)
    return tuple(sorted(found))


def _read_span(cursor: Cursor) -> Span:
    first = cursor.here
    starts_min = _read_time(cursor, most_min=DAY_MIN - 1)
    if not cursor.take_mark("-"):
        raise cursor.unexpected()
    last = cursor.here
    ends_min = _read_time(cursor, most_min=2 * DAY_MIN)
    # 09:00-09:00 may mean no time or a full turn; 09:00-33:00 says the turn.
    if ends_min == starts_min:
        raise cursor.refused(Refusal.EMPTY_SPAN, last)
    if ends_min < starts_min:
        ends_min += DAY_MIN
    if ends_min > starts_min + DAY_MIN:
        raise cursor.refused(Refusal.LONG_SPAN, first)
    return Span(starts_min, ends_min)


def _read_time(cursor: Cursor, *, most_min: int) -> int:
    if cursor.here.kind is not Kind.TIME:
        raise cursor.unexpected()
    hour, minute = map(int, cursor.here.text.split(":"))
    if minute >= _HOUR_MIN or hour * _HOUR_MIN + minute > most_min:
        raise cursor.refused(Refusal.BAD_TIME)
    cursor.take()
    if cursor.here.text == "+":
        raise cursor.refused(Refusal.OPEN_END)
    return hour * _HOUR_MIN + minute
