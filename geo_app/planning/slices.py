"""Which cells are covered in which hours of a week: the heart of coverage, in arrays.

A place whose door does not change between a slice and the last arrival within the limit serves all cells in reach, or none: such pairs
of place and slice are counted with one product of matrices. Only the others are looked up minute by minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.planning.answers import BoolArray
from geo_app.planning.edits import Edit
from geo_app.planning.hour_spans import HOURS_OF_DAY, HOURS_OF_WEEK
from geo_app.planning.question import HOUR_MIN, CoverageQuestion
from geo_app.planning.reach import Reach, limit_of
from geo_app.planning.situation import Situation
from geo_app.planning.usable import DAY_MIN
from geo_app.planning.world import PlanningWorld
from geo_app.travel.speeds import SpeedPeriod

Hours = NDArray[np.int64]
_ALL_HOURS: Final = np.arange(HOURS_OF_WEEK, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Slices:
    """(168, n) bool by hour of the week and cell: `covered`, and `nominal` with every place always open to everybody.

    `is_reached` (168, S) bool: whether anybody in the district reaches each place at all, however long the way.
    """

    covered: BoolArray
    nominal: BoolArray
    is_reached: BoolArray


def cover_week(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> Slices:
    """The week that holds `at`, each slice leaving at a whole hour."""
    situation = world.situation(question, edits)
    counts = np.zeros((HOURS_OF_WEEK, len(world.cells)), dtype=np.float32)
    nominal = np.zeros(counts.shape, dtype=bool)
    is_reached = np.zeros((HOURS_OF_WEEK, len(situation.sites)), dtype=bool)
    for period, hours in _periods(world, question):
        reach = world.reach(question.mode, period, situation.lonlat)
        near = reach.minutes <= limit_of(question.minutes)
        is_reached[hours] = reach.is_reached
        nominal[hours] = near.sum(axis=0) >= question.nth
        counts[hours] = _count(situation, reach, near, hours, limit_min=int(np.ceil(question.minutes)))
    return Slices(counts >= question.nth, nominal, is_reached)


def _periods(world: PlanningWorld, question: CoverageQuestion) -> list[tuple[SpeedPeriod, Hours]]:
    """The hours of the week by the speeds that hold in them."""
    of_hour = [world.period(question.mode, hour) for hour in range(HOURS_OF_WEEK)]
    distinct = dict.fromkeys(of_hour)
    return [(period, _ALL_HOURS[[held is period for held in of_hour]]) for period in distinct]


def _count(situation: Situation, reach: Reach, near: BoolArray, hours: Hours, *, limit_min: int) -> NDArray[np.float32]:
    """(k, n): how many usable places each cell reaches in each of (k,) hours. `near` (S, n): within the limit at all."""
    always, changing = _sort_pairs(situation, hours, limit_min)
    # Sums of at most S ones are exact in float32, and a product of such matrices is far quicker than one of whole numbers.
    counts: NDArray[np.float32] = always.astype(np.float32) @ near.astype(np.float32)
    for site in np.flatnonzero(changing.any(axis=0)).tolist():
        slices, cells = np.flatnonzero(changing[:, site]), np.flatnonzero(near[site])
        arrivals = (hours[slices] * HOUR_MIN)[:, None] + reach.delay_min[site, cells][None, :]
        counts[np.ix_(slices, cells)] += situation.rows[situation.row_of[site]][arrivals]
    return counts


def _sort_pairs(situation: Situation, hours: Hours, limit_min: int) -> tuple[BoolArray, BoolArray]:
    """(k, S) bool twice: usable all the while from the slice to the last arrival, and usable in some of these minutes only."""
    starts = hours * HOUR_MIN
    minutes = situation.usable_before[:, starts + limit_min + 1] - situation.usable_before[:, starts]
    fresh = situation.fresh[hours // HOURS_OF_DAY]
    of_site = minutes.T[:, situation.row_of]
    return (of_site == limit_min + 1) & fresh, (of_site > 0) & (of_site <= limit_min) & fresh


def cover_slice(situation: Situation, reach: Reach, week_min: int) -> BoolArray:
    """(S, n) bool: usable for who leaves each cell `week_min` minutes after Monday 00:00."""
    rows = situation.rows.reshape(-1)
    firsts = situation.row_of * (situation.rows.shape[1] if len(situation.rows) else 0) + week_min
    found: BoolArray = rows[firsts[:, None] + reach.delay_min] & situation.fresh[week_min // DAY_MIN][:, None]
    return found & np.isfinite(reach.minutes)
