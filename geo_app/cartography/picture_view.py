"""From the ground to the picture: what part of the district is shown, where a place falls, borders as paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.cartography.picture_scene import DrawnArea, DrawnPlace, Picture
from geo_app.spatial.crs import FloatArray, LonLat, to_metric

# Borders lose what half a pixel would not show; a margin keeps marks at the border whole.
SIMPLIFIED_PX: Final = 0.6
MARGIN_PX: Final = 22.0
_LEAST_SPAN_M: Final = 400.0  # a district of one point is still shown with its surroundings
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A picture's map: `box_px` (left, top, right, bottom), and metres of EPSG:5186 to pixels: x = (east - west) · scale + left."""

    box_px: Box
    west_m: float
    north_m: float
    px_per_m: float

    def pixels(self, xy_m: NDArray[Any]) -> FloatArray:
        """(n, 2) metres → (n, 2) pixels, y downwards."""
        left, top = self.box_px[:2]
        return np.column_stack(((xy_m[:, 0] - self.west_m) * self.px_per_m + left, (self.north_m - xy_m[:, 1]) * self.px_per_m + top))

    def pixels_of(self, lonlat: NDArray[Any]) -> FloatArray:
        """(n, 2) degrees → (n, 2) pixels."""
        return self.pixels(to_metric(LonLat(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2))))


def metric_shapes(areas: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Shapes in EPSG:4326 → EPSG:5186 metres."""
    return [shapely.transform(area, lambda pairs: to_metric(LonLat(pairs))) for area in areas]


def find_extent(picture: Picture) -> Box:
    """What is to be shown, in metres (west, south, east, north): the chosen areas, else all, else the picture's bounds."""
    chosen = [item.area for item in picture.areas if item.is_chosen] or [item.area for item in picture.areas]
    min_lon, min_lat, max_lon, max_lat = picture.bounds_lonlat
    shapes = metric_shapes(chosen or [shapely.box(min_lon, min_lat, max_lon, max_lat)])
    west, south, east, north = (float(value) for value in shapely.total_bounds(np.asarray(shapes, dtype=object)))
    return west, south, east, north


def build_view(extent_m: Box, box_px: Box) -> View:
    """The view that shows all of the extent in the middle of the box, as large as its margins allow."""
    (west, south, east, north), (left, top, right, bottom) = extent_m, box_px
    margin = min(MARGIN_PX, (right - left) / 8, (bottom - top) / 8)
    width, height = max(east - west, _LEAST_SPAN_M), max(north - south, _LEAST_SPAN_M)
    scale = min((right - left - 2 * margin) / width, (bottom - top - 2 * margin) / height)
    west_m = (west + east) / 2 - (right - left) / 2 / scale
    north_m = (south + north) / 2 + (bottom - top) / 2 / scale
    return View(box_px, west_m, north_m, scale)


def list_inside(extent_m: Box, places: Sequence[DrawnPlace]) -> list[DrawnPlace]:
    """The places whose point lies in the extent; those without a point do not."""
    located = [place for place in places if place.lonlat is not None]
    if not located:
        return []
    west, south, east, north = extent_m
    xy = to_metric(LonLat(np.asarray([place.lonlat for place in located], dtype=np.float64)))
    is_inside = (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
    return [place for place, holds in zip(located, is_inside.tolist(), strict=True) if holds]


def draw_borders(view: View, areas: Sequence[DrawnArea]) -> list[tuple[DrawnArea, BaseGeometry]]:
    """Each area that is seen with its shape in pixels: neighbours are simplified together, so that no gap opens between them."""
    if not areas:
        return []
    simple = shapely.coverage_simplify(
        np.asarray(metric_shapes([item.area for item in areas]), dtype=object), SIMPLIFIED_PX / view.px_per_m
    )
    left, top, right, bottom = view.box_px
    # A little beyond the map, so that the edge of the cut is not drawn as a border.
    drawn = shapely.clip_by_rect(shapely.transform(simple, view.pixels), left - 9, top - 9, right + 9, bottom + 9)
    return [(item, shape) for item, shape in zip(areas, drawn.tolist(), strict=True) if not shape.is_empty]


def path_data(shape: BaseGeometry) -> str:
    """SVG path data of polygons in pixels, to a tenth of a pixel; nothing for lines and points."""
    rings = [ring for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon" for ring in (part.exterior, *part.interiors)]
    return "".join(_ring(np.asarray(ring.coords)) for ring in rings)


def _ring(points: FloatArray) -> str:
    steps = np.rint(points * 10).astype(np.int64)
    moves = np.diff(steps, axis=0)[:-1]
    told = " ".join(f"{_tenths(x)} {_tenths(y)}" for x, y in moves.tolist() if x or y)
    return f"M{_tenths(int(steps[0, 0]))} {_tenths(int(steps[0, 1]))}l{told}z" if told else ""


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
