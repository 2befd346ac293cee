"""What an index of lines and areas (and points among them) knows of its items."""

from threading import Lock
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.spatial.crs import FloatArray, LonLat, MetricXY, metric_point, to_lonlat, to_metric
from geo_app.spatial.frame import REACH_M, UNFRAMED_M, in_frame, is_in_frame
from geo_app.spatial.geodesy import paired_distances_m, polar_xy
from geo_app.spatial.points import Mask
from geo_app.spatial.tree import Positions

ShapeArray = NDArray[Any]  # (n,) shapely geometries

# An edge is straight in degrees. In the plane it is followed in steps of at most this (about 1 km), which bend away from their chord by
# at most 2 cm in Korea, 13 cm at 80° (length² × tan φ / 8R).
_STEP_DEG: Final = 0.01
_STEP_M: Final = 1_120.0  # the same at its longest
_BOX_SLACK_M: Final = 0.5
_AREAL: Final = 2  # dimensions


class Shapes:
    """(n,) checked shapely geometries in EPSG:4326, longitude first, with their boxes in EPSG:5186 metres; `framed` as in `Points`."""

    __slots__ = ("_lock", "_outlines", "_planar", "_shapes", "framed", "maxs", "mins")

    def __init__(self, shapes: ShapeArray) -> None:
        self._lock = Lock()
        self._shapes = shapes
        shapely.prepare(shapes)
        areal = shapely.get_dimensions(shapes) == _AREAL
        outlines = np.where(areal, shapely.boundary(shapes), shapes)
        self._outlines: ShapeArray = shapely.segmentize(outlines, _STEP_DEG)
        self.framed: Mask = _framed(self._outlines)
        # Shapes that leave the frame have no planar outline; they stand there empty and are measured in a plane of their own.
        planar = self._outlines.copy()
        planar[~self.framed] = shapely.Point()
        self._planar: ShapeArray = shapely.transform(planar, lambda lonlat: to_metric(LonLat(lonlat)))
        bounds = np.where(self.framed[:, None], shapely.bounds(self._planar), UNFRAMED_M)
        self.mins: FloatArray = np.ascontiguousarray(bounds[:, :2]) - _BOX_SLACK_M
        self.maxs: FloatArray = np.ascontiguousarray(bounds[:, 2:]) + _BOX_SLACK_M

    def __len__(self) -> int:
        return len(self._shapes)

    def distances_m(self, lon: float, lat: float, positions: Positions | list[int]) -> list[float]:
        """Geodesic metres from a point to each of the items at `positions`: 0 in an area or on its border.

        Else the distance to the point of the outline that is nearest in the EPSG:5186 plane. That one is at most (scale - 1) farther than
        the truly nearest: a hundred-thousandth in the district, 3 ‰ at the edges of Korea; edges bend by 2 cm at most (`_STEP_DEG`).
        A shape or point outside the frame is measured in the azimuthal equidistant plane around the point instead.
        """
        chosen = np.asarray(positions, dtype=np.int64)
        distances = np.zeros(len(chosen))
        x, y = metric_point(lon, lat)
        outside = ~self.is_containing(chosen, np.broadcast_to((lon, lat), (len(chosen), 2)))
        planar = outside & self.framed[chosen] & is_in_frame(lon, lat, x)
        if planar.any():
            distances[planar] = self._planar_nearest_m(lon, lat, (x, y), chosen[planar])
        polar = outside & ~planar
        if polar.any():
            distances[polar] = self._polar_nearest_m(lon, lat, chosen[polar])
        listed: list[float] = distances.tolist()
        return listed

    def is_in_window(self, positions: Positions | slice, windows: FloatArray) -> Mask:
        """True where item and window have a point in common, borders included; `windows` as in `Points.is_in_window`."""
        # An envelope is a point or a line where the window has no width: shapely.box would be an invalid area.
        regions = shapely.envelope(shapely.linestrings(windows.reshape(-1, 2, 2)))
        return self.is_intersecting(positions, regions)

    def is_intersecting(self, positions: Positions | slice, geometry: BaseGeometry | ShapeArray) -> Mask:
        """True where the item and the (prepared) geometry have a point in common, borders included."""
        met: Mask = shapely.intersects(geometry, self._shapes[positions])
        return met

    def is_contained(self, positions: Positions, geometry: BaseGeometry) -> Mask:
        """True where no point of the item lies outside the (prepared) geometry; its border is inside."""
        held: Mask = shapely.covers(geometry, self._shapes[positions])
        return held

    def is_containing(self, positions: Positions, lonlat: FloatArray) -> Mask:
        """True where item i holds point i of `lonlat` or has it on its border, (n, 2) beside (n,) `positions`."""
        # GEOS fills a prepared geometry's own search tree at its first question, so two threads must not ask one at a time.
        with self._lock:
            holds: Mask = shapely.intersects_xy(self._shapes[positions], lonlat[:, 0], lonlat[:, 1])
        return holds

    def _planar_nearest_m(self, lon: float, lat: float, xy: tuple[float, float], positions: Positions) -> FloatArray:
        lines = shapely.shortest_line(self._planar[positions], shapely.Point(xy))
        nearest = to_lonlat(MetricXY(shapely.get_coordinates(lines)[::2]))
        count = len(nearest)
        return paired_distances_m(np.full(count, lon), np.full(count, lat), nearest[:, 0], nearest[:, 1])

    def _polar_nearest_m(self, lon: float, lat: float, positions: Positions) -> FloatArray:
        around = shapely.transform(self._outlines[positions], lambda lonlat: polar_xy(lon, lat, lonlat))
        origin = shapely.Point(0.0, 0.0)
        to_lines, to_vertices = shapely.distance(around, origin), shapely.distance(shapely.extract_unique_points(around), origin)
        # An edge around the far end of the globe turns into a chord across this plane. No edge is nearer than its ends by more than half
        # its length, so what seems to be is such a chord.
        distances: FloatArray = np.where(to_lines < to_vertices - _STEP_M / 2, to_vertices, to_lines)
        return distances


def _framed(outlines: ShapeArray) -> Mask:
    coordinates, owners = shapely.get_coordinates(outlines, return_index=True)
    lonlat = LonLat(coordinates)
    # Within a kilometre of the frame's end, so that no bend of an edge and no point of an area lies outside.
    outside = ~in_frame(lonlat, to_metric(lonlat), REACH_M - 1_000.0)
    framed: Mask = np.bincount(owners[outside], minlength=len(outlines)) == 0
    return framed
