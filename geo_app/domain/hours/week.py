"""The plain week: what stands on the sign at the door, Monday to Sunday, before any single day is named."""

from collections.abc import Iterable
from datetime import date

from geo_app.domain.hours.canonical import find_canonical
from geo_app.domain.hours.rules import DAY_MIN, MONTH_LENGTHS, DatePart, Rule, Span
from geo_app.domain.site import HoursStatement

WEEK_DAYS = 7
# Shorter dates are single days with hours of their own (the days around 25 December), not a season that has a week.
SHORTEST_SEASON_DAYS = 28

Spans = tuple[Span, ...]
# Monday to Sunday, the sittings of each day; none: closed.
Week = tuple[Spans, ...]


def list_week(statement: HoursStatement, *, day: date) -> Week | None:
    """The plain week of a statement in the season that `day` lies in, Monday first; None where the hours are not understood.

    Left out are the nth weekdays of a month and dates of less than `SHORTEST_SEASON_DAYS` days (`list_exceptions` has them), and holidays.
    """
    parsed = find_canonical(statement.opening_hours)
    if parsed is None:
        return None
    held = [rule for rule in parsed.rules if not rule.dates or any(_is_season_of(part, day) for part in rule.dates)]
    return tuple(fold_rules(held, weekday) for weekday in range(WEEK_DAYS))


def fold_rules(rules: Iterable[Rule], weekday: int, *, nth: int | None = None) -> Spans:
    """What the rules, without regard to their dates, leave standing for a weekday; with `nth`, for that one of the month alone."""
    spans: Spans = ()
    for rule in rules:
        parts = [part for part in rule.weekdays if part.weekday == weekday]
        if rule.weekdays and not any(not part.nth or nth in part.nth for part in parts):
            continue
        spans = _together(spans, rule.spans) if rule.is_added else rule.spans
    return spans


def _together(spans: Spans, added: Spans) -> Spans:
    found: list[Span] = []
    for span in sorted({*spans, *added}):
        last = found[-1] if found else None
        if last and span.starts_min <= last.ends_min and span.ends_min - last.starts_min <= DAY_MIN:
            found[-1] = Span(last.starts_min, max(last.ends_min, span.ends_min))
        else:
            found.append(span)
    return tuple(found)


def _is_season_of(part: DatePart, day: date) -> bool:
    return part.covers((day.month, day.day)) and _length_days(part) >= SHORTEST_SEASON_DAYS


def _length_days(part: DatePart) -> int:
    length = _day_of_year(*part.last) - _day_of_year(*part.first) + 1
    return length if part.first <= part.last else length + sum(MONTH_LENGTHS)


def _day_of_year(month: int, day: int) -> int:
    return sum(MONTH_LENGTHS[:month]) + day
