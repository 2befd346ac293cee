"""Marks and groups of marks in a picture: the shapes of `marks` with the colours on them, since no style sheet follows a picture."""

import math
from collections import Counter
from collections.abc import Iterable

from geo_app.cartography.marks import MARKS
from geo_app.cartography.picture_colours import Paint
from geo_app.cartography.picture_scene import CLOSED, OPEN, STATES, UNKNOWN, DrawnPlace

MARK_PX = 26.0  # how wide a mark stands in the picture
GROUP_PX = 32.0
_BOX = 32.0  # of the shapes in `marks`
_RING_R, _FULL_TURN = 13.0, 0.9999
# Width of a ring's arc and its dashes: thick is open, thin is closed, dotted is not known.
_ARCS = {OPEN: (5.0, ""), UNKNOWN: (4.0, "1.6 2.2"), CLOSED: (1.6, ""), "none": (3.0, "")}


class MarkBook:
    """The marks that a picture uses, each drawn once. `use` gives a reference, `definitions` all that were referred to."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._drawn: dict[str, str] = {}

    def use(self, place: DrawnPlace, x_px: float, y_px: float, size_px: float = MARK_PX) -> str:
        """The place's mark with its middle at (x, y). Raises `KeyError` for a layer without a mark."""
        name = _name(place)
        if name not in self._drawn:
            self._drawn[name] = f'<g id="{name}"><g transform="translate(-16 -16)">{_draw(place, self._paint)}</g></g>'
        return f'<use href="#{name}" transform="translate({x_px:.1f} {y_px:.1f}) scale({size_px / _BOX:.3f})"/>'

    def definitions(self) -> str:
        """The `<defs>` of all marks used, in the order of their names."""
        return f"<defs>{''.join(self._drawn[name] for name in sorted(self._drawn))}</defs>"


def draw_group(members: Iterable[DrawnPlace], x_px: float, y_px: float, paint: Paint) -> str:
    """A circle with how many there are and a ring: an arc for each layer and state, as long as its share."""
    tally = Counter((place.layer, place.state) for place in members)
    total = tally.total()
    order = [(layer, state) for layer in MARKS for state in STATES if tally[layer, state]]
    arcs, start = [], 0.0
    for layer, state in order:
        share = tally[layer, state] / total
        width, dashes = _ARCS[state]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        arcs.append(f'<path d="{_arc(start, share)}" stroke-width="{width}"{dashed}{paint(stroke=f"mark-{layer}")}/>')
        start += share
    size_px = 12 if total < 100 else 10 if total < 1000 else 8  # noqa: PLR2004 digits that the circle holds
    figure = (
        f'<text y="{size_px * 0.36:.1f}" text-anchor="middle" font-size="{size_px}" font-weight="700"{paint(fill="ink")}>{total}</text>'
    )
    return (
        f'<g transform="translate({x_px:.1f} {y_px:.1f})"><circle r="{GROUP_PX / 2}"{paint(fill="surface", stroke="line")}/>'
        f"{''.join(arcs)}{figure}</g>"
    )


def _arc(start: float, share: float) -> str:
    """Path data of an arc, both in turns clockwise from the top; a whole ring is two half ones."""
    if share >= _FULL_TURN:
        return f"M0 -{_RING_R:g}A{_RING_R:g} {_RING_R:g} 0 1 1 0 {_RING_R:g}A{_RING_R:g} {_RING_R:g} 0 1 1 0 -{_RING_R:g}"
    (from_x, from_y), (to_x, to_y) = _on_ring(start), _on_ring(start + share)
    return f"M{from_x:.2f} {from_y:.2f}A{_RING_R:g} {_RING_R:g} 0 {int(share > 1 / 2)} 1 {to_x:.2f} {to_y:.2f}"


def _on_ring(turns: float) -> tuple[float, float]:
    angle = 2 * math.pi * turns
    return _RING_R * math.sin(angle), -_RING_R * math.cos(angle)


def _name(place: DrawnPlace) -> str:
    told = (
        ("sample", place.is_sample),
        ("rough", place.is_rough),
        ("registered", place.is_registered),
        ("recruiting", place.is_recruiting),
    )
    return "-".join(["mark", place.layer, place.state, *(name for name, holds in told if holds)])


def _draw(place: DrawnPlace, paint: Paint) -> str:
    mark = MARKS[place.layer]
    colour = f"mark-{place.layer}"
    # As in static/css/map.css: what is rough or made up is smaller inside its ring or its broken edge.
    body = 0.45 if place.is_sample and place.is_rough else 0.62 if place.is_rough else 0.72 if place.is_sample else 1.0
    edge = 0.62 if place.is_rough else 1.0
    ring = _ring(paint, colour) if place.is_rough else ""
    broken = (
        f'<path d="{mark.outline}" stroke-width="2" stroke-dasharray="4.5 3.2"{paint(stroke=colour)}/>'
        if place.is_sample
        else f'<path d="{mark.outline}" stroke-width="5" stroke-linejoin="round"{paint(stroke="surface")}/>'
    )
    inner = _body(place, paint)
    key = _key(paint, colour) if place.is_registered else ""
    return f"{ring}{_scaled(broken, edge)}{_scaled(inner, body)}{_question(paint) if place.state == UNKNOWN else ''}{key}"


def _body(place: DrawnPlace, paint: Paint) -> str:
    mark, colour = MARKS[place.layer], f"mark-{place.layer}"
    is_hollow = place.state in (CLOSED, UNKNOWN)
    ground = "surface" if is_hollow or mark.is_area else colour
    dashed = ' stroke-dasharray="4.5 3"' if mark.is_area else ""
    fill = f'<path d="{mark.outline}" stroke-width="2.5" stroke-linejoin="round"{dashed}{paint(fill=ground, stroke=colour)}/>'
    if place.state == UNKNOWN:
        return f'{fill}<path d="{mark.half}" fill-opacity=".55"{paint(fill=colour)}/>'
    ink = colour if is_hollow or mark.is_area else "surface"
    width = "1.3" if mark.is_area else "2.4"
    line = f' stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"'
    glyph = f'<path d="{mark.glyph}"{line}{paint(stroke=ink)}/>' if mark.glyph else ""
    dot = f'<circle cx="16" cy="16" r="4.5"{paint(fill="ink" if is_hollow else "surface")}/>' if place.is_recruiting else ""
    return f"{fill}{glyph}{dot}"


def _ring(paint: Paint, colour: str) -> str:
    line = 'fill-opacity=".12" stroke-width="1.5" stroke-dasharray="2.5 3"'
    return f'<circle cx="16" cy="16" r="18" {line}{paint(fill=colour, stroke=colour)}/>'


def _question(paint: Paint) -> str:
    colours = paint(fill="ink", stroke="surface")
    return (
        f'<text x="16" y="22" text-anchor="middle" font-size="18" font-weight="700" stroke-width="3" paint-order="stroke"{colours}>?</text>'
    )


def _key(paint: Paint, colour: str) -> str:
    return (
        f'<circle cx="25" cy="25" r="7" stroke-width="1.5"{paint(fill="surface", stroke=colour)}/>'
        f'<path d="M22.5 25a1.8 1.8 0 1 0 0-.01M24.3 25h4.4M27.6 25v2" stroke-width="1.6" stroke-linecap="round"{paint(stroke="ink")}/>'
    )


def _scaled(parts: str, factor: float) -> str:
    return parts if factor == 1 else f'<g transform="translate(16 16) scale({factor:g}) translate(-16 -16)">{parts}</g>'
