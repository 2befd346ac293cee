"""Geodesic metres on the GRS 80 ellipsoid: every distance that is shown, compared or published."""

from typing import Final

import numpy as np
from pyproj import Geod

from geo_app.spatial.crs import FloatArray, LonLat

# GRS 80 is the ellipsoid of the Korean systems; WGS 84 differs from it by 0.1 mm at the pole.
_GEOD: Final = Geod(ellps="GRS80")
# A call with arrays costs as much as this many single ones (measured: about 10 µs against 0.75 µs).
_FEW: Final = 12


def distance_m(from_lon: float, from_lat: float, to_lon: float, to_lat: float) -> float:
    """Geodesic metres between two points in EPSG:4326, after Karney (2013), J. Geodesy 87: good to nanometres."""
    return float(_GEOD.inv(from_lon, from_lat, to_lon, to_lat)[2])


def bearing_deg(from_lon: float, from_lat: float, to_lon: float, to_lat: float) -> float:
    """Degrees clockwise from north, [0, 360), in which a geodesic sets out from the first point to the second; 0 where they are one."""
    azimuth_deg, _, metres = _GEOD.inv(from_lon, from_lat, to_lon, to_lat)
    return float(azimuth_deg) % 360.0 if metres else 0.0


def distances_from_m(lon: float, lat: float, lonlat: FloatArray) -> list[float]:
    """Geodesic metres from one point to each of `lonlat`, (n, 2) degrees in EPSG:4326, in the same order."""
    if len(lonlat) <= _FEW:
        inverse = _GEOD.inv
        return [inverse(lon, lat, to_lon, to_lat)[2] for to_lon, to_lat in lonlat.tolist()]
    count = len(lonlat)
    distances: list[float] = paired_distances_m(np.full(count, lon), np.full(count, lat), lonlat[:, 0], lonlat[:, 1]).tolist()
    return distances


def paired_distances_m(from_lon: FloatArray, from_lat: FloatArray, to_lon: FloatArray, to_lat: FloatArray) -> FloatArray:
    """Geodesic metres pair by pair: four (n,) arrays of degrees in EPSG:4326 → (n,) metres."""
    distances: FloatArray = np.asarray(_GEOD.inv(from_lon, from_lat, to_lon, to_lat)[2], dtype=np.float64)
    return distances


def polar_xy(lon: float, lat: float, lonlat: LonLat | FloatArray) -> FloatArray:
    """(n, 2) metres east and north of a point in the azimuthal equidistant plane around it.

    A straight distance from the origin of that plane is the geodesic distance, anywhere on the globe (Snyder 1987, USGS PP 1395, §25).
    """
    count = len(lonlat)
    azimuth_deg, _, metres = _GEOD.inv(np.full(count, lon), np.full(count, lat), lonlat[:, 0], lonlat[:, 1])
    azimuth = np.radians(np.asarray(azimuth_deg))
    around: FloatArray = np.column_stack((np.sin(azimuth), np.cos(azimuth))) * np.asarray(metres)[:, None]
    return around
