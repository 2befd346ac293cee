"""Which coordinate system the `.prj` of a shapefile means, and a box of ground in it.

The national node-link file says `ITRF2000_Central_Belt_60`, which no register lists: it is read by its numbers. ITRF2000 and the
KGD2002 of EPSG:5186 differ by centimetres. Bessel systems are refused; no street file in them is known.
"""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads.way import Box
from geo_app.spatial.crs import GEOGRAPHIC, GRID, METRIC, FloatArray, LonLat, check_lonlat, lonlat_from, to_grid, to_metric

_BELT_81: Final = "EPSG:5181"  # the central belt with a false northing of 500,000 m
_BELT_81_SOUTH_M: Final = 100_000.0
# (central meridian, latitude of origin, false easting, false northing, scale) of the transverse Mercator systems on GRS 80.
_SYSTEMS: Final[Mapping[tuple[float, ...], str]] = {
    (127.0, 38.0, 200_000.0, 600_000.0, 1.0): METRIC,
    (127.0, 38.0, 200_000.0, 500_000.0, 1.0): _BELT_81,
    (127.5, 38.0, 1_000_000.0, 2_000_000.0, 0.9996): GRID,
}
_READ: Final = (*_SYSTEMS.values(), GEOGRAPHIC)
_PARAMETERS = ("central_meridian", "latitude_of_origin", "false_easting", "false_northing", "scale_factor")
_PARAMETER = re.compile(r'PARAMETER\s*\[\s*"([A-Za-z_]+)"\s*,\s*(-?[0-9.]+)', re.IGNORECASE)
_SPHEROID = re.compile(r'(?:SPHEROID|ELLIPSOID)\s*\[\s*"[^"]*"\s*,\s*([0-9.]+)\s*,\s*([0-9.]+)', re.IGNORECASE)
_MAJOR_AXIS_M, _INVERSE_FLATTENING = 6_378_137.0, 298.257
_BOX_STEPS: Final = 16  # points along each side: its edges are curves in the other system
_SHOWN_CHARS = 120


def find_crs(prj: str) -> str:
    """`EPSG:…` of a `.prj`, which describes the system or merely names it. Raises `FileRefused` (`roads-unknown-crs`) for another."""
    if (named := prj.strip().upper()) in _READ:
        return named
    spheroid = _SPHEROID.search(prj)
    # WGS 84 and GRS 80 differ in the tenth digit of the flattening: a tenth of a millimetre at the pole.
    is_modern = spheroid and float(spheroid[1]) == _MAJOR_AXIS_M and spheroid[2].startswith(str(_INVERSE_FLATTENING))
    crs = None
    if is_modern and prj.lstrip().upper().startswith("GEOGCS"):
        crs = GEOGRAPHIC
    elif is_modern and "transverse_mercator" in prj.lower():
        told = {name.lower(): float(value) for name, value in _PARAMETER.findall(prj)}
        crs = _SYSTEMS.get(tuple(told.get(name, float("nan")) for name in _PARAMETERS))
    if crs is None:
        raise FileRefused("roads-unknown-crs", value=prj[:_SHOWN_CHARS].strip(), known=", ".join(_READ))
    return crs


def lonlat_of(xy: FloatArray, crs: str) -> LonLat:
    """(n, 2) coordinates of the file → degrees in EPSG:4326."""
    return check_lonlat(lonlat_from(xy, crs))


def box_in(box: Box, crs: str) -> tuple[float, float, float, float]:
    """(min x, min y, max x, max y) of the file's system that hold the whole box."""
    if crs == GEOGRAPHIC:
        return box.min_lon, box.min_lat, box.max_lon, box.max_lat
    lon, lat = np.meshgrid(np.linspace(box.min_lon, box.max_lon, _BOX_STEPS), np.linspace(box.min_lat, box.max_lat, _BOX_STEPS))
    lonlat = check_lonlat(np.column_stack((lon.ravel(), lat.ravel())))
    xy: FloatArray = to_grid(lonlat) if crs == GRID else to_metric(lonlat)
    if crs == _BELT_81:
        xy = xy - (0.0, _BELT_81_SOUTH_M)
    (min_x, min_y), (max_x, max_y) = xy.min(axis=0).tolist(), xy.max(axis=0).tolist()
    return min_x, min_y, max_x, max_y
