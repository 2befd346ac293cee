"""Sittings as they are written, one after another, and the choice between readings that are equally possible."""

from geo_app.domain.hours.rules import Span
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.seasons import is_season_start
from geo_app.ingest.hours_text.spans import list_readings
from geo_app.ingest.hours_text.times import NOON_HOUR, WrittenTime, is_time_start, read_time
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

Pair = tuple[WrittenTime, WrittenTime]
_IN_LIST = 2


class SpanReader:
    """Reads spans of one text, which is in plain letters. `choice`: which reading to take where there are several (None: refuse)."""

    def __init__(self, text: str, *, shows_24: bool, choice: int | None = None) -> None:
        self._text = text
        self._shows_24 = shows_24
        self._choice = choice

    def read_list(self, cursor: TokenCursor) -> list[Pair]:
        """The spans that stand here, as written. Raises `NotUnderstood`."""
        found = [self._read_pair(cursor)]
        while self._goes_on(cursor):
            cursor.take_if(Kind.SEPARATOR)
            found.append(self._read_pair(cursor))
        return found

    def settle(self, pairs: list[Pair]) -> tuple[Span, ...]:
        """What they mean. Raises `NotUnderstood` where that is not certain, and where they overlap or do not stand in their order."""
        spans = tuple(self._settle(pair) for pair in pairs)
        for (_, late), one, other in zip(pairs[1:], spans, spans[1:], strict=False):
            if other.starts_min < one.ends_min:
                raise NotUnderstood(TextFault.CONFLICT, position=late.token.position, piece=late.token.text)
        return spans

    def _settle(self, pair: Pair) -> Span:
        readings = list_readings(*pair, shows_24=self._shows_24)
        if len(readings) == 1:
            return readings[0]
        if self._choice is None:
            first = pair[0].token.position
            raise NotUnderstood(TextFault.HALF_DAY, position=first, piece=self._text[first - 1 : pair[1].stop])
        return readings[min(self._choice, len(readings) - 1)]

    def _read_pair(self, cursor: TokenCursor) -> Pair:
        start = read_time(cursor)
        if not cursor.take_if(Kind.RANGE):
            raise cursor.refused(TextFault.UNFINISHED, start.token)
        end = read_time(cursor)
        cursor.take_if(Kind.UNTIL)
        cursor.skip(Kind.PARTICLE)
        return start, end

    def _goes_on(self, cursor: TokenCursor) -> bool:
        mark = cursor.place
        if cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST:
            cursor.take()
        goes_on = is_time_start(cursor) and not is_season_start(cursor) and _is_span(cursor)
        cursor.place = mark
        return goes_on


def shows_24_hours(tokens: tuple[Token, ...]) -> bool:
    """True where a time without a word for the half of the day is above noon."""
    for place, token in enumerate(tokens):
        is_said = place > 0 and tokens[place - 1].kind is Kind.PART
        if token.kind is Kind.CLOCK and token.value.hour > NOON_HOUR and not is_said:
            return True
        stands_in_range = Kind.RANGE in {tokens[place - 1].kind, tokens[min(place + 1, len(tokens) - 1)].kind}
        if token.kind is Kind.NUMBER and stands_in_range and len(token.text) == len("18") and int(token.text) > NOON_HOUR and not is_said:
            return True
    return False


def _is_span(cursor: TokenCursor) -> bool:
    try:
        read_time(cursor)
    except NotUnderstood:
        return True  # it is read again, and refused by its own reason
    return cursor.is_at(Kind.RANGE)
