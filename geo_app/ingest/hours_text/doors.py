"""An opening told by its two ends: OPEN 10:00 / CLOSE 22:00, 10시 오픈 ~ 22시 마감."""

from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.times import WrittenTime, is_time_start, read_time
from geo_app.ingest.hours_text.words import Kind

_OPENS = frozenset({"open", "오픈", "개점", "개장", "개관"})


def read_doors(state: Clauses) -> bool:
    """The words before their times, the first just taken; False, with nothing taken, where it is not so."""
    cursor, mark = state.cursor, state.cursor.place
    opening = cursor.behind
    if opening is not None and opening.text in _OPENS:
        cursor.skip(Kind.COLON)
        if is_time_start(cursor):
            start = read_time(cursor)
            cursor.take_if(Kind.SEPARATOR, Kind.RANGE)
            if cursor.take_if(Kind.CLOSE):
                cursor.skip(Kind.COLON)
                _tell(state, start, read_time(cursor))
                return True
    cursor.place = mark
    return False


def read_doors_behind(state: Clauses, start: WrittenTime) -> bool:
    """The words behind their times, the first of which was just read; False, with nothing taken, where it is not so."""
    cursor, mark = state.cursor, state.cursor.place
    if cursor.is_at(Kind.OPEN) and cursor.take().text in _OPENS:
        cursor.take_if(Kind.SEPARATOR, Kind.RANGE)
        if is_time_start(cursor):
            end = read_time(cursor)
            if cursor.take_if(Kind.CLOSE):
                _tell(state, start, end)
                return True
    cursor.place = mark
    return False


def read_close(state: Clauses) -> None:
    """SUN CLOSE is a day that is shut; before a time the word ends an opening that nobody began."""
    token = state.cursor.take()
    is_word = token.text == "close" and state.pending is not None
    if not is_word or state.cursor.is_at(Kind.COLON) or is_time_start(state.cursor):
        raise state.refused(TextFault.UNKNOWN_WORD, token)
    state.tell(token, state.pending, ())


def _tell(state: Clauses, start: WrittenTime, end: WrittenTime) -> None:
    state.cursor.skip(Kind.UNTIL, Kind.POLITE)
    state.tell_open(start.token, state.spans.settle([(start, end)]), is_from_midnight=start.is_midnight)
