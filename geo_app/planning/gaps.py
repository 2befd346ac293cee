"""Gaps: where and in which hours nobody is served, grouped into places and spans that a planner can name.

Every pair of cell and hour that is not covered, and where anybody is, lies in exactly one gap: a gap's cells hang together (8 neighbours),
bear one name, are without cover in nearly the same hours, and for the same cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.edits import Edit
from geo_app.planning.grouping import like_leaders, number_parts
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

    `people`: not served in a mean hour of `spans`, in the demand's unit; `people_hours`: their sum over the week, by which gaps are
    ranked. `cells`: positions in the grid; `hours` of the week, the same as `spans`. `lon`, `lat`: the cell that stands for it (most
    people-hours); `geometry`: the cells' squares. Both EPSG:4326.
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


def find_gaps(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = (), most: int = DEFAULT_MOST) -> tuple[Gap, ...]:
    """The `most` worst gaps of the week that holds `at`, most people-hours first. Raises as `ask_coverage` does.

    Each cause has half of them, as far as there are so many: what is far is lost at every hour, and would crowd out what is only shut.
    """
    weights = _week_weights(world, question)
    slices = cover_week(world, question, edits)
    lost = ~slices.covered & (weights > 0)
    cells = np.flatnonzero(lost.any(axis=0))
    if not len(cells):
        return ()
    by_cell = np.where(lost, weights, 0.0).sum(axis=0)
    is_far: BoolArray = ~np.any(slices.nominal, axis=0)
    alike = like_leaders(lost[:, cells], by_cell[cells], is_always=np.all(lost[:, cells] == (weights[:, cells] > 0), axis=0))
    label = np.column_stack((world.cell_names.zone[cells], alike, is_far[cells].astype(np.int64)))
    part = number_parts(world.cells, cells, label)
    people_hours: FloatArray = np.bincount(part, weights=by_cell[cells]).astype(np.float64)
    part_is_far = np.zeros(len(people_hours), dtype=bool)
    part_is_far[part] = is_far[cells]
    chosen = _choose(people_hours, part_is_far, most)
    gaps = (_make_gap(world, cells[part == number], lost, by_cell, is_far=bool(part_is_far[number])) for number in chosen)
    return tuple(replace(gap, rank=rank) for rank, gap in enumerate(gaps, start=1))


def _choose(people_hours: FloatArray, is_far: BoolArray, most: int) -> list[int]:
    """The parts to tell of, worst first: the worst half of the far and of the shut, filled up with the worst of the others."""
    ranked = np.argsort(-people_hours, kind="stable")
    far, shut = ranked[is_far[ranked]], ranked[~is_far[ranked]]
    shut_count = min(len(shut), max(most - most // 2, most - len(far)))
    chosen = np.concatenate((shut[:shut_count], far[: most - shut_count]))
    numbers: list[int] = ranked[np.isin(ranked, chosen)].tolist()
    return numbers


def _week_weights(world: PlanningWorld, question: CoverageQuestion) -> FloatArray:
    """(168, n) demand by hour and cell."""
    weights = np.zeros((HOURS_OF_WEEK, len(world.cells)))
    for part in world.demand(question.demand).parts:
        curve = np.ones(HOURS_OF_WEEK) if part.curve is None else np.asarray(part.curve)
        weights += curve[:, None] * world.cells.sum_by_cell(part.base)[None, :]
    return weights


def _make_gap(world: PlanningWorld, cells: NDArray[np.int64], lost: BoolArray, by_cell: FloatArray, *, is_far: bool) -> Gap:
    hours = np.flatnonzero(lost[:, cells].any(axis=1))
    people_hours = float(by_cell[cells].sum())
    middle = int(cells[np.argmax(by_cell[cells])])
    lon, lat = world.cells.point_lonlat[middle].tolist()
    return Gap(
        rank=0,
        cause=GapCause.FAR if is_far else GapCause.SHUT,
        place=world.cell_names.place(middle, _most_dong(world.cells, cells, by_cell)),
        cells=tuple(cells.tolist()),
        spans=merge_hours(hours.tolist()),
        hours=tuple(hours.tolist()),
        people=people_hours / len(hours),
        people_hours=people_hours,
        lon=lon,
        lat=lat,
        geometry=shapely.union_all(shapely.polygons(world.cells.corners_lonlat[cells])),
    )


def _most_dong(cells: Cells, chosen: NDArray[np.int64], by_cell: FloatArray) -> str:
    by_dong = np.bincount(cells.cell_dong[chosen], weights=by_cell[chosen], minlength=len(cells.dong_names))
    return cells.dong_names[int(np.argmax(by_dong))]
