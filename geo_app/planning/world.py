"""All that planning asks of one snapshot, worked out once: cells, minutes, demand, complexes, and what questions share."""

import threading
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

from geo_app.domain.demand import UnknownDemand
from geo_app.domain.district import District, load_district
from geo_app.planning.answers import FloatArray
from geo_app.planning.cells import Cells, build_cells
from geo_app.planning.complexes import Complex, place_complexes
from geo_app.planning.demand import JOB_PREFIX, JOBS, Demand, DemandPart, load_demand
from geo_app.planning.edits import Edit
from geo_app.planning.keeping import Kept
from geo_app.planning.naming import CellNames, name_cells
from geo_app.planning.plan_site import SiteList, list_plan_sites
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach import Reach, make_reach
from geo_app.planning.scenario import check_places
from geo_app.planning.situation import Situation, build_situation, situation_key, weigh_situation
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.times import TravelTimes, open_times

KEPT_SITUATIONS: Final = 16
SITUATION_BYTES: Final = 16_000_000  # of 60 different doors with their running counts 3.5 MB each
KEPT_REACHES: Final = 6
REACH_BYTES: Final = 12_000_000  # of 60 places and 5,000 cells 2.4 MB each
KEPT_DEMANDS: Final = 16
KEPT_LISTS: Final = 32
KEPT_TIMES: Final = 2
_NAME: Final = "_planning_world"

_making = threading.Lock()
_times: Kept[tuple[object, Cells, TravelTimes]] = Kept(KEPT_TIMES)


class PlanningWorld:
    """One snapshot as planning sees it. `times` stand in for its own in tests. Safe to ask from many threads."""

    def __init__(self, snapshot: Snapshot, times: TravelTimes | None = None) -> None:
        self.snapshot = snapshot
        self.cells: Cells = build_cells(snapshot)
        self._given_times = times
        self._situations: Kept[Situation] = Kept(KEPT_SITUATIONS, SITUATION_BYTES, weigh_situation)
        self._reaches: Kept[Reach] = Kept(KEPT_REACHES, REACH_BYTES)
        self._demands: Kept[Demand] = Kept(KEPT_DEMANDS)
        self._lists: Kept[SiteList] = Kept(KEPT_LISTS)

    @cached_property
    def times(self) -> TravelTimes:
        """Minutes from the cells' points, over streets where the snapshot has them."""
        return self._given_times or _shared_times(self.snapshot, self.cells)

    @cached_property
    def complexes(self) -> tuple[Complex, ...]:
        """The complexes on the district's ground, by id."""
        return place_complexes(self.snapshot, self.cells)

    @cached_property
    def cell_names(self) -> CellNames:
        """What a planner would call the place of each cell."""
        return name_cells(self.snapshot, self.cells, self.complexes)

    @cached_property
    def job_parts(self) -> tuple[DemandPart, ...]:
        """The demand of each job in the district's curves, as it is asked for by itself; none where there are no curves."""
        try:
            jobs = [part.job for part in self.demand(JOBS).parts]
        except UnknownDemand:
            return ()
        return tuple(part for job in jobs for part in self.demand(f"{JOB_PREFIX}{job}").parts)

    @cached_property
    def district(self) -> District | None:
        """The district as this revision knows it; None where it has no such document."""
        stored = self.snapshot.document("district")
        return None if stored is None else load_district(stored)

    def demand(self, text: str) -> Demand:
        """The demand that a parameter names. Raises `UnknownDemand`."""
        return self._demands.get(text, lambda: load_demand(self.snapshot, self.cells, text))

    def list_sites(self, layer: str, on_day: date) -> SiteList:
        """The places of a layer as judged on a day. Raises `UnknownLayer`."""
        return self._lists.get((layer, on_day), lambda: list_plan_sites(self.snapshot, layer, on_day))

    def situation(self, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> Situation:
        """The places a question counts and when they are usable.

        Raises `UnknownSite`, `UnknownEditedSite`, `EditOutside`, `UnknownLayer`.
        """
        key = situation_key(question, edits)
        return self._situations.get(key, lambda: self._build_situation(question, edits))

    def _build_situation(self, question: CoverageQuestion, edits: Sequence[Edit]) -> Situation:
        if self.district is not None:
            check_places(edits, self.district.bounds_lonlat)
        return build_situation(self.snapshot, question, edits, self.list_sites)

    def period(self, mode: Mode, hour_of_week: int) -> SpeedPeriod:
        """Which speeds hold in an hour of the week."""
        return self.times.period(mode, hour_of_week)

    def reach(self, mode: Mode, period: SpeedPeriod, lonlat: FloatArray) -> Reach:
        """The ways from the cells to (S, 2) places; asked for the same places again, the same arrays."""
        key = (mode, period, lonlat.tobytes())
        return self._reaches.get(key, lambda: make_reach(self.times.table(mode, period, lonlat)))


def get_world(snapshot: Snapshot) -> PlanningWorld:
    """The world of a snapshot, made at the first question and kept exactly as long as the snapshot."""
    # A snapshot keeps its calendar the same way, in its own __dict__; it cannot be a key, for its members have no hash.
    held = vars(snapshot)
    with _making:
        found = held.get(_NAME)
        if not isinstance(found, PlanningWorld):
            found = held[_NAME] = PlanningWorld(snapshot)
        return found


def _shared_times(snapshot: Snapshot, cells: Cells) -> TravelTimes:
    """Revisions that change neither streets nor dongs share their ways: the graph, and every row worked out so far."""
    streets = snapshot.streets
    # The objects themselves are kept beside the times, so that no other can come to have their number.
    return _times.get((id(streets), id(cells)), lambda: (streets, cells, open_times(streets, cells.point_lonlat)))[2]
