"""Clauses about days that are shut: 일요일 휴무, 휴무일: 매주 월요일, 공휴일 제외."""

from geo_app.ingest.hours_text.clauses import PART_STRENGTH, Clauses
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.days import Days, is_day_start, merge_days, read_days
from geo_app.ingest.hours_text.seasons import is_season_start, read_season
from geo_app.ingest.hours_text.times import is_time_start
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_IN_LIST = 1
_AFTER_LIST = frozenset({Kind.END, Kind.SEPARATOR, Kind.CLOSING, Kind.OPENING})


def read_closed(state: Clauses) -> None:
    """The days before the word are shut, or those after it where none waits."""
    cursor = state.cursor
    token = cursor.take()
    if state.pending is None and cursor.find_next(Kind.PARTICLE, Kind.COLON).kind is Kind.NEVER_CLOSED:
        return  # 휴무일: 연중무휴
    if state.pending is None:
        state.tell(token, _read_days_after(state, token), ())
    elif cursor.is_at(Kind.COLON):
        raise state.refused(TextFault.DAYS_UNCLEAR, token)  # "일요일 휴무: 공휴일"
    else:
        state.tell(token, state.pending, ())


def read_except(state: Clauses) -> None:
    """월요일 제외, (공휴일 제외)."""
    token = state.cursor.take()
    latest = state.latest_fact
    if state.pending is None:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)
    if latest is not None and not latest.spans and state.strength < PART_STRENGTH:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)  # "월요일 휴무(공휴일 제외)": open on holidays, or shut on both?
    state.tell(token, state.pending, (), is_exception=state.depth > 0)


def _read_days_after(state: Clauses, token: Token) -> Days:
    """휴무일: 일요일, 공휴일. What follows a list must not be times, or its last days could be theirs."""
    cursor = state.cursor
    cursor.skip(Kind.PARTICLE, Kind.COLON)
    is_bracketed = bool(cursor.take_if(Kind.OPENING))
    days = _read_list(state, token)
    if is_bracketed and not cursor.take_if(Kind.CLOSING):
        raise state.refused(TextFault.DAYS_UNCLEAR, token)
    cursor.take_if(Kind.CLOSED)
    cursor.skip(Kind.POLITE)
    is_open_list = cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST and _has_times_ahead(cursor)
    if not is_bracketed and (cursor.here.kind not in _AFTER_LIST or is_open_list):
        raise state.refused(TextFault.DAYS_UNCLEAR, days.token)
    return days


def _read_list(state: Clauses, token: Token) -> Days:
    cursor = state.cursor
    found: list[Days] = []
    while True:
        if is_season_start(cursor):
            season = read_season(cursor)
            if not season.is_dates:
                raise state.refused(TextFault.DAYS_UNCLEAR, season.token)
            found.append(Days(season.token, dates=frozenset(season.parts)))
        elif is_day_start(cursor):
            found += read_days(cursor, strength=_IN_LIST)
        else:
            uncertain = {Kind.NOT_WEEKLY: TextFault.NOT_WEEKLY, Kind.NOT_CERTAIN: TextFault.NOT_CERTAIN}.get(cursor.here.kind)
            raise state.refused(uncertain or TextFault.DAYS_UNCLEAR, None if uncertain else token)
        mark = cursor.place
        if cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST:
            cursor.take()
        if cursor.place == mark or not (is_season_start(cursor) or is_day_start(cursor)):
            cursor.place = mark
            return merge_days(found)


def _has_times_ahead(cursor: TokenCursor) -> bool:
    mark = cursor.place
    cursor.skip(Kind.SEPARATOR)
    found = is_time_start(cursor) or cursor.is_at(Kind.ALL_DAY)
    cursor.place = mark
    return found
