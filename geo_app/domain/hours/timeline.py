"""Open, closed, unknown: what holds at each minute of some days, from statements, closures and the calendar."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from geo_app.domain.hours.rules import DAY_MIN


class State(StrEnum):
    """`UNKNOWN` is an answer of its own and is never shown as one of the others."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Timeline:
    """States that cover the minutes 0 … `end_min` after 00:00 (Asia/Seoul) of `first_day` without a gap.

    `states[i]` holds from `starts_min[i]` until just before the next start; `starts_min[0]` is 0 and neighbours differ.
    """

    first_day: date
    end_min: int
    starts_min: tuple[int, ...]
    states: tuple[State, ...]

    def state_at(self, minute: int) -> State:
        """The state at a minute after `first_day` 00:00, which must lie in the timeline."""
        return self.states[bisect_right(self.starts_min, minute) - 1]

    def find_change(self, minute: int) -> int | None:
        """The first minute after `minute` at which the state changes, or None."""
        place = bisect_right(self.starts_min, minute)
        return self.starts_min[place] if place < len(self.starts_min) else None

    def find_next(self, minute: int, state: State) -> int | None:
        """The first minute after `minute` at which `state` begins, or None."""
        place = bisect_right(self.starts_min, minute)
        return next((start for start, held in zip(self.starts_min[place:], self.states[place:], strict=True) if held is state), None)


def paint(first_day: date, day_count: int, *, opens: Iterable[tuple[int, int]], unknowns: Iterable[tuple[int, int]]) -> Timeline:
    """The timeline of (start, end) minutes that are open, or else unknown, or else closed. What lies outside the days is cut off."""
    end_min = day_count * DAY_MIN
    steps: dict[int, list[int]] = {0: [0, 0]}
    for layer, pieces in enumerate((opens, unknowns)):
        for start, end in pieces:
            if max(start, 0) < min(end, end_min):
                steps.setdefault(max(start, 0), [0, 0])[layer] += 1
                steps.setdefault(min(end, end_min), [0, 0])[layer] -= 1
    depth = [0, 0]
    reached: list[tuple[int, State]] = []
    for minute in sorted(steps):
        depth = [depth[0] + steps[minute][0], depth[1] + steps[minute][1]]
        reached.append((minute, State.OPEN if depth[0] else State.UNKNOWN if depth[1] else State.CLOSED))
    return _merge(first_day, end_min, reached)


class Spoken(NamedTuple):
    """What one source says; of the days in `silent` (offsets) it says nothing, but for a shift of the eve that lasts into them."""

    timeline: Timeline
    silent: frozenset[int] = frozenset()

    def find_state(self, minute: int) -> State | None:
        """The state at a minute of the timeline, or None where nothing is said."""
        state = self.timeline.state_at(minute)
        return None if state is State.CLOSED and minute // DAY_MIN in self.silent else state


def combine(spoken: Sequence[Spoken]) -> Timeline:
    """One timeline of several sources over the same days (at least one): where those that speak agree, that; elsewhere unknown."""
    whole = spoken[0].timeline
    if len(spoken) == 1 and not spoken[0].silent:
        return whole
    minutes = {start for item in spoken for start in item.timeline.starts_min}
    minutes.update(midnight * DAY_MIN for item in spoken for offset in item.silent for midnight in (offset, offset + 1) if midnight >= 0)
    reached = []
    for minute in sorted(minutes):
        if minute < whole.end_min:
            said = {state for item in spoken if (state := item.find_state(minute)) is not None}
            reached.append((minute, said.pop() if len(said) == 1 else State.UNKNOWN))
    return _merge(whole.first_day, whole.end_min, reached)


def _merge(first_day: date, end_min: int, reached: Iterable[tuple[int, State]]) -> Timeline:
    starts: list[int] = []
    states: list[State] = []
    for minute, state in reached:
        if minute < end_min and (not states or states[-1] is not state):
            starts.append(minute)
            states.append(state)
    return Timeline(first_day, end_min, tuple(starts), tuple(states))
