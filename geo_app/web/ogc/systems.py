"""Coordinate systems as the OGC writes them: by URI, and with the official order of the axes."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from geo_app.spatial.crs import GEOGRAPHIC, GRID, METRIC, WEB_MERCATOR, FloatArray, lonlat_asked, xy_answered
from geo_app.web.parameters import Unreadable

METRIC_DECIMALS: Final = 3  # to the millimetre: finer than any place here is known
_EPSG: Final = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True, slots=True)
class System:
    """A system that answers are given and questions asked in. `crs` is its name in `spatial.crs`, whose axes are always x first."""

    uri: str
    crs: str
    is_north_first: bool
    is_geographic: bool

    def written(self, lonlat: ArrayLike) -> FloatArray:
        """(n, 2) degrees, longitude first → coordinates as they stand in an answer; metres to the millimetre. Not finite: no transform."""
        xy = xy_answered(lonlat, self.crs)
        return self._turned(xy if self.is_geographic else np.round(xy, METRIC_DECIMALS))

    def read(self, coordinates: ArrayLike) -> FloatArray:
        """(n, 2) coordinates as they stand in a question → degrees, longitude first; not finite where they do not transform."""
        return lonlat_asked(self._turned(np.asarray(coordinates, dtype=np.float64).reshape(-1, 2)), self.crs)

    def _turned(self, pairs: FloatArray) -> FloatArray:
        return np.ascontiguousarray(pairs[:, ::-1]) if self.is_north_first else pairs


CRS84: Final = System("http://www.opengis.net/def/crs/OGC/1.3/CRS84", GEOGRAPHIC, is_north_first=False, is_geographic=True)
# Official axes: 4326 latitude first, the Korean belts north first, web Mercator east first.
SYSTEMS: Final = (
    CRS84,
    System(f"{_EPSG}4326", GEOGRAPHIC, is_north_first=True, is_geographic=True),
    System(f"{_EPSG}3857", WEB_MERCATOR, is_north_first=False, is_geographic=False),
    System(f"{_EPSG}5179", GRID, is_north_first=True, is_geographic=False),
    System(f"{_EPSG}5186", METRIC, is_north_first=True, is_geographic=False),
)
URIS: Final = tuple(system.uri for system in SYSTEMS)
_BY_URI: Final = {system.uri: system for system in SYSTEMS}


def system_of(uri: str) -> System:
    """The system of that URI. Raises `Unreadable`."""
    try:
        return _BY_URI[uri]
    except KeyError:
        raise Unreadable(", ".join(URIS)) from None
