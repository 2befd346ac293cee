"""Names in a picture, each where it covers neither a mark nor another name; one that finds no room is left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.cartography.picture_text import fit_text, text_width_px
from geo_app.cartography.picture_view import Box

_AIR_PX = 2.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name with its middle at (x, y), in pixels; `colour` is one of `picture_colours`; it stays `within` its border, where it has one."""

    text: str
    x_px: float
    y_px: float
    colour: str
    within: BaseGeometry | None = None

    def box(self, size_px: float) -> Box:
        """What it covers: left, top, right, bottom."""
        half = text_width_px(self.text, size_px) / 2
        return self.x_px - half, self.y_px - size_px * 0.6, self.x_px + half, self.y_px + size_px * 0.6

    def is_at_home(self, size_px: float) -> bool:
        """True where it does not cross the border of what it names."""
        return self.within is None or bool(self.within.contains(shapely.box(*self.box(size_px))))


def place_labels(wanted: Iterable[Label], taken: Iterable[Box], room: Box, size_px: float) -> list[Label]:
    """Those that find room, the first wanted first: at their place, else a line above or below."""
    covered = list(taken)
    placed: list[Label] = []
    for label in wanted:
        text = fit_text(label.text, size_px, room[2] - room[0])
        tries = (replace(label, text=text, y_px=label.y_px + lines * size_px * 1.3) for lines in (0, -1, 1, -2, 2))
        found = next((item for item in tries if text and _is_free(item.box(size_px), covered, room) and item.is_at_home(size_px)), None)
        if found is not None:
            covered.append(found.box(size_px))
            placed.append(found)
    return placed


def _is_free(box: Box, covered: Iterable[Box], room: Box) -> bool:
    left, top, right, bottom = box
    if left < room[0] + _AIR_PX or top < room[1] + _AIR_PX or right > room[2] - _AIR_PX or bottom > room[3] - _AIR_PX:
        return False
    return all(right < item[0] or left > item[2] or bottom < item[1] or top > item[3] for item in covered)
