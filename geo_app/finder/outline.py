"""The district as one simple outline, small enough for a phone: who stands clearly outside it?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.finder.areas import list_dongs
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import LonLat, MetricXY, to_lonlat, to_metric

# The district is widened by as much as its outline is then simplified, so nothing inside it ever falls outside the outline, and what lies
# farther out than both together (100 m) never falls inside.
SIMPLIFIED_M: Final = 50.0
_WIDENED_M: Final = 52.0  # two metres more: corners are rounded to a metre, and an arc of few corners runs inside its circle
_DECIMALS: Final = 5  # 1 m
_QUARTER_CORNERS: Final = 6

Ring = tuple[tuple[float, float], ...]
Outline = tuple[Ring, ...]

_kept: KeptByLayer[Outline] = KeptByLayer()


def district_outline(snapshot: Snapshot) -> Outline:
    """Closed rings of (lon, lat) in EPSG:4326 around all dongs, holes included; empty where the district has no dong polygons."""
    dongs = snapshot.layers.get("dongs")
    return () if dongs is None else _kept.get(dongs, (), lambda: build_outline([dong.area for dong in list_dongs(dongs)]))


def build_outline(areas: Sequence[BaseGeometry]) -> Outline:
    """The outline of areas in EPSG:4326, widened and simplified in EPSG:5186 metres."""
    if not areas:
        return ()
    whole = shapely.transform(shapely.union_all(list(areas)), lambda pairs: to_metric(LonLat(pairs)))
    simple = whole.buffer(_WIDENED_M, quad_segs=_QUARTER_CORNERS).simplify(SIMPLIFIED_M)
    drawn = shapely.transform(simple, lambda pairs: to_lonlat(MetricXY(pairs)))
    return tuple(
        tuple((round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in ring.coords)
        for part in shapely.get_parts(drawn).tolist()
        for ring in (part.exterior, *part.interiors)
    )


def is_outside(outline: Outline, lon: float, lat: float) -> bool:
    """True where a ray to the east crosses the rings an even number of times; never outside an outline that is not known.

    Written out because the phone must answer bit for bit the same: only +, -, *, / and comparisons of float64.
    """
    if not outline:
        return False
    is_inside = False
    for ring in outline:
        for (lon_a, lat_a), (lon_b, lat_b) in pairwise(ring):
            if (lat_a > lat) != (lat_b > lat) and lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a:
                is_inside = not is_inside
    return not is_inside
