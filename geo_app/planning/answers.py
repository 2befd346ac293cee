"""What coverage answers: frozen figures, with the arrays of the cells they were summed from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.demand import DemandUnit
from geo_app.planning.demand_info import DemandInfo

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How a part of the demand is served. `key` is an id (dong, complex), a job's key or a group's name; `scheme` only of groups.

    `demand` = `covered` + `uncovered`, in the demand's unit in that hour; of a complex they are its workers, None where their number is
    not published. `share` is 0–1: None where there is no demand (a complex is judged by its area, so it always has one).
    `mean_travel_min` and `median_travel_min` are minutes to the nearest usable place, weighted by demand: the mean of those who reach
    one at all, the median None where half or more do not. `unit` is None where it is that of the whole answer.
    """

    key: str
    name: str
    scheme: str | None
    demand: float | None
    covered: float | None
    share: float | None
    nominal_share: float | None
    uncovered: float | None
    mean_travel_min: float | None
    median_travel_min: float | None
    unit: DemandUnit | None = None


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """What stands behind an answer. `counted` places were asked; at `at` itself `open_now` of them could be entered and stayed in.

    `unknown_hours` (nobody can say whether they are open at `at`), `unreached` (no street of that mode near them, or none that leads there:
    never `open_now`), `registered_only`, `samples` and `neighbours` are among the counted;
    `rough` and `unplaced` are left out because nobody knows where their door is, `closed` are gone for good, `planned` not there yet.
    """

    counted: int
    open_now: int
    unknown_hours: int
    unreached: int
    registered_only: int
    rough: int
    unplaced: int
    closed: int
    planned: int
    samples: int
    neighbours: int


@dataclass(frozen=True, slots=True, eq=False)
class CoverageAnswer:
    """One slice. `share` and `nominal_share` (every counted place always open to everybody) are 0–1, None where `demand_total` is 0.

    Tuples are ordered by name, then key; `worst_dong` has the lowest share, of equals the most people not served, None where no dong has
    demand. Arrays have one value a cell: `cell_weight` in the demand's unit in that hour, `cell_travel_min` minutes to the nearest usable
    place and `cell_nth_min` to the n-th nearest (inf: none usable or none reached), `cell_covered`. `distance_kind` "estimate" is 추정.
    `unreached` are the ids of the counted places that nobody in the district reaches, however long the way.
    `off_street_share` (0–1) of the cells have no street of that mode near enough to be reached from; 0 where minutes are estimates.
    """

    demand_total: float
    covered: float
    share: float | None
    nominal_share: float | None
    uncovered: float
    by_dong: tuple[AreaShare, ...]
    by_complex: tuple[AreaShare, ...]
    by_job: tuple[AreaShare, ...]
    by_group: tuple[AreaShare, ...]
    worst_dong: AreaShare | None
    cell_weight: FloatArray
    cell_travel_min: NDArray[np.float32]
    cell_nth_min: NDArray[np.float32]
    cell_covered: BoolArray
    sites: SiteCounts
    distance_kind: Literal["network", "estimate"]
    demand_info: DemandInfo
    off_street_share: float = 0.0
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class WeekAnswer:
    """The 168 hours of the week that holds `at`; slice h leaves at Monday 00:00 + h hours. Arrays of 168 values.

    `shares` and `nominal_shares` are 0–1 and NaN in hours without demand; `nominal_share` is that of the week's whole demand (None
    without any). `demand` and `uncovered` are in the demand's unit in each hour, `open_counts` places usable at their door that anybody
    reaches, `by_dong` (168, n_dong) shares in the order of `dong_ids`.
    """

    shares: FloatArray
    nominal_share: float | None
    nominal_shares: FloatArray
    demand: FloatArray
    uncovered: FloatArray
    open_counts: NDArray[np.int64]
    by_dong: FloatArray
    dong_ids: tuple[str, ...]
    dong_names: tuple[str, ...]
