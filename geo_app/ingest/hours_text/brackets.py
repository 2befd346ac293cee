"""What stands in brackets: the days told again (평일(월~금)), a clause about what is before it, or a heading ([평일])."""

from collections.abc import Callable
from dataclasses import replace

from geo_app.ingest.hours_text.clauses import Clauses
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.days import WHOLE_WEEK, Days, is_day_start
from geo_app.ingest.hours_text.seasons import is_season_start
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_MOST_BRACKETS = 3
_OF_OPENINGS = frozenset({Kind.BREAK, Kind.LAST_ORDER})
# What 평일 and 주말 may be defined as, by the weekdays they are otherwise.
_DEFINITIONS = {
    frozenset(range(5)): (frozenset(range(4)), frozenset(range(5)), frozenset(range(6))),
    frozenset({5, 6}): (frozenset({5, 6}), frozenset({4, 5, 6})),
}


def read_bracket(state: Clauses, read_clauses: Callable[[Clauses], None]) -> None:
    """One bracket and what it does to the days that wait. Raises `NotUnderstood`."""
    cursor = state.cursor
    opening = cursor.take()
    outer, season, count = state.pending, state.season, len(state.said.facts)
    names_days = is_day_start(cursor)
    if names_days or cursor.is_at(*_OF_OPENINGS):
        state.pending = None
    is_heading = outer is None and is_season_start(cursor) and (not count or state.has_bracketed_seasons)
    held, state.outer = state.outer, (outer if names_days else None)
    state.depth += 1
    if state.depth > _MOST_BRACKETS:
        raise state.refused(TextFault.UNKNOWN_WORD, opening)
    read_clauses(state)
    if not cursor.take_if(Kind.CLOSING):
        raise state.refused(TextFault.UNKNOWN_WORD, opening)
    state.depth -= 1
    outer = state.outer if names_days else outer
    if is_heading and len(state.said.facts) == count and state.pending is None and state.season is not None:
        # [하절기(4~9월)] 매일 6~20시: a heading in a bracket of its own.
        season, state.has_bracketed_seasons = state.season, True
    state.outer, state.season = held, season
    if not names_days:
        state.pending = outer if state.pending is None and len(state.said.facts) == count else state.pending
        return
    inner, state.pending = state.pending, outer
    if inner is not None and len(state.said.facts) > count:
        raise state.refused(TextFault.WITHOUT_TIMES, inner.token)
    if inner is not None and outer is None and _is_told_already(state, inner):
        return
    if inner is not None:
        state.pending = inner if outer is None else _told_again(state, opening, outer, inner)


def _is_told_already(state: Clauses, inner: Days) -> bool:
    """일 정기휴무 (매주 일요일), and 일 휴무 (일요일, 공휴일), which tells of holidays too."""
    latest = state.latest_fact
    if latest is None or latest.spans or latest.days is None or state.strength:
        return False
    is_same = bool(inner.weekdays) and inner.said == replace(latest.days, has_holidays=inner.has_holidays).said
    if is_same:
        state.said.facts[-1] = replace(latest, days=latest.days.union(inner))
    return is_same


def _told_again(state: Clauses, opening: Token, outer: Days, inner: Days) -> Days:
    """주말(토·일·공휴일), 평일(월~목): the bracket says what the word means here."""
    is_week = inner.weekdays == outer.weekdays or (outer.is_every and inner.weekdays in {WHOLE_WEEK, frozenset()})
    is_definition = inner.weekdays in _DEFINITIONS.get(outer.weekdays, ())
    if inner.nths or inner.dates or inner.feasts or inner.is_rest or not (is_week or is_definition):
        raise state.refused(TextFault.DAYS_UNCLEAR, opening)
    return inner.union(Days(outer.token, has_holidays=outer.has_holidays, is_every=outer.is_every))
