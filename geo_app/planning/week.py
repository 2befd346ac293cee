"""Coverage by hour of the week: 168 slices, what is published beside what is true."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo_app.planning.answers import BoolArray, FloatArray, WeekAnswer
from geo_app.planning.cells import Cells
from geo_app.planning.demand import Demand
from geo_app.planning.edits import Edit
from geo_app.planning.hour_spans import HOURS_OF_WEEK
from geo_app.planning.question import HOUR_MIN, CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.planning.world import PlanningWorld

__all__ = ["WeekAnswer", "ask_week"]


def ask_week(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> WeekAnswer:
    """All slices of the week that holds `at`, at whole hours. Raises as `ask_coverage` does."""
    demand = world.demand(question.demand)
    slices = cover_week(world, question, edits)
    whole = _by_dong(world.cells, demand, np.ones((1, len(world.cells)), dtype=bool))
    covered, nominal = _by_dong(world.cells, demand, slices.covered), _by_dong(world.cells, demand, slices.nominal)
    total = whole.sum(axis=1)
    asked = world.situation(question, edits).usable_at(np.arange(HOURS_OF_WEEK, dtype=np.int64) * HOUR_MIN)
    return WeekAnswer(
        shares=_ratio(covered.sum(axis=1), total),
        nominal_share=float(nominal.sum(axis=1).sum() / total.sum()) if total.sum() > 0 else None,
        nominal_shares=_ratio(nominal.sum(axis=1), total),
        demand=total,
        uncovered=total - covered.sum(axis=1),
        open_counts=(asked & slices.is_reached).sum(axis=1).astype(np.int64),
        by_dong=_ratio(covered, whole),
        dong_ids=world.cells.dong_ids,
        dong_names=world.cells.dong_names,
    )


def _by_dong(cells: Cells, demand: Demand, where: BoolArray) -> FloatArray:
    """(168, d) demand in each hour that lies where something holds; (168, n) bool, or (1, n) for the same in every hour.

    Sparse products add up one by one in a fixed order, as `shares.summed` does and for the same reasons.
    """
    found = np.zeros((HOURS_OF_WEEK, len(cells.dong_ids)))
    marks = np.ascontiguousarray(where.T, dtype=np.float64)
    for part in demand.parts:
        of_cell = csr_array((part.base, (cells.piece_dong, cells.piece_cell)), shape=(len(cells.dong_ids), len(cells)))
        curve = np.ones(HOURS_OF_WEEK) if part.curve is None else np.asarray(part.curve)
        found += np.asarray(of_cell @ marks).T * curve[:, None]
    return found


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> FloatArray:
    shares: FloatArray = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares
