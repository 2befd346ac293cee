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

from geo_app.domain.hours.canonical import parse_opening_hours
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

    usual: _ShiftPair
    sunday: _ShiftPair

    def list_shifts(self, first_day: date, *, day_count: int) -> tuple[Pieces, ...]:
        """For each of the days, the (start, end) pieces of its shift in minutes after its own midnight, 0 … 2880."""
        return self.usual.list_shifts(first_day, day_count=day_count)

    def list_sunday_shift(self, day: date) -> Pieces:
        """The shift of a day judged as if it were a Sunday; what is said of a first or nth Sunday counts only on that very Sunday."""
        judged = self.usual if day.weekday() == SUNDAY else self.sunday
        return judged.list_shifts(day, day_count=1)[0]


@lru_cache(maxsize=4096)
def get_weekly_rule(opening_hours: str) -> WeeklyRule:
    """The weekly rule of a text; the work is done once for each text. Raises `BadHours`."""
    rules = parse_opening_hours(opening_hours).rules
    return WeeklyRule(_build_pair(rules), _build_pair(_as_on_sundays(rules)))


def _build_pair(rules: Sequence[Rule]) -> _ShiftPair:
    heads = [replace(rule, spans=tuple(_head(span) for span in rule.spans)) for rule in rules]
    tails = [
        replace(rule, spans=tuple(Span(0, span.ends_min - DAY_MIN) for span in rule.spans if span.ends_min > DAY_MIN)) for rule in rules
    ]
    return _ShiftPair(_find_evaluator(heads), _find_evaluator(tails))


def _head(span: Span) -> Span:
    return Span(span.starts_min, min(span.ends_min, DAY_MIN))


def _find_evaluator(rules: Iterable[Rule]) -> OpeningHours | None:
    # A rule left without spans still replaces what stands before it; one that only added has nothing left to say.
    kept = [replace(rule, is_always=False) for rule in rules if rule.spans or not rule.is_added]
    if not any(rule.spans for rule in kept):
        return None
    return OpeningHours(rules_text([replace(kept[0], is_added=False), *kept[1:]]))


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
            _cut_at_midnights(_minutes(start - first), _minutes(end - first), found)
    return found


def _cut_at_midnights(start_min: int, end_min: int, found: list[list[Minutes]]) -> None:
    while start_min < end_min:
        day, minute = divmod(start_min, DAY_MIN)
        stop = min(end_min, (day + 1) * DAY_MIN)
        found[day].append((minute, stop - day * DAY_MIN))
        start_min = stop


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
