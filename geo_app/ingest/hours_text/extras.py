"""Clauses beside the hours: breaks, last orders, hours under a weather alert."""

from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import Note, TextFault
from geo_app.ingest.hours_text.days import Days, is_day_start, merge_days, read_days
from geo_app.ingest.hours_text.facts import AlertFact, Break
from geo_app.ingest.hours_text.sittings import Pair
from geo_app.ingest.hours_text.times import is_time_start, read_time
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_IN_LIST = 1


def is_break_ahead(cursor: TokenCursor) -> bool:
    """True where the word for a break has its own times behind it: 브레이크타임 15~17시, not 15~17시 브레이크타임."""
    mark = cursor.place
    cursor.take()
    cursor.skip_grammar()
    if cursor.take_if(Kind.CLOSED):
        found = is_time_start(cursor)  # 점심시간 휴무 12:00~13:00
        cursor.place = mark
        return found
    cursor.take_if(Kind.OPENING)
    found = is_time_start(cursor) or is_day_start(cursor) or cursor.is_at(Kind.NONE)
    cursor.place = mark
    return found


def read_break(state: Clauses) -> None:
    """브레이크타임 15:00~17:00, 점심시간(12~13시) 제외, 브레이크타임 없음."""
    cursor = state.cursor
    token = cursor.take()
    cursor.skip_grammar()
    if cursor.take_if(Kind.NONE):
        _read_no_break(state, token)
        return
    if cursor.is_at(Kind.CLOSED):
        cursor.take()
    is_bracketed = bool(cursor.take_if(Kind.OPENING))
    if state.pending is None and is_day_start(cursor):
        state.pending = merge_days(read_days(cursor))
        is_bracketed = not (is_bracketed and cursor.take_if(Kind.CLOSING)) and is_bracketed  # 점심시간(평일) 12~13시
        cursor.skip_grammar()
    if not is_time_start(cursor):
        raise state.refused(TextFault.BREAK_UNCLEAR, token)
    pairs = state.spans.read_list(cursor)
    if is_bracketed and not cursor.take_if(Kind.CLOSING):
        raise state.refused(TextFault.BREAK_UNCLEAR, token)
    cursor.skip(Kind.PARTICLE)
    if cursor.is_at(Kind.BREAK) and not is_break_ahead(cursor):
        cursor.take()  # 점심시간 12~13시 휴게
    cursor.take_if(Kind.EXCEPT, Kind.CLOSED)
    tell_break(state, token, pairs)


def _read_no_break(state: Clauses, token: Token) -> None:
    """토요일은 점심시간 없음: no break cuts their opening. Without days it says nothing more; before their times the days wait on."""
    days = state.pending
    if days is None:
        return
    if not days.is_plain_week:
        raise state.refused(TextFault.BREAK_UNCLEAR, token)
    state.said.unbroken.append(days)
    if any(fact.spans and _same(fact.days, days) for fact in state.said.facts):
        state.pending = None


def tell_break(state: Clauses, token: Token, pairs: list[Pair]) -> None:
    """Breaks of the days that wait, of the opening they stand behind, or of all openings. Raises `NotUnderstood`."""
    days, state.pending = state.pending, None
    if days is not None and not any(fact.spans for fact in state.said.facts):
        raise state.refused(TextFault.BREAK_UNCLEAR, token)
    latest = state.latest_fact
    stands_behind = days is None and latest is not None and bool(latest.spans) and (state.depth > 0 or state.strength == 0)
    fact = state.latest if stands_behind else None
    stands_apart = latest is not None and not latest.spans
    state.said.breaks += [Break(token, start, end, days, fact, state.strength, stands_apart, len(state.said.facts)) for start, end in pairs]
    if state.depth == 0:
        state.strength = 0


def read_last_order(state: Clauses) -> None:
    """라스트오더 21:00. The door closes later; the time is passed over and a note kept."""
    cursor = state.cursor
    token = cursor.take()
    cursor.skip_grammar()
    if not is_time_start(cursor):
        raise state.refused(TextFault.UNKNOWN_WORD, token)
    _read_single(state, token)
    while cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST and _is_single_ahead(cursor):
        cursor.take()
        _read_single(state, token)
    if state.pending is not None and not any(fact.spans and _same(fact.days, state.pending) for fact in state.said.facts):
        raise state.refused(TextFault.DAYS_UNCLEAR, state.pending.token)
    state.pending = None
    state.said.notes.add(Note.LAST_ORDER)


def read_last_entry(state: Clauses) -> None:
    """마감 30분 전 입장 마감: it tells no hours."""
    state.cursor.take()
    state.said.notes.add(Note.LAST_ORDER)


def _read_single(state: Clauses, token: Token) -> None:
    cursor = state.cursor
    read_time(cursor)
    if cursor.is_at(Kind.RANGE):
        raise state.refused(TextFault.UNKNOWN_WORD, token)
    cursor.skip(Kind.UNTIL, Kind.POLITE)


def _is_single_ahead(cursor: TokenCursor) -> bool:
    """True where a second last order follows: L.O 14:30, 20:30."""
    is_clock = cursor.ahead().kind is Kind.CLOCK
    return is_clock and cursor.ahead(2).kind in {Kind.END, Kind.CLOSING, Kind.SEPARATOR}


def read_alert(state: Clauses) -> None:
    """폭염특보 시 21시까지 연장, 한파특보 발효 시 매일 24시간 개방."""
    cursor = state.cursor
    token = cursor.take()
    if state.pending is not None:
        raise state.refused(TextFault.ALERT_UNCLEAR, token)
    cursor.skip_grammar()
    if cursor.is_at(Kind.SEPARATOR) and cursor.here.value <= _IN_LIST:
        cursor.take()
    days = merge_days(read_days(cursor)) if is_day_start(cursor) else None
    if cursor.take_if(Kind.ALL_DAY):
        told = AlertFact(token, token.value, days, (Span(0, DAY_MIN),))
    elif is_time_start(cursor):
        told = _read_alert_times(state, token, days)
    else:
        raise state.refused(TextFault.ALERT_UNCLEAR, token)
    cursor.skip(Kind.OPEN, Kind.EXTENDED, Kind.POLITE)
    state.said.alerts.append(told)
    state.begin_clause()


def _read_alert_times(state: Clauses, token: Token, days: Days | None) -> AlertFact:
    cursor, mark = state.cursor, state.cursor.place
    time = read_time(cursor)
    if cursor.is_at(Kind.RANGE):
        cursor.place = mark
        return AlertFact(token, token.value, days, state.spans.settle(state.spans.read_list(cursor)))
    if not (cursor.take_if(Kind.UNTIL) and cursor.take_if(Kind.EXTENDED)):
        raise state.refused(TextFault.ALERT_UNCLEAR, token)
    if not time.is_certain:
        raise state.refused(TextFault.HALF_DAY, time.token)
    is_after_midnight = time.is_midnight or time.is_next_day or time.minute == 0
    return AlertFact(token, token.value, days, until_min=time.minute + DAY_MIN * is_after_midnight)


def _same(one: Days | None, other: Days) -> bool:
    return one is not None and one.said == other.said
