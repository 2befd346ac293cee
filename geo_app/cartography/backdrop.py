"""The street backdrop of our maps: the imported network as line work in three levels, our own bytes.

A level is one file for the whole district. Tiles by place would be smaller, and would tell in their addresses what somebody looks at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from geo_app.spatial.crs import LonLat, MetricXY, to_lonlat, to_metric
from geo_app.travel.streets import RoadClass, Streets

FORMAT: Final = 1
# Steps of a coordinate: 1e-5 degrees are about a metre.
STEPS_PER_DEGREE: Final = 100_000


class Level(StrEnum):
    """A file of the backdrop: who looks from far needs only the first."""

    MAJOR = "major"
    MIDDLE = "middle"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """From which zoom of the web maps a level is drawn, and by how many metres its lines may be simplified (under a pixel there)."""

    min_zoom: int
    tolerance_m: float


LEVELS: Final[Mapping[Level, LevelStyle]] = MappingProxyType(
    {Level.MAJOR: LevelStyle(9, 8.0), Level.MIDDLE: LevelStyle(13, 4.0), Level.FINE: LevelStyle(15, 2.0)}
)
# Road class → level and the width it is drawn with: 0 the widest … 4 a path.
_CLASSES: Final[Mapping[RoadClass, tuple[Level, int]]] = MappingProxyType(
    {
        RoadClass.MOTORWAY: (Level.MAJOR, 0),
        RoadClass.TRUNK: (Level.MAJOR, 0),
        RoadClass.PRIMARY: (Level.MAJOR, 1),
        RoadClass.SECONDARY: (Level.MAJOR, 1),
        RoadClass.TERTIARY: (Level.MIDDLE, 2),
        RoadClass.RESIDENTIAL: (Level.MIDDLE, 3),
        RoadClass.OTHER: (Level.MIDDLE, 3),
        RoadClass.SERVICE: (Level.FINE, 3),
        RoadClass.PEDESTRIAN: (Level.FINE, 4),
        RoadClass.PATH: (Level.FINE, 4),
        RoadClass.STEPS: (Level.FINE, 4),
        RoadClass.CYCLEWAY: (Level.FINE, 4),
        RoadClass.TRACK: (Level.FINE, 4),
    }
)


def draw_backdrop(streets: Streets, level: Level) -> bytes:
    """The lines of one level as compact JSON; equal streets give equal bytes.

    `{"format", "steps", "lines": [[width, x, y, dx, dy, …], …]}`: whole numbers of 1/`steps` degrees in EPSG:4326, longitude first,
    each point after the first as the way from the one before; the widest are last, so that they are drawn on top. Tunnels are left out.
    """
    widths = np.array([_CLASSES[kind][1] if _CLASSES[kind][0] is level else -1 for kind in RoadClass])
    width = widths[streets.road_class]
    shown = np.flatnonzero((width >= 0) & ~streets.is_tunnel)
    shown = shown[np.argsort(-width[shown], kind="stable")]
    lines = [_steps(int(width[edge]), points) for edge, points in zip(shown, _simplify(streets, shown, level), strict=True)]
    return orjson.dumps({"format": FORMAT, "steps": STEPS_PER_DEGREE, "lines": [line for line in lines if line]})


def _simplify(streets: Streets, edges: NDArray[np.int64], level: Level) -> list[NDArray[np.float64]]:
    starts, ends = streets.line_offsets[edges], streets.line_offsets[edges + 1]
    metric = to_metric(LonLat(np.asarray(streets.line_lonlat)))
    lines = shapely.linestrings(
        np.concatenate([metric[start:end] for start, end in zip(starts, ends, strict=True)] or [np.empty((0, 2))]),
        indices=np.repeat(np.arange(len(edges)), ends - starts),
    )
    simple = shapely.simplify(lines, LEVELS[level].tolerance_m)
    points, owner = shapely.get_coordinates(simple, return_index=True)
    lonlat = to_lonlat(MetricXY(points))
    return np.split(lonlat, np.searchsorted(owner, np.arange(1, len(edges)))) if len(edges) else []


def _steps(width: int, lonlat: NDArray[np.float64]) -> list[int]:
    places = np.rint(lonlat * STEPS_PER_DEGREE).astype(np.int64)
    moves = np.diff(places, axis=0)
    moves = moves[moves.any(axis=1)]
    return [width, *places[0].tolist(), *moves.ravel().tolist()] if len(moves) else []
