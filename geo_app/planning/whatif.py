"""What one more place would gain at one slice, quick enough to follow a hand that moves it over the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.day_kind import make_calendar
from geo_app.planning.edits import Edit, EditKind
from geo_app.planning.keeping import Kept
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach import LONGEST_WAY_MIN, limit_of
from geo_app.planning.scenario import apply_edits
from geo_app.planning.shares import summed
from geo_app.planning.slices import cover_slice
from geo_app.planning.usable import build_door, usable_minutes
from geo_app.planning.world import PlanningWorld
from geo_app.spatial.crs import check_lonlat

KEPT_BASES: Final = 32
KEPT_DOORS: Final = 64


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`covered_gain`: the demand that would be served more, in its unit at that hour; `share` 0–1 with it, None without any demand."""

    covered_gain: float
    share: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """One slice as it is: (n,) weight of the cells, (n,) bool cells that one more place would make covered, what is covered now."""

    weight: FloatArray
    lacking_one: BoolArray
    covered: float
    total: float


class _Kept:
    """What the questions of one world have in common."""

    def __init__(self) -> None:
        self.bases: Kept[_Base] = Kept(KEPT_BASES)
        self.doors: Kept[BoolArray] = Kept(KEPT_DOORS)


_kept: WeakKeyDictionary[PlanningWorld, _Kept] = WeakKeyDictionary()


def gain_of(world: PlanningWorld, question: CoverageQuestion, lon: float, lat: float, hours: str, edits: Sequence[Edit] = ()) -> WhatIf:
    """The gain of a place opened at a point in EPSG:4326, to everybody, with `hours` in canonical OpenStreetMap form.

    Beside what `question` and `edits` count already. Raises `BadCoordinates`, `BadHours`, and what `ask_coverage` raises.
    """
    # Two threads may both make the empty caches; one of them is kept.
    kept = _kept.setdefault(world, _Kept())
    base = kept.bases.get((question, tuple(edits)), lambda: _build_base(world, question, edits))
    usable = kept.doors.get((hours, question.monday, question.day, question.stay_min), lambda: _build_door(world, question, hours))
    period = world.period(question.mode, question.hour_of_week)
    minutes: NDArray[np.float32] = world.times.table(question.mode, period, check_lonlat((lon, lat)))[0]
    near = np.flatnonzero((minutes <= min(limit_of(question.minutes), np.float32(LONGEST_WAY_MIN))) & base.lacking_one)
    gained = near[usable[question.week_min + np.ceil(minutes[near]).astype(np.int64)]]
    gain = float(base.weight[gained].sum())
    return WhatIf(gain, (base.covered + gain) / base.total if base.total > 0 else None)


def _build_base(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit]) -> _Base:
    situation = world.situation(question, edits)
    reach = world.reach(question.mode, world.period(question.mode, question.hour_of_week), situation.lonlat)
    usable = cover_slice(situation, reach, question.week_min) & (reach.minutes <= limit_of(question.minutes))
    counts = usable.sum(axis=0)
    weight = world.cells.sum_by_cell(world.demand(question.demand).weights(question.hour_of_week))
    return _Base(
        weight=weight,
        lacking_one=(counts == question.nth - 1) & (weight > 0),
        covered=summed(weight, counts >= question.nth),
        total=summed(weight, np.ones(len(weight), dtype=bool)),
    )


def _build_door(world: PlanningWorld, question: CoverageQuestion, hours: str) -> BoolArray:
    """The usable minutes of a place as a scenario opens it: what `open:` says in an address."""
    (site,) = apply_edits((), (Edit(EditKind.OPEN, lon=0.0, lat=0.0, hours=hours),))
    calendar = make_calendar(question.day, world.snapshot.calendar, question.monday)
    return usable_minutes(build_door(site.schedule, calendar, question.monday, question.day), question.stay_min)
