"""What an index of points alone knows of its items: plain arrays, no geometry objects."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.spatial.crs import FloatArray, LonLat, to_metric
from geo_app.spatial.frame import UNFRAMED_M, in_frame
from geo_app.spatial.geodesy import distances_from_m
from geo_app.spatial.tree import Positions

Mask = NDArray[np.bool_]


class Points:
    """(n, 2) points in EPSG:4326, longitude first, with their boxes in EPSG:5186 metres.

    `framed` is true where the plane can be trusted (`spatial.frame`); elsewhere the box is a far corner.
    """

    __slots__ = ("framed", "lonlat", "maxs", "mins")

    def __init__(self, lonlat: LonLat) -> None:
        self.lonlat: Final = lonlat
        xy = to_metric(lonlat)
        self.framed: Mask = in_frame(lonlat, xy)
        xy[~self.framed] = UNFRAMED_M
        self.mins: FloatArray = xy
        self.maxs: FloatArray = xy

    def __len__(self) -> int:
        return len(self.lonlat)

    def distances_m(self, lon: float, lat: float, positions: Positions | list[int]) -> list[float]:
        """Geodesic metres from a point to each of the items at `positions`."""
        return distances_from_m(lon, lat, self.lonlat[positions])

    def is_in_window(self, positions: Positions | slice, windows: FloatArray) -> Mask:
        """True where the point lies in the window or on its border; `windows` (1, 4) for all of (n,) `positions`, or (n, 4)."""
        lon, lat = self.lonlat[positions].T
        inside: Mask = (lon >= windows[:, 0]) & (lat >= windows[:, 1]) & (lon <= windows[:, 2]) & (lat <= windows[:, 3])
        return inside

    def is_intersecting(self, positions: Positions, geometry: BaseGeometry) -> Mask:
        """True where the point lies in the (prepared) geometry or on its border."""
        lon, lat = self.lonlat[positions].T
        met: Mask = shapely.intersects_xy(geometry, lon, lat)
        return met

    def is_contained(self, positions: Positions, geometry: BaseGeometry) -> Mask:
        """The same as `is_intersecting`: a point has no part that could lie outside."""
        return self.is_intersecting(positions, geometry)

    def is_containing(self, positions: Positions, lonlat: FloatArray) -> Mask:
        """True where item i is the very point i of `lonlat`, (n, 2) beside (n,) `positions`."""
        same: Mask = (self.lonlat[positions] == lonlat).all(axis=1)
        return same
