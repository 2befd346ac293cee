"""Clauses about openings: times, 24시간, 정상영업, (공휴일 포함), 공휴일은 일요일과 동일."""

from dataclasses import replace

from geo_app.domain.hours.rules import DAY_MIN, SUNDAY, Span
from geo_app.ingest.hours_text.carried import read_until
from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import Note, TextFault
from geo_app.ingest.hours_text.days import Days, merge_days, read_days
from geo_app.ingest.hours_text.doors import read_doors, read_doors_behind
from geo_app.ingest.hours_text.extras import is_break_ahead, tell_break
from geo_app.ingest.hours_text.times import WrittenTime, is_time_start, read_time
from geo_app.ingest.hours_text.words import Kind

_ALL_DAY = (Span(0, DAY_MIN),)
_TIMES = frozenset({Kind.CLOCK, Kind.PART, Kind.NOON, Kind.MIDNIGHT, Kind.ALL_DAY})
_AFTER_24 = (Kind.END, Kind.SEPARATOR, Kind.OPENING, Kind.NEVER_CLOSED)
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
    elif state.pending is None and cursor.is_at(Kind.UNTIL) and cursor.ahead().kind is Kind.LAST_ORDER:
        cursor.skip(Kind.UNTIL, Kind.LAST_ORDER)
        state.said.notes.add(Note.LAST_ORDER)
    elif cursor.is_at(Kind.UNTIL):
        read_until(state, time)
    elif _is_all_day(state, time):
        cursor.take_if(Kind.OPEN)
        state.tell_open(first, _ALL_DAY)
    elif not read_doors_behind(state, time):
        raise state.refused(TextFault.UNFINISHED, first)
    return True


def _is_all_day(state: Clauses, time: WrittenTime) -> bool:
    """24시 영업; 24시 without the word only as the first thing told, for 토요일 24시 may be an end."""
    cursor = state.cursor
    if time.part is not None or time.minute != DAY_MIN or time.is_next_day or time.clock.has_colon:
        return False
    is_first = state.pending is None and state.season is None and not state.said.facts and not state.depth
    return cursor.is_at(Kind.OPEN) or (is_first and cursor.is_at(*_AFTER_24))


def read_all_day(state: Clauses) -> None:
    """24시간."""
    state.tell_open(state.cursor.take(), _ALL_DAY)


def read_open(state: Clauses) -> None:
    """영업 beside times says nothing more; 공휴일 영업 is as usual. Other days still wait for their times."""
    cursor = state.cursor
    cursor.take()
    if read_doors(state):
        return
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
    if days.has_holidays and state.cursor.is_at(Kind.EVERY):
        # 공휴일 포함 매일; what stands before 월~토 in this way would be open to two readings on a Sunday.
        state.pending = merge_days(read_days(state.cursor)).union(replace(days, weekdays=frozenset()))
    elif days.has_holidays and state.cursor.is_at(Kind.NEVER_CLOSED):
        return
    elif fact is not None:
        held = fact.days or Days(days.token, is_every=True)
        if days.is_of_holidays and not days.feasts and held.weekdays >= _WEEKDAYS and SUNDAY not in held.weekdays:
            # 월~토 9~18시 (공휴일 포함): as on other days, so a holiday on a Sunday is shut.
            state.said.opened.append(days)
            return
        state.said.facts[state.latest or 0] = replace(fact, days=_with_days(state, held, days))
    elif not state.said.never_closed:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)


def liken_days(state: Clauses, pieces: list[Days]) -> None:
    """공휴일은 일요일과 동일: the last piece is what the others are like."""
    token = state.cursor.take()
    model = pieces[-1]
    if state.pending is not None or len(pieces) < _FEWEST_LIKENED or not model.is_plain_week:
        raise state.refused(TextFault.DAYS_UNCLEAR, token)
    named = merge_days(pieces[:-1])
    if named.weekdays:
        _liken_weekdays(state, named, model)
    elif not named.is_of_holidays or named.feasts:
        raise state.refused(TextFault.DAYS_UNCLEAR, named.token)
    if named.has_holidays or named.has_substitute:
        state.said.likened.append((named.token, model))
    state.begin_clause()


def _liken_weekdays(state: Clauses, named: Days, model: Days) -> None:
    """일요일은 토요일과 동일: the one opening told of the model is theirs too, unless breaks were told that may be theirs or not."""
    found = [fact for fact in state.said.facts if fact.spans and model.weekdays <= fact.weekdays]
    is_plain = named.said == Days(named.token, weekdays=named.weekdays, has_holidays=named.has_holidays).said
    if len(found) != 1 or not is_plain or state.said.breaks or found[0].season is not None or state.season is not None:
        raise state.refused(TextFault.DAYS_UNCLEAR, named.token)
    state.tell(named.token, Days(named.token, weekdays=named.weekdays), found[0].spans)


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
