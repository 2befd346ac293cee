"""One stretch of street as a file tells it, before it is cut at junctions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo_app.travel.streets import Access, RoadClass

# Told the number of ways or links read so far, now and then.
Progress = Callable[[int], None]
UNKNOWN_SPEED_KMH = 0


@dataclass(frozen=True, slots=True)
class RoadRule:
    """What one stretch is and who may use it. "Forward" is the direction of its line; speed 0 is unknown."""

    road_class: RoadClass
    access: Access
    is_tunnel: bool = False
    max_speed_kmh: int = UNKNOWN_SPEED_KMH


@dataclass(frozen=True, slots=True, eq=False)
class RoadWay:
    """A line of at least two points. `nodes`: (n,) int64, equal numbers are one place; `lonlat`: (n, 2) EPSG:4326."""

    nodes: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    rule: RoadRule


@dataclass(frozen=True, slots=True)
class Box:
    """The ground to keep, in EPSG:4326 degrees."""

    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float

    def touches(self, lonlat: NDArray[np.float64]) -> bool:
        """True when the box around the points meets this one."""
        (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
        return bool(west <= self.max_lon and east >= self.min_lon and south <= self.max_lat and north >= self.min_lat)
