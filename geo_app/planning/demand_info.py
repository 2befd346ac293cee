"""What a demand is once it is laid over the cells: its name, unit and source, and its weight at each hour of the week."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from geo_app.domain.demand import HOURS_OF_WEEK, DemandUnit
from geo_app.spatial.crs import FloatArray


@dataclass(frozen=True, slots=True)
class DemandInfo:
    """What a page must say of a demand.

    `key` is the parameter that asks for it. `names` by language, where data names it; else `name_msgid` is a message.
    `is_assumption`: when or where is assumed, or nothing is counted. `is_rough`: placed by a circle of the official area.
    `left_out`: names of dongs or complexes whose figures or ground are not known; none of theirs is in it.
    """

    key: str
    name_msgid: str
    unit: DemandUnit
    source: str
    year: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    is_assumption: bool = False
    is_rough: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class DemandPart:
    """One job's share of a demand; `job` None is everybody.

    `base` (p,) float64 ≥ 0 by piece of `Cells`, in the demand's unit at the busiest hour. `curve` (168,) float64, 0–1 by hour of the week
    (0: Monday 00:00, Seoul), or None: the same at every hour. `names` of the job by language.
    """

    job: str | None
    base: FloatArray
    curve: FloatArray | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def weights(self, hour_of_week: int) -> FloatArray:
        """(p,) float64 at that hour, 0 … 167."""
        return self.base if self.curve is None else self.base * self.curve[hour_of_week]

    @property
    def totals(self) -> FloatArray:
        """(168,) float64: the sum over all pieces by hour of the week."""
        total = float(self.base.sum())
        return np.full(HOURS_OF_WEEK, total) if self.curve is None else self.curve * total


@dataclass(frozen=True, eq=False)
class Demand:
    """A demand over the pieces of one district's `Cells`: the sum of its parts."""

    info: DemandInfo
    parts: tuple[DemandPart, ...]

    def weights(self, hour_of_week: int) -> FloatArray:
        """(p,) float64: what each piece holds at that hour of the week, 0 … 167; not to be written to."""
        if len(self.parts) == 1:
            return self.parts[0].weights(hour_of_week)
        weights: FloatArray = np.sum([part.weights(hour_of_week) for part in self.parts], axis=0)
        return weights

    def totals(self) -> FloatArray:
        """(168,) float64: what the whole district holds by hour of the week."""
        return self._totals

    @cached_property
    def _totals(self) -> FloatArray:
        totals: FloatArray = np.sum([part.totals for part in self.parts], axis=0)
        return totals
