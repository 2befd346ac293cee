"""Doubts about coordinates, for all points of a file at once: zero, swapped, off by a turn, in another system, outside the district."""

from dataclasses import dataclass, field

import numpy as np

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.frame import Frame
from geo_app.spatial.crs import GEOGRAPHIC, MAX_LAT_DEG, MAX_LON_DEG, METRIC, READABLE_CRS, FloatArray, LonLat, lonlat_from

_TURN_DEG = 360.0


@dataclass(slots=True)
class PointCheck:
    """`lonlat`: (n, 2) in EPSG:4326, NaN where the file has no point. `faults` by row number."""

    lonlat: LonLat
    faults: dict[int, BadCell] = field(default_factory=dict)


def check_points(xy: FloatArray, crs: str, frame: Frame, *, repair_swapped: bool) -> PointCheck:
    """(n, 2) pairs as the file writes them → their places and what is wrong with them. A pair of NaN is no point, and no fault."""
    lonlat = lonlat_from(xy, crs)
    check = PointCheck(lonlat)
    told = np.isfinite(xy).all(axis=1)
    doubtful = np.flatnonzero(told & ~frame.contains(lonlat))
    if not len(doubtful):
        return check
    swapped = lonlat_from(xy[doubtful][:, ::-1], crs)
    turned = _turned(xy[doubtful], crs)
    swapped_inside, turned_inside = frame.contains(swapped), frame.contains(turned)
    elsewhere = _other_systems(xy[doubtful], crs, frame)
    for place, number in enumerate(doubtful.tolist()):
        shown = f"{xy[number][0]:.12g}, {xy[number][1]:.12g}"
        if not xy[number].any():
            check.faults[number] = BadCell("zero-coordinates", shown)
        elif swapped_inside[place]:
            guess = "{:.7f}, {:.7f}".format(*swapped[place])
            check.faults[number] = BadCell("axes-put-right" if repair_swapped else "swapped-axes", shown, guess=guess)
            if repair_swapped:
                lonlat[number] = swapped[place]
        elif turned_inside[place]:
            check.faults[number] = BadCell("longitude-off-by-a-turn", shown, guess="{:.7f}, {:.7f}".format(*turned[place]))
        elif place in elsewhere:
            check.faults[number] = BadCell("other-crs-in-row", shown, used=crs, **elsewhere[place])
        else:
            check.faults[number] = _outside(lonlat[number], shown, frame)
    return check


def _turned(xy: FloatArray, crs: str) -> LonLat:
    """The points with their longitude brought back into ±180°; in metres there is no such slip."""
    turned = lonlat_from(xy, crs)
    if crs == GEOGRAPHIC:
        turned[:, 0] = (turned[:, 0] + _TURN_DEG / 2) % _TURN_DEG - _TURN_DEG / 2
    return turned


def _other_systems(xy: FloatArray, crs: str, frame: Frame) -> dict[int, dict[str, str]]:
    """Of pairs that fit nowhere in the file's system: metres among degrees, or degrees among metres, by their place in `xy`.

    `crs` names every system that puts the pair into the district, `guess` is where the first of them does, longitude first.
    """
    found: dict[int, dict[str, str]] = {}
    for other in [METRIC, *(name for name in READABLE_CRS if name not in (GEOGRAPHIC, METRIC))] if crs == GEOGRAPHIC else [GEOGRAPHIC]:
        lonlat = lonlat_from(xy, other)
        for place in np.flatnonzero(frame.contains(lonlat)).tolist():
            told = found.setdefault(place, {"crs": other, "guess": "{:.7f}, {:.7f}".format(*lonlat[place])})
            if other not in told["crs"]:
                told["crs"] += f", {other}"
    return found


def _outside(lonlat: FloatArray, shown: str, frame: Frame) -> BadCell:
    lon, lat = (float(number) for number in lonlat)
    if not (abs(lon) <= MAX_LON_DEG and abs(lat) <= MAX_LAT_DEG):
        return BadCell("coordinate-off-globe", shown)
    return BadCell("outside-district", shown, distance_m=frame.distance_from_border_m(lon, lat))
