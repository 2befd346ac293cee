"""At which minutes of a week a place is usable: its hours say open, for long enough, and the reader may enter."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import State, Timeline, build_timeline
from geo_app.planning.answers import BoolArray
from geo_app.planning.day_kind import HORIZON_DAYS, DayKind
from geo_app.planning.plan_site import REGISTERED_ONLY, PlanSite
from geo_app.snapshot.opening import Schedule

DAY_MIN: Final = 24 * 60
HORIZON_MIN: Final = HORIZON_DAYS * DAY_MIN
SHELTERS: Final = "shelters"


def build_door(schedule: Schedule | None, calendar: Calendar, monday: date, kind: DayKind) -> Timeline:
    """What holds at a door for `HORIZON_DAYS` days from `monday`; unknown throughout where nothing is said of it."""
    said = schedule or Schedule((), (), ())
    return build_timeline(
        said.statements,
        closures=said.closures if kind.is_dated else (),
        dated_hours=said.dated_hours if kind.is_dated else (),
        calendar=calendar,
        first_day=monday,
        day_count=HORIZON_DAYS,
    )


def may_enter(site: PlanSite, layer_name: str, *, registered: bool, checked: bool) -> bool:
    """True where the reader may come in. With `checked` somebody must have said how, as in the finder: but only of a shelter."""
    if site.entry in REGISTERED_ONLY:
        return registered
    return not (checked and site.entry is None and layer_name == SHELTERS)


def usable_minutes(door: Timeline, stay_min: int) -> BoolArray:
    """(HORIZON_MIN,) bool: who arrives at that minute after Monday 00:00 finds it open, and open for `stay_min` minutes more.

    What the horizon cuts off stays open beyond it: minutes are right up to a day before its end.
    """
    usable = np.zeros(HORIZON_MIN, dtype=bool)
    ends_min = (*door.starts_min[1:], door.end_min)
    for start, end, state in zip(door.starts_min, ends_min, door.states, strict=True):
        if state is State.OPEN:
            usable[start : max(start, end - max(stay_min - 1, 0))] = True
    return usable


def unknown_count(doors: Sequence[Timeline], minute: int) -> int:
    """Of how many doors nobody can say whether they are open at a minute after Monday 00:00."""
    return sum(door.state_at(minute) is State.UNKNOWN for door in doors)
