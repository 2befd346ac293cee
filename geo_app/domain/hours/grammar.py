"""The part of the OpenStreetMap `opening_hours` grammar that is certain, read into rules.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification (version 0.7.2). What is left out is refused by name:
fall-backs, comments, open ends, the sun, school holidays, weeks, years, Easter, and any state but shut.
"""

from dataclasses import dataclass

from geo_app.domain.hours.cursor import Cursor
from geo_app.domain.hours.days import read_dates, read_weekdays
from geo_app.domain.hours.refusal import Refusal
from geo_app.domain.hours.rules import DAY_MIN, Rule, Span
from geo_app.domain.hours.sittings import read_spans
from geo_app.domain.hours.tokens import Kind, tokenise

_OFF = frozenset({"off", "closed"})
_JOINTS = frozenset({";", ","})


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as it stands in the text. `names_holidays` where `PH` is among its days; `position` (from 1) is where it begins."""

    rule: Rule
    names_holidays: bool
    position: int
    text: str


def read_rules(text: str) -> tuple[WrittenRule, ...]:
    """The rules of a text, in their order. Raises `BadHours`."""
    cursor = Cursor(tokenise(text))
    if cursor.is_spent():
        raise cursor.refused(Refusal.EMPTY)
    found = [_read_rule(cursor, text, is_added=False)]
    while cursor.here.text in _JOINTS:
        is_added = cursor.take().text == ","
        # A text may end with a semicolon: nothing more is said.
        if cursor.is_spent() and not is_added:
            break
        found.append(_read_rule(cursor, text, is_added=is_added))
    if not cursor.is_spent():
        raise cursor.unexpected()
    return tuple(found)


def _read_rule(cursor: Cursor, text: str, *, is_added: bool) -> WrittenRule:
    position = cursor.here.position
    if cursor.here.kind is Kind.ALWAYS:
        cursor.take()
        rule = Rule(spans=(Span(0, DAY_MIN),), is_added=is_added, is_always=True)
        return WrittenRule(rule, names_holidays=False, position=position, text="24/7")
    dates = read_dates(cursor)
    weekdays, names_holidays = read_weekdays(cursor)
    spans = _read_times(cursor, has_selector=cursor.here.position > position)
    # To add nothing to a day is to shut it, so `, Su off` and `; Su off` are the same.
    rule = Rule(dates, weekdays, spans, is_added=is_added and bool(spans))
    return WrittenRule(rule, names_holidays, position, text[position - 1 : cursor.here.position - 1].strip())


def _read_times(cursor: Cursor, *, has_selector: bool) -> tuple[Span, ...]:
    if cursor.here.text in _OFF:
        cursor.take()
        return ()
    if has_selector and (cursor.is_spent() or cursor.here.text in _JOINTS):
        raise cursor.refused(Refusal.WITHOUT_TIME)
    spans = read_spans(cursor)
    # `12:00-13:00 off` cannot say which shift it cuts past midnight; two sittings can.
    if cursor.here.text in _OFF:
        raise cursor.refused(Refusal.TIMED_OFF)
    return spans
