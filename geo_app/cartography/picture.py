"""A picture of the map as SVG: title, time, borders, complexes, marks with their states, legend, whose borders they are.

A pure function of what it is given: equal pictures have equal bytes. The words of its title and description are its alternative text.
"""

from typing import Final

import numpy as np

from geo_app.cartography.marks import MARKS
from geo_app.cartography.picture_colours import Paint
from geo_app.cartography.picture_frame import EDGE_PX, Frame, build_frame, draw_frame
from geo_app.cartography.picture_ground import draw_ground, draw_scale
from geo_app.cartography.picture_groups import Group, group_marks
from geo_app.cartography.picture_legend import ROW_PX, Entry, draw_legend, legend_rows, list_entries
from geo_app.cartography.picture_marks import GROUP_PX, MARK_PX, MarkBook, draw_group
from geo_app.cartography.picture_scene import DrawnPlace, Picture
from geo_app.cartography.picture_text import BOLD_FACTOR, text_width_px, wrap_text, xml_text
from geo_app.cartography.picture_view import Box, View, build_view, find_extent, list_inside
from geo_app.spatial.crs import FloatArray

MEDIA_TYPE: Final = "image/svg+xml"
FONTS: Final = "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans SC', system-ui, sans-serif"
_APART_PX: Final = 32.0  # middles of marks: nearer than this they would hide one another
_AREA_MARK_PX: Final = 20.0
_LEAST_MAP_SHARE: Final = 0.42  # of the height, whatever the legend would like
_LEGEND_EDGE_PX: Final = 6.0


def draw_picture(picture: Picture) -> str:
    """The picture as an SVG document of `width_px` × `height_px`. Raises `KeyError` for a place of a layer without a mark."""
    paint, frame, extent = Paint(picture.theme), build_frame(picture), find_extent(picture)
    inside = list_inside(extent, picture.places)
    entries = list_entries(picture.places, picture.words, len(picture.places) - len(inside))
    rows = _legend(picture, frame, entries)
    bottom = picture.height_px - frame.foot_px - (len(rows) * ROW_PX + _LEGEND_EDGE_PX if rows else 0)
    view = build_view(extent, (0.0, frame.head_px, float(picture.width_px), bottom))
    book = MarkBook(paint)
    land = _draw_map(picture, view, inside, frame.small_px, book, paint)
    legend = draw_legend(rows, EDGE_PX, bottom + _LEGEND_EDGE_PX / 2, frame.text_px, book, paint)
    return "".join(
        (
            _opening(picture, entries),
            f"<style>{paint.style}</style>" if paint.style else "",
            book.definitions(),
            f'<clipPath id="map"><path d="M0 {frame.head_px:.1f}H{picture.width_px}V{bottom:.1f}H0z"/></clipPath>',
            f'<path d="M0 0H{picture.width_px}V{picture.height_px}H0z"{paint(fill="surface")}/>',
            f'<g clip-path="url(#map)">{land}</g>',
            _draw_empty(picture, (frame.head_px + bottom) / 2, frame.text_px, paint),
            f'<path d="M0 {frame.head_px:.1f}H{picture.width_px}M0 {bottom:.1f}H{picture.width_px}"{paint(stroke="line")}/>',
            draw_frame(picture, frame, paint),
            legend,
            "</svg>\n",
        )
    )


def _draw_map(picture: Picture, view: View, inside: list[DrawnPlace], size_px: float, book: MarkBook, paint: Paint) -> str:
    # Marks of areas lie under the others and count in none of their groups.
    areas = [place for place in inside if MARKS[place.layer].is_area]
    pins = [place for place in inside if not MARKS[place.layer].is_area]
    middles = _middles(view, areas)
    groups = group_marks(_middles(view, pins), _APART_PX)
    taken = [_box(group.x_px, group.y_px, MARK_PX if len(group.members) == 1 else GROUP_PX) for group in groups]
    taken += [_box(x, y, _AREA_MARK_PX) for x, y in middles.tolist()]
    return "".join(
        (
            draw_ground(picture, view, taken, size_px, paint),
            *(book.use(place, x, y, _AREA_MARK_PX) for place, (x, y) in zip(areas, middles.tolist(), strict=True)),
            *(_draw_mark(group, pins, book, paint) for group in groups),
            draw_scale(view, size_px, paint),
        )
    )


def _legend(picture: Picture, frame: Frame, entries: list[Entry]) -> list[list[Entry]]:
    room = picture.height_px * (1 - _LEAST_MAP_SHARE) - frame.head_px - frame.foot_px
    return legend_rows(entries, picture.width_px - 2 * EDGE_PX, frame.text_px, max(1, int(room / ROW_PX)))


def _middles(view: View, places: list[DrawnPlace]) -> FloatArray:
    return view.pixels_of(np.asarray([place.lonlat for place in places], dtype=np.float64).reshape(-1, 2))


def _box(x_px: float, y_px: float, size_px: float) -> Box:
    half = size_px / 2
    return x_px - half, y_px - half, x_px + half, y_px + half


def _draw_mark(group: Group, places: list[DrawnPlace], book: MarkBook, paint: Paint) -> str:
    members = [places[position] for position in group.members]
    if len(members) == 1:
        return book.use(members[0], group.x_px, group.y_px)
    return draw_group(members, group.x_px, group.y_px, paint)


def _draw_empty(picture: Picture, middle_px: float, size_px: float, paint: Paint) -> str:
    # An outline without a mark would be read as a place nobody has looked for.
    if picture.places or not picture.words.empty:
        return ""
    lines = wrap_text(picture.words.empty, size_px * BOLD_FACTOR, picture.width_px - 4 * EDGE_PX, 2)
    width = max(text_width_px(line, size_px * BOLD_FACTOR) for line in lines) + 2 * EDGE_PX
    height = (len(lines) + 0.9) * size_px * 1.4
    left, top, middle = (picture.width_px - width) / 2, middle_px - height / 2, picture.width_px / 2
    plate = f'<path d="M{left:.1f} {top:.1f}h{width:.1f}v{height:.1f}H{left:.1f}z"{paint(fill="surface", stroke="line")}/>'
    first = middle_px - (len(lines) - 1) * size_px * 0.7 + size_px * 0.36
    told = (
        f'<text x="{middle:g}" y="{first + number * size_px * 1.4:.1f}" text-anchor="middle" font-size="{size_px:g}" '
        f'font-weight="700"{paint(fill="ink")}>{xml_text(line)}</text>'
        for number, line in enumerate(lines)
    )
    return plate + "".join(told)


def _opening(picture: Picture, entries: list[Entry]) -> str:
    width, height, words = picture.width_px, picture.height_px, picture.words
    # What is seen is told: the time, and every count of the legend, also those that found no room in it.
    empty = "" if picture.places else words.empty
    description = ". ".join(filter(None, (words.time, ", ".join(entry.text for entry in entries), empty.removesuffix("."), words.band)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" lang="{words.lang}" '
        f'role="img" aria-labelledby="title desc" font-family="{FONTS}" fill="none">'
        f'<title id="title">{xml_text(words.title)}</title><desc id="desc">{xml_text(description)}</desc>'
    )
