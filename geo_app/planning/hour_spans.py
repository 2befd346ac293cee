"""Hours of the week as a planner says them: which days, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

HOURS_OF_DAY: Final = 24
DAYS_OF_WEEK: Final = 7
HOURS_OF_WEEK: Final = HOURS_OF_DAY * DAYS_OF_WEEK


@dataclass(frozen=True, slots=True, order=True)
class HourSpan:
    """On each of `weekdays` (0 = Monday, in order) from `from_hour`:00 until just before `to_hour`:00 after that day's midnight.

    0 ≤ from_hour < 24 and from_hour < to_hour < from_hour + 24, or 0–24 for whole days: a `to_hour` above 24 is on the next day.
    """

    weekdays: tuple[int, ...]
    from_hour: int
    to_hour: int

    @property
    def is_whole_day(self) -> bool:
        """True for 00–24."""
        return self.to_hour - self.from_hour == HOURS_OF_DAY


def merge_hours(hours: Iterable[int]) -> tuple[HourSpan, ...]:
    """Hours of the week (0 = Monday 00:00 … 167) in as few words: a night stays whole across its midnight, whole days stand alone.

    >>> merge_hours([22, 23, 24, 25, 46, 47, 48, 49])
    (HourSpan(weekdays=(0, 1), from_hour=22, to_hour=26),)
    >>> merge_hours([])
    ()
    """
    days: dict[tuple[int, int], list[int]] = {}
    for start, end in _runs(sorted(set(hours))):
        for weekday, from_hour, to_hour in _cut(start, end):
            days.setdefault((from_hour, to_hour), []).append(weekday)
    spans = (HourSpan(tuple(sorted(weekdays)), from_hour, to_hour) for (from_hour, to_hour), weekdays in days.items())
    return tuple(sorted(spans, key=lambda span: (-len(span.weekdays) * (span.to_hour - span.from_hour), span)))


def expand(spans: Iterable[HourSpan]) -> frozenset[int]:
    """The hours of the week that spans hold: what `merge_hours` was given."""
    return frozenset(
        (weekday * HOURS_OF_DAY + hour) % HOURS_OF_WEEK
        for span in spans
        for weekday in span.weekdays
        for hour in range(span.from_hour, span.to_hour)
    )


def _runs(hours: list[int]) -> list[tuple[int, int]]:
    """(first hour, hour after the last) of each run on the circle of the week; a run over Sunday's midnight ends above 168."""
    runs = []
    for _, group in groupby(enumerate(hours), key=lambda item: item[1] - item[0]):
        members = [hour for _, hour in group]
        runs.append((members[0], members[-1] + 1))
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == HOURS_OF_WEEK:
        (_, end), (start, _) = runs.pop(0), runs.pop()
        runs.append((start, end + HOURS_OF_WEEK))
    return runs


def _cut(start: int, end: int) -> list[tuple[int, int, int]]:
    """(weekday, from hour, to hour) pieces: less than a day stays whole, of more each whole day stands for itself."""
    weekday, from_hour = divmod(start, HOURS_OF_DAY)
    if end - start < HOURS_OF_DAY:
        return [(weekday, from_hour, from_hour + end - start)]
    pieces = []
    while start < end:
        day_end = min((start // HOURS_OF_DAY + 1) * HOURS_OF_DAY, end)
        pieces.append((start // HOURS_OF_DAY % DAYS_OF_WEEK, start % HOURS_OF_DAY, start % HOURS_OF_DAY + day_end - start))
        start = day_end
    return pieces
