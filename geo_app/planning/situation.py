"""The places that a question counts and when each is usable: everything of a week but the way there and the demand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.errors import UnknownSite
from geo_app.domain.hours import Timeline
from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.day_kind import WEEK_DAYS, make_calendar
from geo_app.planning.edits import Edit
from geo_app.planning.plan_site import PlanSite, SiteList
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.scenario import apply_edits
from geo_app.planning.usable import DAY_MIN, HORIZON_MIN, build_door, may_enter, usable_minutes
from geo_app.snapshot.snapshot import Snapshot

# (layer, day of Seoul) → its places as they are judged on that day.
Lister = Callable[[str, date], SiteList]


@dataclass(frozen=True, eq=False)
class Situation:
    """(S,) places. Equal doors are judged once: `rows` (q, HORIZON_MIN) bool usable minutes from Monday 00:00, `row_of` (S,) int64.

    `fresh` (7, S) bool: that on a day of departure, Monday first, a place may count at all; `doors` (S,) timelines; `left_out` by reason.
    """

    sites: tuple[PlanSite, ...]
    left_out: Mapping[str, int]
    doors: tuple[Timeline, ...]
    rows: BoolArray
    row_of: NDArray[np.int64]
    fresh: BoolArray

    @cached_property
    def lonlat(self) -> FloatArray:
        """(S, 2) degrees in EPSG:4326."""
        return np.asarray([(site.lon, site.lat) for site in self.sites], dtype=np.float64).reshape(-1, 2)

    @cached_property
    def usable_before(self) -> NDArray[np.int32]:
        """(q, HORIZON_MIN + 1): how many usable minutes lie before each minute, to ask of a stretch at once."""
        counts = np.zeros((len(self.rows), HORIZON_MIN + 1), dtype=np.int32)
        np.cumsum(self.rows, axis=1, out=counts[:, 1:])
        return counts

    def usable_at(self, minutes: NDArray[np.int64]) -> BoolArray:
        """(k, S) bool: usable at the door itself at each of (k,) minutes of the week."""
        found: BoolArray = self.rows[:, minutes].T[:, self.row_of] & self.fresh[minutes // DAY_MIN]
        return found


def situation_key(question: CoverageQuestion, edits: Sequence[Edit]) -> tuple[object, ...]:
    """What of a question and its changes a situation depends on: questions with equal keys share one."""
    return (
        question.monday, question.layer, question.day, question.sites, question.without, question.neighbours, question.registered,
        question.checked, question.stay_min, tuple(edits),
    )  # fmt: skip


def weigh_situation(situation: Situation) -> int:
    """About how many bytes it comes to hold: its rows, and the counts over them once they are asked for."""
    return situation.rows.nbytes * (1 + np.dtype(np.int32).itemsize) + situation.fresh.nbytes + situation.row_of.nbytes


def build_situation(snapshot: Snapshot, question: CoverageQuestion, edits: Sequence[Edit], list_sites: Lister) -> Situation:
    """The situation of a question's week. Raises `UnknownSite` for ids that the layer does not have, `UnknownEditedSite`."""
    sites = _choose(snapshot, question, edits, list_sites, question.monday)
    doors = _doors(snapshot, question, sites)
    enterable = [may_enter(site, question.layer, registered=question.registered, checked=question.checked) for site in sites]
    rows: dict[tuple[object, bool], int] = {}
    row_of = [rows.setdefault((site.schedule, is_in), len(rows)) for site, is_in in zip(sites, enterable, strict=True)]
    usable = np.zeros((len(rows), HORIZON_MIN), dtype=bool)
    for site, row, is_in in zip(sites, row_of, enterable, strict=True):
        if is_in and not usable[row].any():
            usable[row] = usable_minutes(doors[site.schedule], question.stay_min)
    return Situation(
        sites=sites,
        left_out=list_sites(question.layer, question.monday).left_out,
        doors=tuple(doors[site.schedule] for site in sites),
        rows=usable,
        row_of=np.asarray(row_of, dtype=np.int64),
        fresh=_fresh(snapshot, question, edits, list_sites, sites),
    )


def _doors(snapshot: Snapshot, question: CoverageQuestion, sites: Sequence[PlanSite]) -> dict[object, Timeline]:
    calendar = make_calendar(question.day, snapshot.calendar, question.monday)
    distinct = {site.schedule for site in sites}
    return {schedule: build_door(schedule, calendar, question.monday, question.day) for schedule in distinct}


def _fresh(
    snapshot: Snapshot, question: CoverageQuestion, edits: Sequence[Edit], list_sites: Lister, sites: Sequence[PlanSite]
) -> BoolArray:
    """Hours grow old in the middle of a week, so each day of departure judges them anew; only where old ones do not count."""
    fresh = np.ones((WEEK_DAYS, len(sites)), dtype=bool)
    if question.checked:
        for number in range(WEEK_DAYS):
            judged = _choose(snapshot, question, edits, list_sites, question.monday + timedelta(days=number))
            fresh[number] = [not site.is_stale for site in judged]
    return fresh


def _choose(snapshot: Snapshot, question: CoverageQuestion, edits: Sequence[Edit], list_sites: Lister, day: date) -> tuple[PlanSite, ...]:
    """The counted places after the changes, without those a question leaves out; places that a scenario opens are always wanted."""
    counted = list_sites(question.layer, day).counted
    sites = apply_edits(counted, edits)
    published = {site.id for site in counted}
    opened = {site.id for site in sites} - published
    layer = snapshot.get_layer(question.layer)
    for site_id in (*question.sites, *question.without):
        if site_id not in opened and layer.find_position(site_id) is None:
            raise UnknownSite(layer=question.layer, id=site_id)
    wanted = ({*question.sites} if question.sites else published) | opened
    wanted -= set(question.without)
    return tuple(site for site in sites if site.id in wanted and (question.neighbours or not site.is_neighbour))
