"""The ground a file is read against: where the district lies, and what its parts are called."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.spatial.crs import LonLat, to_metric
from geo_app.spatial.geodesy import distance_m


@dataclass(frozen=True)
class Frame:
    """The district, for guessing coordinate systems and for warnings. All in EPSG:4326.

    `bounds_lonlat`: (min_lon, min_lat, max_lon, max_lat). `border`: its area; None takes the bounds for it. `name` is the district as
    addresses write it ("광산구"); `legal_dongs` are (name, area): without them nothing is said about addresses.
    """

    bounds_lonlat: tuple[float, float, float, float]
    border: BaseGeometry | None = None
    name: str | None = None
    legal_dongs: tuple[tuple[str, BaseGeometry], ...] = ()

    @cached_property
    def area(self) -> BaseGeometry:
        """The border, or the bounds where none is known, prepared for many questions."""
        found = shapely.box(*self.bounds_lonlat) if self.border is None else shapely.force_2d(self.border)
        shapely.prepare(found)
        return found

    @cached_property
    def area_xy(self) -> BaseGeometry:
        """The same in EPSG:5186 metres."""
        return shapely.transform(self.area, lambda pairs: to_metric(LonLat(pairs)))

    def contains(self, lonlat: LonLat) -> NDArray[np.bool_]:
        """(n, 2) → (n,) true where the point lies in the district or on its border; not finite is outside."""
        finite = np.isfinite(lonlat).all(axis=1)
        inside: NDArray[np.bool_] = np.zeros(len(lonlat), dtype=bool)
        inside[finite] = shapely.intersects_xy(self.area, lonlat[finite, 0], lonlat[finite, 1])
        return inside

    def distance_from_border_m(self, lon: float, lat: float) -> int:
        """Metres from a point outside to the district: in the plane of EPSG:5186 nearby, geodesic to its middle from far away."""
        west, south, east, north = self.bounds_lonlat
        xy = to_metric(LonLat(np.array([[lon, lat]])))
        metres = float(shapely.distance(self.area_xy, shapely.Point(xy[0]))) if np.isfinite(xy).all() else np.inf
        # The plane is true to 0.1 % within about 300 km only.
        return round(metres if metres < _PLANE_M else distance_m(lon, lat, (west + east) / 2, (south + north) / 2))


_PLANE_M = 300_000.0
