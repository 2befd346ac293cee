"""Places within 30 m with a similar name: perhaps the same place under another identity."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from shapely.geometry import Point

from geo_app.domain.identity import normalise_text
from geo_app.domain.site import SiteDraft
from geo_app.ingest.identities import LonLatPair
from geo_app.ingest.row import Row
from geo_app.spatial.crs import metric_point
from geo_app.spatial.geodesy import distance_m

NEAR_M = 30.0
_SIMILAR_SHARE = 0.75
_MOST_COMPARED = 64  # in one cell: a file with all points on one spot must not cost the square of its rows
_BRACKETS = re.compile(r"\([^()]*\)|[\s·\-]+")
_ROW_SHIFT = 1 << 32


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The place found: its id, or the line of its row; its name; whole metres to it."""

    name: str
    distance_m: int
    record_id: str | None = None
    line: int = 0


class Neighbours:
    """A grid of 30 m cells in EPSG:5186 over the known places; a hundred thousand of them must fit beside the file they are met with."""

    def __init__(self) -> None:
        self._cells: dict[int, array[int]] = {}
        self._lons, self._lats = array("d"), array("d")
        self._names: list[str] = []
        self._labels: list[str | int] = []
        self._without_address: dict[str, str] = {}

    def add(self, record_id: str, name: str, lonlat: LonLatPair | None, *, has_address: bool) -> None:
        """A known place; `lonlat` in EPSG:4326, or None where it has no coordinates."""
        if lonlat is not None:
            self._add_point(record_id, name, lonlat)
        elif not has_address:
            self._without_address.setdefault(fold_name(name), record_id)

    def add_row(self, row: Row) -> None:
        """A row that will be added: the rows after it are compared with it too."""
        point = row.draft.geometry
        if isinstance(point, Point):
            self._add_point(row.line, row.draft.name, (point.x, point.y))

    def find(self, draft: SiteDraft) -> Neighbour | None:
        """The nearest place within 30 m whose name is similar, or None."""
        point = draft.geometry
        if not isinstance(point, Point):
            return None
        near: list[tuple[float, int]] = []
        for number in self._around((point.x, point.y)):
            metres = distance_m(point.x, point.y, self._lons[number], self._lats[number])
            if metres < NEAR_M and is_similar(draft.name, self._names[number]):
                near.append((metres, number))
        if not near:
            return None
        metres, number = min(near)
        label = self._labels[number]
        record_id, line = (label, 0) if isinstance(label, str) else (None, label)
        return Neighbour(self._names[number], round(metres), record_id, line)

    def find_nameless(self, draft: SiteDraft) -> str | None:
        """The id of a record of the same name of which neither address nor coordinates are known, or None."""
        return self._without_address.get(fold_name(draft.name)) if self._without_address else None

    def _add_point(self, label: str | int, name: str, lonlat: LonLatPair) -> None:
        members = self._cells.setdefault(_cell(lonlat), array("l"))
        if len(members) < _MOST_COMPARED:
            members.append(len(self._names))
            self._lons.append(lonlat[0])
            self._lats.append(lonlat[1])
            self._names.append(name)
            self._labels.append(label)

    def _around(self, lonlat: LonLatPair) -> Iterator[int]:
        middle = _cell(lonlat)
        for east in (-1, 0, 1):
            for north in (-1, 0, 1):
                yield from self._cells.get(middle + east * _ROW_SHIFT + north, ())


def is_similar(name: str, other: str) -> bool:
    """True where the names, without brackets, spaces and case, are nearly the same, or one begins the other.

    >>> is_similar("CU 수완점", "씨유 하남점"), is_similar("달고나 카페 (수완)", "달고나카페")
    (False, True)
    """
    left, right = fold_name(name), fold_name(other)
    if left == right or (min(len(left), len(right)) > 1 and (left.startswith(right) or right.startswith(left))):
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SIMILAR_SHARE


def fold_name(name: str) -> str:
    """A name without case, brackets, spaces and joining marks."""
    return _BRACKETS.sub("", normalise_text(name).casefold())


def _cell(lonlat: LonLatPair) -> int:
    """The cell's column and row in one number: a tuple would weigh three times as much."""
    x, y = metric_point(*lonlat)
    return int(x // NEAR_M) * _ROW_SHIFT + int(y // NEAR_M)
