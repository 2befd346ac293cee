"""Times of which only the end is told, 토요일은 15:00까지: the beginning is that of the openings told before, where they have but one."""

from dataclasses import replace

from geo_app.domain.hours.rules import Span
from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.days import Days
from geo_app.ingest.hours_text.facts import Break, Fact
from geo_app.ingest.hours_text.spans import list_break_readings
from geo_app.ingest.hours_text.times import HOUR_MIN, WrittenTime
from geo_app.ingest.hours_text.tokens import Clock
from geo_app.ingest.hours_text.words import Kind

_BEHIND = (Kind.PARTICLE, Kind.OPEN, Kind.EXTENDED, Kind.SHORTENED, Kind.POLITE)


def read_until(state: Clauses, time: WrittenTime) -> None:
    """The clause whose end was just read. Raises `NotUnderstood` where its days or its beginning are not told."""
    cursor = state.cursor
    cursor.take()
    bases = [place for place, fact in enumerate(state.said.facts) if fact.spans and fact.tells_week and not fact.is_exception]
    days = _settle_days(state, bases, time)
    bases = [place for place in bases if days is not None and state.said.facts[place].weekdays >= days.weekdays > frozenset()] or bases
    starts = {state.said.facts[place].spans[0].starts_min for place in bases}
    if len(starts) != 1 or any(len(state.said.facts[place].spans) > 1 for place in bases):
        raise state.refused(TextFault.UNFINISHED, time.token)
    (span,) = state.spans.settle([(_written_start(starts.pop(), time), time)])
    _check_change(state, bases, days, span, time)
    breaks = _carry_breaks(state, bases, days, span)
    state.tell(time.token, days, (span,))
    state.said.breaks += [replace(item, fact=state.latest) for item in breaks]


def _settle_days(state: Clauses, bases: list[int], time: WrittenTime) -> Days | None:
    """The days that wait; in a season of its own those of the one opening before."""
    if state.pending is not None:
        return state.pending
    if state.season is None or len(bases) != 1 or state.said.facts[bases[0]].season is not None:
        raise state.refused(TextFault.UNFINISHED, time.token)
    return state.said.facts[bases[0]].days


def _written_start(starts_min: int, time: WrittenTime) -> WrittenTime:
    clock = Clock(*divmod(starts_min, HOUR_MIN), is_padded=True, has_colon=True)
    return WrittenTime(clock, starts_min, time.token)


def _check_change(state: Clauses, bases: list[int], days: Days | None, span: Span, time: WrittenTime) -> None:
    """연장 must end later than before, 단축 earlier."""
    cursor = state.cursor
    concerned = [state.said.facts[place] for place in bases]
    ends = [fact.spans[-1].ends_min for fact in concerned if _lies_in(days, fact)] or [fact.spans[-1].ends_min for fact in concerned]
    while cursor.is_at(*_BEHIND):
        kind = cursor.take().kind
        is_false = (kind is Kind.EXTENDED and span.ends_min <= max(ends)) or (kind is Kind.SHORTENED and span.ends_min >= min(ends))
        if is_false:
            raise state.refused(TextFault.CONFLICT, time.token)


def _carry_breaks(state: Clauses, bases: list[int], days: Days | None, span: Span) -> list[Break]:
    """The breaks of the opening before, where the days are some of its own; those behind the new end are past."""
    found: list[Break] = []
    for item in state.said.breaks:
        if item.fact not in bases:
            continue
        base = state.said.facts[item.fact]
        pauses = [pause for pause in list_break_readings(item.start, item.end) if pause.ends_min < base.spans[-1].ends_min]
        if pauses and all(pause.ends_min >= span.ends_min for pause in pauses if pause.starts_min > span.starts_min):
            continue
        if not _lies_in(days, base):
            raise NotUnderstood(TextFault.BREAK_UNCLEAR, position=item.token.position, piece=item.token.text)
        found.append(item)
    return found


def _lies_in(days: Days | None, fact: Fact) -> bool:
    if days is None or fact.is_general:
        return True
    nth_days = {day for day, _ in days.nths}
    return bool(days.weekdays or nth_days) and (days.weekdays | nth_days) <= fact.weekdays
