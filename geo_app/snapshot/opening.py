"""The opening book of a layer: each distinct schedule kept once, its timeline worked out once a day."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import Answer, State, Timeline, build_timeline, read_timeline, seoul_time
from geo_app.domain.hours.state import LOOKAHEAD_DAYS
from geo_app.domain.record import load_closure, load_dated_hours, load_statement
from geo_app.domain.site import Closure, DatedHours, HoursStatement

# From the day asked for: the look-ahead, and a day more because an arrival may fall past midnight.
TIMELINE_DAYS = LOOKAHEAD_DAYS + 2
KEPT_DAYS = 8  # days for which timelines are held: today, tomorrow, and what visitors of "at another time" ask
UNKNOWN = Answer(State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that is said of one door."""

    statements: tuple[HoursStatement, ...]
    closures: tuple[Closure, ...]
    dated_hours: tuple[DatedHours, ...]


class OpeningBook:
    """Answers for positions of a layer. Safe to share between threads."""

    def __init__(self, distinct: Sequence[Mapping[str, Any]], schedule_of: Sequence[int]) -> None:
        self._schedules = [load_schedule(item) for item in distinct]
        self._schedule_of = schedule_of
        self._lock = threading.Lock()
        self._calendar: Calendar | None = None
        self._timelines: dict[date, list[Timeline]] = {}

    def schedule(self, position: int) -> Schedule | None:
        """What is said of the door of a place; None for a place without hours."""
        number = self._schedule_of[position]
        return None if number < 0 else self._schedules[number]

    def timeline(self, position: int, day: date, calendar: Calendar) -> Timeline | None:
        """What holds at the place's door for `TIMELINE_DAYS` days from `day`; None for a place without hours."""
        number = self._schedule_of[position]
        return None if number < 0 else self._day(day, calendar)[number]

    def answer(self, position: int, at: datetime, calendar: Calendar) -> Answer:
        """What is known of the door of the place at `position` at `at`; a place without hours is unknown."""
        timeline = self.timeline(position, seoul_time(at).date(), calendar)
        return UNKNOWN if timeline is None else read_timeline(timeline, at=at)

    def answers(self, at: datetime, calendar: Calendar) -> list[Answer]:
        """The answers for every position at `at`; equal schedules are judged once."""
        distinct = [read_timeline(timeline, at=at) for timeline in self._day(seoul_time(at).date(), calendar)]
        return [UNKNOWN if number < 0 else distinct[number] for number in self._schedule_of]

    def _day(self, day: date, calendar: Calendar) -> list[Timeline]:
        with self._lock:
            if calendar is not self._calendar:
                self._calendar, self._timelines = calendar, {}
            found = self._timelines.get(day)
            if found is None:
                found = [
                    build_timeline(
                        schedule.statements,
                        closures=schedule.closures,
                        dated_hours=schedule.dated_hours,
                        calendar=calendar,
                        first_day=day,
                        day_count=TIMELINE_DAYS,
                    )
                    for schedule in self._schedules
                ]
                if len(self._timelines) >= KEPT_DAYS:
                    self._timelines.pop(next(iter(self._timelines)))
                self._timelines[day] = found
            return found


def load_schedule(item: Mapping[str, Any]) -> Schedule:
    """The schedule that stored members tell: those of a record or of a published feature's properties."""
    return Schedule(
        tuple(load_statement(part) for part in item.get("hours", ())),
        tuple(load_closure(part) for part in item.get("closures", ())),
        tuple(load_dated_hours(part) for part in item.get("dated_hours", ())),
    )
