"""What lies under the marks: dongs, the chosen one outlined, industrial complexes, their names, and how long a kilometre is."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.cartography.picture_colours import Paint
from geo_app.cartography.picture_labels import Label, place_labels
from geo_app.cartography.picture_scene import DrawnArea, DrawnComplex, Picture
from geo_app.cartography.picture_text import xml_text
from geo_app.cartography.picture_view import Box, View, draw_borders, metric_shapes, path_data

_COMPLEX = "mark-industrial-complexes"
_SCALE_METRES: Final = (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000)
_LONGEST_SCALE_PX = 90.0
_LEAST_NAMED_PX = 60.0  # the square of a dong that is worth a name: smaller ones would only make a crowd


def draw_ground(picture: Picture, view: View, marks: Sequence[Box], size_px: float, paint: Paint) -> str:
    """Land, dongs, complexes and names; `marks` are the boxes that names must leave free."""
    left, top, right, bottom = view.box_px
    borders = draw_borders(view, picture.areas)
    has_chosen = any(item.is_chosen for item, _ in borders)
    complexes = [(item, _complex_shape(item, view)) for item in picture.complexes]
    names = [*_complex_labels(complexes), *_area_labels(borders)]
    taken = [*marks, (left, bottom - 26, left + _LONGEST_SCALE_PX + 24, bottom)]
    return "".join(
        (
            f'<path d="M{left:g} {top:g}H{right:g}V{bottom:g}H{left:g}z"{paint(fill="land")}/>',
            *(_draw_area(item, shape, paint, is_quiet=has_chosen) for item, shape in sorted(borders, key=lambda pair: pair[0].is_chosen)),
            *(_draw_complex(shape, paint) for _, shape in complexes),
            *(_draw_label(label, size_px, paint) for label in place_labels(names, taken, view.box_px, size_px)),
        )
    )


def draw_scale(view: View, size_px: float, paint: Paint) -> str:
    """A bar of a round length in the lower left corner."""
    left, _, _, bottom = view.box_px
    metres = max((item for item in _SCALE_METRES if item * view.px_per_m <= _LONGEST_SCALE_PX), default=_SCALE_METRES[0])
    length = metres * view.px_per_m
    told = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"  # noqa: PLR2004 metres of a kilometre
    x, y = left + 12, bottom - 10
    return f'<path d="M{x:g} {y - 4:g}v4h{length:.1f}v-4" stroke-width="1.5"{paint(stroke="ink-2")}/>' + _text(
        told, x + length / 2, y - 6, size_px, paint(fill="ink-2", stroke="land")
    )


def _draw_area(item: DrawnArea, shape: BaseGeometry, paint: Paint, *, is_quiet: bool) -> str:
    # Around a chosen dong its neighbours are only hinted at.
    fill = "surface" if item.is_chosen or not is_quiet else "land"
    stroke, width = ("accent", 2.5) if item.is_chosen else ("dong-line", 1)
    data = path_data(shape)
    return f'<path d="{data}" stroke-width="{width:g}" stroke-linejoin="round"{paint(fill=fill, stroke=stroke)}/>' if data else ""


def _complex_shape(item: DrawnComplex, view: View) -> BaseGeometry:
    shape = shapely.transform(metric_shapes([item.place])[0], view.pixels)
    radius_px = math.sqrt(item.area_m2 / math.pi) * view.px_per_m
    return shape.buffer(radius_px, quad_segs=16) if shape.geom_type == "Point" else shape


def _draw_complex(shape: BaseGeometry, paint: Paint) -> str:
    data = path_data(shape)
    line = 'fill-opacity=".12" stroke-width="1.6" stroke-dasharray="7 5"'
    return f'<path d="{data}" {line}{paint(fill=_COMPLEX, stroke=_COMPLEX)}/>' if data else ""


def _complex_labels(complexes: Iterable[tuple[DrawnComplex, BaseGeometry]]) -> list[Label]:
    return [_label(item.name, shape, "ink-2") for item, shape in complexes if not shape.is_empty]


def _area_labels(borders: Iterable[tuple[DrawnArea, BaseGeometry]]) -> list[Label]:
    # The chosen one needs none: the title names it.
    named = [(item, shape) for item, shape in borders if not item.is_chosen and math.sqrt(shape.area) >= _LEAST_NAMED_PX]
    named.sort(key=lambda pair: (-pair[1].area, pair[0].name))
    return [replace(_label(item.name, shape, "dong-ink"), within=shape) for item, shape in named]


def _label(name: str, shape: BaseGeometry, colour: str) -> Label:
    inside = shape.representative_point() if shape.area else shape.centroid
    x, y = np.round((inside.x, inside.y), 1).tolist()
    return Label(name, x, y, colour)


def _draw_label(label: Label, size_px: float, paint: Paint) -> str:
    return _text(label.text, label.x_px, label.y_px + size_px * 0.36, size_px, paint(fill=label.colour, stroke="surface"))


def _text(text: str, x_px: float, y_px: float, size_px: float, colours: str) -> str:
    place = f'x="{x_px:.1f}" y="{y_px:.1f}" text-anchor="middle" font-size="{size_px:g}"'
    return f'<text {place} stroke-width="3" stroke-linejoin="round" paint-order="stroke"{colours}>{xml_text(text)}</text>'
