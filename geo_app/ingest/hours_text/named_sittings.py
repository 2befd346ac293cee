"""Sittings that have names: 점심 11:30~14:30, 저녁 17:00~21:00; 런치 / 디너; 주간 / 야간."""

from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.extras import read_last_order
from geo_app.ingest.hours_text.sittings import Pair
from geo_app.ingest.hours_text.times import NOON_HOUR, is_time_start
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind, Part

_LUNCH, _DINNER = frozenset({"점심", "점심시간", "중식", "중식시간"}), "저녁"
_BEFORE_DINNER = frozenset({Kind.SEPARATOR, Kind.CLOCK, Kind.UNTIL, Kind.CLOSING})
_FEWEST = 2


def name_sittings(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """점심 is a sitting and no break where 저녁 or another sitting is named too; 저녁 17:00 is a name and no half of the day."""
    named = [token.kind is Kind.SITTING or _is_dinner(tokens, place) for place, token in enumerate(tokens)]
    if not any(named):
        return tokens
    return tuple(_named(tokens, place) if token.text in _LUNCH or named[place] else token for place, token in enumerate(tokens))


def read_sittings(state: Clauses) -> None:
    """Sittings by their names, at least two. Raises `NotUnderstood` where one stands alone, or keeps days of its own."""
    cursor = state.cursor
    first = cursor.here
    pairs: list[Pair] = []
    while _starts_sitting(cursor):
        cursor.take_if(Kind.SITTING)
        cursor.skip_grammar()
        if not is_time_start(cursor):
            raise state.refused(TextFault.UNKNOWN_WORD, first)
        pairs += state.spans.read_list(cursor)
        _read_bracketed_order(state)
        mark = cursor.place
        cursor.skip(Kind.SEPARATOR)
        if not _starts_sitting(cursor):
            cursor.place = mark
            break
    if len(pairs) < _FEWEST:
        raise state.refused(TextFault.UNKNOWN_WORD, first)
    days = state.pending
    state.tell_open(first, state.spans.settle(pairs))
    latest = state.latest_fact
    if latest is None or latest.days is not days or len(latest.spans) != len(pairs):
        raise state.refused(TextFault.DAYS_UNCLEAR, first)  # "점심 11~14시, 저녁 17~21시(월~금)": both, or the evenings?


def _starts_sitting(cursor: TokenCursor) -> bool:
    return cursor.is_at(Kind.SITTING) or (cursor.is_at(Kind.PART) and cursor.here.value is Part.EVENING)


def _read_bracketed_order(state: Clauses) -> None:
    """런치 11:30~15:00 (L.O 14:30)."""
    cursor, mark = state.cursor, state.cursor.place
    if not (cursor.take_if(Kind.OPENING) and cursor.is_at(Kind.LAST_ORDER)):
        cursor.place = mark
        return
    pending, state.pending = state.pending, None
    read_last_order(state)
    state.pending = pending
    if not cursor.take_if(Kind.CLOSING):
        raise state.refused(TextFault.UNKNOWN_WORD)


def _is_dinner(tokens: tuple[Token, ...], place: int) -> bool:
    """저녁 at the beginning of a clause that is not the first."""
    token = tokens[place]
    stands_apart = place > 0 and tokens[place - 1].kind in _BEFORE_DINNER
    return token.text == _DINNER and stands_apart and any(other.text in _LUNCH for other in tokens[:place])


def _named(tokens: tuple[Token, ...], place: int) -> Token:
    """저녁 5시 keeps its half of the day; 저녁 17:00 needs none."""
    token, after = tokens[place], tokens[min(place + 1, len(tokens) - 1)]
    if token.text == _DINNER and after.kind is Kind.CLOCK and after.value.hour <= NOON_HOUR:
        return token
    return token._replace(kind=Kind.SITTING)
