"""Clauses about openings: times, 24시간, 정상영업, (공휴일 포함), 공휴일은 일요일과 동일."""

from dataclasses import replace

from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import Note, TextFault
from geo_app.ingest.hours_text.days import Days
from geo_app.ingest.hours_text.extras import is_break_ahead, tell_break
from geo_app.ingest.hours_text.times import is_time_start, read_time
from geo_app.ingest.hours_text.words import Kind

_ALL_DAY = (Span(0, DAY_MIN),)
_TIMES = frozenset({Kind.CLOCK, Kind.PART, Kind.NOON, Kind.MIDNIGHT, Kind.ALL_DAY})
_FEWEST_LIKENED = 2
_WEEKDAYS = frozenset(range(5))


def read_times(state: Clauses) -> None:
    """Spans; the last of them is a break where a word behind it says so (12~13시 제외)."""
    cursor = state.cursor
    first = cursor.here
    if _read_single_time(state):
        return
    pairs = state.spans.read_list(cursor)
    is_exception = cursor.is_at(Kind.EXCEPT)
    if is_exception or (cursor.is_at(Kind.BREAK) and not is_break_ahead(cursor)):
        token = cursor.take()
        cursor.take_if(Kind.EXCEPT, Kind.CLOSED)
        if pairs[:-1]:
            state.tell_open(first, state.spans.settle(pairs[:-1]))
        tell_break(state, token, pairs[-1:])
        return
    cursor.skip(Kind.POLITE)
    state.tell_open(first, state.spans.settle(pairs), is_from_midnight=any(start.is_midnight for start, _ in pairs))


def _read_single_time(state: Clauses) -> bool:
    """21:00 라스트오더, 24시 영업: a time that is no span; False where it is one."""
    cursor, mark = state.cursor, state.cursor.place
    first = cursor.here
    time = read_time(cursor)
    if cursor.is_at(Kind.RANGE):
        cursor.place = mark
        return False
    if state.pending is None and cursor.take_if(Kind.LAST_ORDER):
        state.said.notes.add(Note.LAST_ORDER)
    elif cursor.is_at(Kind.OPEN) and time.part is None and time.minute == DAY_MIN:
        cursor.take()
        state.tell_open(first, _ALL_DAY)
    else:
        raise state.refused(TextFault.UNFINISHED, first)
    return True


def read_all_day(state: Clauses) -> None:
    """24시간."""
    state.tell_open(state.cursor.take(), _ALL_DAY)


def read_open(state: Clauses) -> None:
    """영업 beside times says nothing more; 공휴일 영업 is as usual. Other days still wait for their times."""
    cursor = state.cursor
    cursor.take()
    if cursor.find_next(Kind.COLON, Kind.OPENING).kind in _TIMES or is_time_start(cursor):
        state.latest = None
    elif state.pending is not None and state.pending.is_of_holidays:
        _tell_usual(state)
    elif state.pending is not None and not (state.pending.is_every or state.pending.weekdays >= _WEEKDAYS):
        # "주말 영업, 09~18시": only then, or then too?
        raise state.refused(TextFault.DAYS_UNCLEAR, state.pending.token)


def read_normal(state: Clauses) -> None:
    """공휴일 정상영업, 평소와 같음."""
    token = state.cursor.take()
    if state.pending is not None:
        _tell_usual(state)
    elif not state.said.never_closed:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)


def read_included(state: Clauses) -> None:
    """매일(공휴일 포함), 연중무휴(공휴일 포함), 09:00~18:00 (공휴일 포함)."""
    token = state.cursor.take()
    days, state.pending = state.pending, None
    if days is None:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)
    if state.outer is not None:
        state.outer = _with_days(state, state.outer, days)
        return
    fact = state.latest_fact
    if fact is not None:
        held = fact.days or Days(days.token, is_every=True)
        state.said.facts[state.latest or 0] = replace(fact, days=_with_days(state, held, days))
    elif not state.said.never_closed:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)


def liken_days(state: Clauses, pieces: list[Days]) -> None:
    """공휴일은 일요일과 동일: the last piece is what the others are like."""
    token = state.cursor.take()
    model = pieces[-1]
    if state.pending is not None or len(pieces) < _FEWEST_LIKENED or not model.is_plain_week:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)
    if any(not piece.is_of_holidays or piece.feasts for piece in pieces[:-1]):
        raise state.refused(TextFault.DAYS_UNCLEAR, pieces[0].token)
    state.said.likened.append((pieces[0].token, model))
    state.begin_clause()


def _tell_usual(state: Clauses) -> None:
    if state.pending is not None:
        if state.pending.has_substitute and not state.pending.has_holidays:
            raise state.refused(TextFault.HOLIDAYS_UNCLEAR, state.pending.token)
        state.said.opened.append(state.pending)
    state.pending = None
    state.begin_clause()


def _with_days(state: Clauses, held: Days, days: Days) -> Days:
    if not held.is_every and not days.weekdays <= held.weekdays:
        raise state.refused(TextFault.DAYS_UNCLEAR, days.token)
    return held.union(replace(days, weekdays=frozenset()))
