"""What a map file carries so that it needs nobody: whole layers, and their doors for the days it knows (the phone's intervals)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from geo_app.domain.hours import seoul_time
from geo_app.domain.layers import LAYERS
from geo_app.finder.bundle import ScheduleList
from geo_app.finder.ranked import Window
from geo_app.finder.standing import DAY_COUNT, STALE_AFTER_DAYS
from geo_app.finder.vouching import vouch
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot

CARRIED_LAYERS: Final = ("shelters", "village-jobs", "improved-companies", "industrial-complexes", "dongs", "public-facilities")
# A door is [number of its schedule or null, day its hours were last checked or null, whether anybody may be promised to come in].
DoorRow = tuple[int | None, str | None, bool]


def build_carried(snapshot: Snapshot, at: datetime, layers: Sequence[str] = CARRIED_LAYERS) -> dict[str, Any]:
    """The layers and doors of a snapshot as plain JSON values, for the days from `at` (any zone) on; equal arguments give equal values.

    Schedules have the form of `finder.bundle`. What riders report is left out: it fades within a day, and the file stays.
    Raises `UnknownLayer`.
    """
    local = seoul_time(at)
    window = Window(local.date(), DAY_COUNT)
    schedules = ScheduleList(window.end_min)
    held = {name: snapshot.get_layer(name) for name in layers}
    doors = {name: _doors(snapshot, layer, window.first_day, local, schedules) for name, layer in held.items() if LAYERS[name].has_hours}
    return {
        "revision": snapshot.number,
        "made_at": local.isoformat(timespec="minutes"),
        "first_day": window.first_day.isoformat(),
        "day_count": DAY_COUNT,
        "stale_days": STALE_AFTER_DAYS,
        "schedules": schedules.rows(),
        "layers": {name: [layer.feature(position) for position in range(len(layer))] for name, layer in held.items()},
        "doors": doors,
    }


def _doors(snapshot: Snapshot, layer: LayerSnapshot, first_day: date, at: datetime, schedules: ScheduleList) -> Mapping[str, DoorRow]:
    return {
        site_id: _door(layer, position, at, schedules.number(layer.opening.timeline(position, first_day, snapshot.calendar)))
        for position, site_id in enumerate(layer.ids)
    }


def _door(layer: LayerSnapshot, position: int, at: datetime, schedule: int | None) -> DoorRow:
    vouched = vouch(layer, position, None, at)
    if vouched is None:  # pragma: no cover  only layers with hours have doors
        return schedule, None, True
    checked_on = None if vouched.checked_on is None else vouched.checked_on.isoformat()
    # Stale hours are counted anew on the day the file is read; what stays in doubt whatever the day is how one gets in.
    return schedule, checked_on, vouched.is_stale or not vouched.is_doubtful
