"""Shifts of a weekly rule: when a place is open, told by the local day each shift starts on.

opening-hours-py judges the days. It is asked twice, with texts that never cross a midnight: the *head* of each shift (until 24:00 of its
day) and the *tail* (what follows, written as if it were on the day the shift started). So a rule that shuts a day leaves the eve's tail
whole and takes its own tail away, which evaluating the text as written does not do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, State

from geo_app.domain.hours.canonical import KEPT_TEXTS, parse_opening_hours
from geo_app.domain.hours.rules import DAY_MIN, SUNDAY, Rule, Span, WeekdayPart, rules_text

Minutes = tuple[int, int]
# The pieces of one shift.
Pieces = tuple[Minutes, ...]


@dataclass(frozen=True, slots=True)
class _ShiftPair:
    """The evaluators of heads and tails; None where there are none at all."""

    head: OpeningHours | None
    tail: OpeningHours | None

    def list_shifts(self, first_day: date, *, day_count: int) -> tuple[Pieces, ...]:
        heads = _list_by_day(self.head, first_day, day_count)
        tails = _list_by_day(self.tail, first_day, day_count)
        return tuple((*head, *((start + DAY_MIN, end + DAY_MIN) for start, end in tail)) for head, tail in zip(heads, tails, strict=True))


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """A weekly rule ready to be asked; holidays and dated closures are not its business."""

    opening_hours: str
    usual: _ShiftPair

    def list_shifts(self, first_day: date, *, day_count: int) -> tuple[Pieces, ...]:
        """For each of the days, the (start, end) pieces of its shift in minutes after its own midnight, 0 … 2880."""
        return self.usual.list_shifts(first_day, day_count=day_count)

    def list_sunday_shift(self, day: date) -> Pieces:
        """The shift of a day judged as if it were a Sunday; what is said of a first or nth Sunday counts only on that very Sunday."""
        judged = self.usual if day.weekday() == SUNDAY else _get_sunday_pair(self.opening_hours)
        return judged.list_shifts(day, day_count=1)[0]


@lru_cache(maxsize=KEPT_TEXTS)
def get_weekly_rule(opening_hours: str) -> WeeklyRule:
    """The weekly rule of a text; the work is done once for each text. Raises `BadHours`."""
    parsed = parse_opening_hours(opening_hours)
    return WeeklyRule(parsed.opening_hours, _build_pair(parsed.rules))


@lru_cache(maxsize=KEPT_TEXTS)
def _get_sunday_pair(opening_hours: str) -> _ShiftPair:
    # Made only when a holiday asks for it: most texts never need it.
    return _build_pair(_as_on_sundays(parse_opening_hours(opening_hours).rules))


def _build_pair(rules: Sequence[Rule]) -> _ShiftPair:
    if not any(span.ends_min > DAY_MIN for rule in rules for span in rule.spans):
        return _ShiftPair(_find_evaluator(rules), tail=None)
    heads = [_with_spans(rule, [Span(span.starts_min, min(span.ends_min, DAY_MIN)) for span in rule.spans]) for rule in rules]
    tails = [_with_spans(rule, [Span(0, span.ends_min - DAY_MIN) for span in rule.spans if span.ends_min > DAY_MIN]) for rule in rules]
    return _ShiftPair(_find_evaluator(heads), _find_evaluator(tails))


def _with_spans(rule: Rule, spans: Iterable[Span]) -> Rule:
    return Rule(rule.dates, rule.weekdays, tuple(spans), rule.is_added)


def _find_evaluator(rules: Iterable[Rule]) -> OpeningHours | None:
    # A rule left without spans still replaces what stands before it; one that only added has nothing left to say.
    kept = [rule for rule in rules if rule.spans or not rule.is_added]
    if not any(rule.spans for rule in kept):
        return None
    if kept[0].is_added:
        kept[0] = replace(kept[0], is_added=False)
    return OpeningHours(rules_text(kept))


def _as_on_sundays(rules: Iterable[Rule]) -> list[Rule]:
    return [replace(rule, weekdays=()) for rule in rules if not rule.weekdays or WeekdayPart(SUNDAY) in rule.weekdays]


def _list_by_day(evaluator: OpeningHours | None, first_day: date, day_count: int) -> list[list[Minutes]]:
    found: list[list[Minutes]] = [[] for _ in range(day_count)]
    if evaluator is None:
        return found
    first = datetime.combine(first_day, time())
    # Naive times in, naive times out: neither side knows the zone of the machine.
    for start, end, state, _ in evaluator.intervals(first, first + timedelta(days=day_count)):
        if state == State.OPEN:
            _cut_at_midnights(start - first, end - first, found)
    return found


def _cut_at_midnights(start: timedelta, end: timedelta, found: list[list[Minutes]]) -> None:
    start_min, end_min = start.seconds // 60, end.seconds // 60
    # Until 24:00 is told as 00:00 of the next day.
    day, last_day = (start.days, end.days) if end_min else (start.days, end.days - 1)
    while day < last_day:
        found[day].append((start_min, DAY_MIN))
        day, start_min = day + 1, 0
    found[day].append((start_min, end_min or DAY_MIN))
