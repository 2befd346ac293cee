"""The ways from every cell to some places, as coverage needs them: minutes, and whole minutes of arrival."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.planning.answers import BoolArray
from geo_app.planning.usable import DAY_MIN

Minutes = NDArray[np.float32]
# Who would be on the way longer than a day is told of no place: nobody plans by a door of the day after tomorrow.
LONGEST_WAY_MIN: Final = DAY_MIN


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """(S, n) `minutes` float32 from each cell to each place, inf where there is no way of at most a day.

    `delay_min` (S, n) int32: the same in whole minutes, rounded up, 0 where there is no way.
    """

    minutes: Minutes
    delay_min: NDArray[np.int32]

    @property
    def is_reached(self) -> BoolArray:
        """(S,) bool: whether anybody in the district reaches the place at all, however long the way."""
        return np.asarray(np.isfinite(self.minutes).any(axis=1), dtype=bool)

    def nth_min(self, nth: int, usable: BoolArray | None = None) -> Minutes:
        """(n,) minutes to the n-th nearest place, of those `usable` (S, n) alone where given; inf where there are not so many."""
        minutes = self.minutes if usable is None else np.where(usable, self.minutes, np.float32(np.inf))
        if len(minutes) < nth:
            return np.full(minutes.shape[1], np.inf, dtype=np.float32)
        found: Minutes = minutes.min(axis=0) if nth == 1 else np.partition(minutes, nth - 1, axis=0)[nth - 1]
        return found


def make_reach(minutes: Minutes) -> Reach:
    """The reach of (S, n) minutes as `TravelTimes.table` gives them."""
    kept = np.where(minutes <= LONGEST_WAY_MIN, minutes, np.float32(np.inf))
    return Reach(kept, np.ceil(np.where(np.isinf(kept), np.float32(0), kept)).astype(np.int32))


def limit_of(minutes: float) -> np.float32:
    """The largest float32 that is not above `minutes`: a way is short enough exactly where it is not above this."""
    limit = np.float32(minutes)
    return limit if float(limit) <= minutes else np.nextafter(limit, np.float32(0))
