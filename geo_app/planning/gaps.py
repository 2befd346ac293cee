"""Gaps: where and in which hours nobody is served, grouped into places and spans that a planner can name.

Every pair of cell and hour that is not covered, and where anybody is, lies in exactly one gap: a gap's cells hang together (8 neighbours),
are without cover in nearly the same hours, and for the same cause. No two gaps of a week bear one name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.edits import Edit
from geo_app.planning.gap_names import most_dongs, tell_apart
from geo_app.planning.grouping import join_parts, like_leaders, number_parts
from geo_app.planning.hour_spans import HOURS_OF_WEEK, HourSpan, merge_hours
from geo_app.planning.naming import GapPlace
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.planning.world import PlanningWorld

DEFAULT_MOST: Final = 20


class GapCause(StrEnum):
    """`FAR`: no place is near enough, whatever its hours. `SHUT`: there are places, but one cannot come in at those hours."""

    FAR = "far"
    SHUT = "shut"


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Cells that hang together and the hours in which they are not served.

    `rank`: among all gaps of the week, of either cause, by `people_hours`: who is not served, in the demand's unit, added up over the
    week; `people`: the same in a mean hour of `spans`. `cells`: positions in the grid; `hours` of the week, the same as `spans`.
    `lon`, `lat`: the cell that stands for it (most people-hours); `geometry`: the cells' squares. Both EPSG:4326.
    """

    rank: int
    cause: GapCause
    place: GapPlace
    cells: tuple[int, ...]
    spans: tuple[HourSpan, ...]
    hours: tuple[int, ...]
    people: float
    people_hours: float
    lon: float
    lat: float
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, eq=False)
class GapList:
    """The worst `gaps` that were asked for, by rank, and how many there are of each cause in the week."""

    gaps: tuple[Gap, ...]
    far_count: int
    shut_count: int

    @property
    def total(self) -> int:
        """How many gaps the week has."""
        return self.far_count + self.shut_count

    def count(self, cause: GapCause) -> int:
        """How many it has of one cause."""
        return self.far_count if cause is GapCause.FAR else self.shut_count


@dataclass(frozen=True, slots=True, eq=False)
class RankedGap:
    """A gap before its outline is drawn. `cells` (k,) positions in the grid, `middle` the one of most people-hours."""

    rank: int
    cause: GapCause
    place: GapPlace
    cells: NDArray[np.int64]
    hours: tuple[int, ...]
    people_hours: float
    middle: int


@dataclass(frozen=True, slots=True, eq=False)
class RankedGaps:
    """All gaps of a week by rank: who is asked for some of them need not draw the others."""

    grid: Cells
    ranked: tuple[RankedGap, ...]

    def worst(self, most: int, cause: GapCause | None = None) -> GapList:
        """The `most` worst, of one cause where one is named; ranks and counts are those of the whole week."""
        chosen = [item for item in self.ranked if cause in (None, item.cause)][:most]
        far_count = sum(item.cause is GapCause.FAR for item in self.ranked)
        return GapList(tuple(_draw(self.grid, item) for item in chosen), far_count, len(self.ranked) - far_count)


def find_gaps(
    world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = (), most: int = DEFAULT_MOST, cause: GapCause | None = None
) -> GapList:
    """The `most` worst gaps of the week that holds `at`, most people-hours first. Raises as `ask_coverage` does."""
    return rank_gaps(world, question, edits).worst(most, cause)


def rank_gaps(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> RankedGaps:
    """All gaps of the week that holds `at`, with their ranks and names. Raises as `ask_coverage` does."""
    weights = _week_weights(world, question)
    slices = cover_week(world, question, edits)
    lost = ~slices.covered & (weights > 0)
    cells = np.flatnonzero(lost.any(axis=0))
    if not len(cells):
        return RankedGaps(world.cells, ())
    by_cell: FloatArray = np.where(lost, weights, 0.0).sum(axis=0)
    is_far: BoolArray = ~np.any(slices.nominal, axis=0)
    alike = like_leaders(lost[:, cells], by_cell[cells], is_always=np.all(lost[:, cells] == (weights[:, cells] > 0), axis=0))
    part = _number_gaps(world, cells, np.column_stack((alike, is_far[cells].astype(np.int64))))
    people_hours = np.bincount(part, weights=by_cell[cells])
    found = [cells[part == number] for number in np.argsort(-people_hours, kind="stable").tolist()]
    ranked = (
        RankedGap(
            rank=rank,
            cause=GapCause.FAR if is_far[members[0]] else GapCause.SHUT,
            place=place,
            cells=members,
            hours=tuple(np.flatnonzero(lost[:, members].any(axis=1)).tolist()),
            people_hours=float(by_cell[members].sum()),
            middle=_middle(members, by_cell),
        )
        for rank, (members, place) in enumerate(zip(found, _name(world, found, by_cell), strict=True), start=1)
    )
    return RankedGaps(world.cells, tuple(ranked))


def _name(world: PlanningWorld, found: Sequence[NDArray[np.int64]], by_cell: FloatArray) -> list[GapPlace]:
    """The name of each set of cells, none like another."""
    names = world.cell_names
    places = [names.place(members, by_cell, most_dongs(world.cells, members, by_cell)) for members in found]
    return tell_apart(places, [names.legal_dongs[_middle(members, by_cell)] for members in found])


def _middle(members: NDArray[np.int64], by_cell: FloatArray) -> int:
    return int(members[np.argmax(by_cell[members])])


def _number_gaps(world: PlanningWorld, cells: NDArray[np.int64], kind: NDArray[np.int64]) -> NDArray[np.int64]:
    """(k,) which gap each of (k,) cells lies in, from 0; `kind` (k, l) holds what must be equal in one gap."""
    zone = world.cell_names.zone[cells]
    part = number_parts(world.cells, cells, np.column_stack((zone, kind)))
    joined = join_parts(world.cells, cells, part, world.cell_names.landmark[cells], kind)
    return np.asarray(np.unique(joined, return_inverse=True)[1], dtype=np.int64)


def _week_weights(world: PlanningWorld, question: CoverageQuestion) -> FloatArray:
    """(168, n) demand by hour and cell."""
    weights = np.zeros((HOURS_OF_WEEK, len(world.cells)))
    for part in world.demand(question.demand).parts:
        curve = np.ones(HOURS_OF_WEEK) if part.curve is None else np.asarray(part.curve)
        weights += curve[:, None] * world.cells.sum_by_cell(part.base)[None, :]
    return weights


def _draw(grid: Cells, item: RankedGap) -> Gap:
    lon, lat = grid.point_lonlat[item.middle].tolist()
    return Gap(
        rank=item.rank,
        cause=item.cause,
        place=item.place,
        cells=tuple(item.cells.tolist()),
        spans=merge_hours(item.hours),
        hours=item.hours,
        people=item.people_hours / len(item.hours),
        people_hours=item.people_hours,
        lon=lon,
        lat=lat,
        geometry=shapely.union_all(shapely.polygons(grid.corners_lonlat[item.cells])),
    )
