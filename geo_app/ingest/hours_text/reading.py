"""One pass over the tokens of a text: each is consumed by one of these rules, or refuses the text."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from geo_app.ingest.hours_text.brackets import read_bracket
from geo_app.ingest.hours_text.clauses import SENTENCE_STRENGTH, Clauses
from geo_app.ingest.hours_text.closings import read_closed, read_except
from geo_app.ingest.hours_text.converted import TextFault
from geo_app.ingest.hours_text.days import Days, is_day_start, merge_days, read_days
from geo_app.ingest.hours_text.doors import read_close
from geo_app.ingest.hours_text.extras import read_alert, read_break, read_last_entry, read_last_order
from geo_app.ingest.hours_text.facts import Fact, Said
from geo_app.ingest.hours_text.named_sittings import read_sittings
from geo_app.ingest.hours_text.openings import (
    liken_days,
    read_all_day,
    read_included,
    read_normal,
    read_open,
    read_times,
)
from geo_app.ingest.hours_text.seasons import is_season_start, read_season
from geo_app.ingest.hours_text.sittings import SpanReader
from geo_app.ingest.hours_text.times import is_time_start
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

_AFTER_DAYS = (Kind.CLOCK, Kind.PART, Kind.NOON, Kind.MIDNIGHT, Kind.ALL_DAY, Kind.NUMBER, Kind.LABEL, Kind.OPEN)
_AND = frozenset({"과", "와"})
_REASONS = {
    Kind.NOT_WEEKLY: TextFault.NOT_WEEKLY, Kind.DAY: TextFault.NOT_WEEKLY, Kind.NOT_CERTAIN: TextFault.NOT_CERTAIN,
    Kind.SAME: TextFault.DAYS_UNCLEAR,
}  # fmt: skip


def read_clauses(cursor: TokenCursor, spans: SpanReader, *, has_days_last: bool = False) -> Said:
    """All that a text says, clause by clause. Raises `NotUnderstood` at the first token that no rule takes."""
    _check_labels(cursor)
    state = Clauses(cursor, spans, has_days_last=has_days_last)
    _read_on(state)
    if not cursor.is_at(Kind.END):
        raise cursor.refused(TextFault.UNKNOWN_WORD)
    _settle_pending(state)
    return state.said


def _check_labels(cursor: TokenCursor) -> None:
    """Refuses 운영시간 6~22시, 민원업무 9~18시: the hours of two things in one text."""
    labels = cursor.list_tokens(Kind.LABEL)
    for label in labels:
        if any(label.value != other.value for other in labels) and any(other.value for other in labels):
            raise cursor.refused(TextFault.UNKNOWN_WORD, labels[-1])


def _read_on(state: Clauses) -> None:
    """Clauses up to the end of the text or of the bracket."""
    cursor = state.cursor
    while not cursor.is_at(Kind.END, Kind.CLOSING):
        rule = _RULES.get(cursor.here.kind)
        if rule is not None:
            rule(state)
        elif is_season_start(cursor):
            _read_heading(state)
        elif is_day_start(cursor):
            _read_days(state)
        elif is_time_start(cursor):
            read_times(state)
        else:
            raise state.refused(_REASONS.get(cursor.here.kind, TextFault.UNKNOWN_WORD))


def _settle_pending(state: Clauses) -> None:
    """Days at the end of a text belong to its only times (09:00~18:00 평일); else nothing was said of them."""
    if state.pending is None:
        return
    facts = state.said.facts
    only = facts[0] if len(facts) == 1 else None
    is_apart = state.strength > 0 or state.pending.is_rest
    if only is None or not only.spans or only.days is not None or only.season is not None or is_apart:
        raise state.refused(TextFault.WITHOUT_TIMES, state.pending.token)
    facts[0] = Fact(only.token, state.pending, only.spans)


def _read_days(state: Clauses) -> None:
    cursor = state.cursor
    pieces = read_days(cursor)
    if cursor.is_at(Kind.SEPARATOR) and cursor.here.text in _AND and cursor.ahead().kind is Kind.SAME:
        cursor.take()
    if cursor.is_at(Kind.SAME):
        liken_days(state, pieces)
    else:
        state.await_days(merge_days(pieces))


def _read_heading(state: Clauses) -> None:
    """3~10월 stands over the clauses that follow; dates are days like others; 8월 1~5일 휴무 says nothing of what follows it."""
    cursor = state.cursor
    season = read_season(cursor)
    is_listed = state.pending is not None or cursor.find_next(Kind.SEPARATOR).kind in {Kind.FEAST, Kind.HOLIDAY, Kind.NEW_YEAR}
    if season.is_dates and (is_listed or cursor.is_at(Kind.CLOSED)):
        state.await_days(Days(season.token, dates=frozenset(season.parts)))
        return
    if state.pending is not None:
        raise state.refused(TextFault.SEASON_UNCLEAR, season.token)
    state.said.seasons.append(season)
    place = len(state.said.seasons) - 1
    cursor.skip_grammar()
    if cursor.is_at(Kind.CLOSED):
        state.tell(cursor.take(), None, (), season=place)
        state.season = None if season.is_rest else state.season
        return
    state.said.headings[place] = state.strength
    state.season = place
    state.begin_clause()


def _read_separator(state: Clauses) -> None:
    strength = state.cursor.take().value
    if strength == SENTENCE_STRENGTH and state.pending is not None and not state.cursor.is_at(*_AFTER_DAYS):
        raise state.refused(TextFault.WITHOUT_TIMES, state.pending.token)
    state.strength = max(state.strength, strength)


def _read_label(state: Clauses) -> None:
    token = state.cursor.take()
    if token.value and state.said.facts and not state.has_label:
        raise state.refused(TextFault.UNKNOWN_WORD, token)  # "6~22시, 민원업무 9~18시": so the first are of something else
    state.has_label = True
    state.latest = None


def _read_place(state: Clauses) -> None:
    """편의점 24시: what the place is, before all else."""
    token = state.cursor.take()
    if state.cursor.place > 1:
        raise state.refused(TextFault.UNKNOWN_WORD, token)


def _read_yearly(state: Clauses) -> None:
    token = state.cursor.take()
    if not is_season_start(state.cursor):
        raise state.refused(TextFault.NOT_WEEKLY, token)


def _pass(state: Clauses) -> None:
    state.cursor.take()


def _pass_polite(state: Clauses) -> None:
    if not state.said.facts:
        raise state.refused(TextFault.UNKNOWN_WORD)
    state.cursor.take()


def _mark(name: str) -> Callable[[Clauses], None]:
    """A rule that keeps the token under a name of `Said`: it speaks of the whole text."""

    def keep(state: Clauses) -> None:
        token: Token = state.cursor.take()
        setattr(state.said, name, token)

    return keep


def _read_bracket(state: Clauses) -> None:
    read_bracket(state, _read_on)


_RULES: Final[Mapping[Kind, Callable[[Clauses], None]]] = MappingProxyType({
    Kind.SEPARATOR: _read_separator, Kind.COLON: _pass, Kind.PARTICLE: _pass, Kind.POLITE: _pass_polite, Kind.LABEL: _read_label,
    Kind.OPENING: _read_bracket, Kind.ALL_DAY: read_all_day, Kind.CLOSED: read_closed, Kind.EXCEPT: read_except,
    Kind.INCLUDED: read_included, Kind.NORMAL: read_normal, Kind.OPEN: read_open, Kind.BREAK: read_break,
    Kind.PLACE: _read_place, Kind.YEARLY: _read_yearly, Kind.SITTING: read_sittings, Kind.CLOSE: read_close,
    Kind.LAST_ENTRY: read_last_entry, Kind.LAST_ORDER: read_last_order, Kind.ALERT: read_alert, Kind.NEVER_CLOSED: _mark("never_closed"),
    Kind.NO_CLOSING: _mark("no_closing"), Kind.ALWAYS: _mark("always"), Kind.HOLIDAYS_UNKNOWN: _mark("unknown_holidays"),
})  # fmt: skip
