"""Places within 30 m with a similar name: perhaps the same place under another identity."""

import re
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


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The place found: its id, or the line of its row as `#12`; its name; whole metres to it."""

    label: str
    name: str
    distance_m: int


class Neighbours:
    """A grid of 30 m cells in EPSG:5186 over the known places."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, str, LonLatPair]]] = {}
        self._without_address: dict[str, str] = {}

    def add(self, label: str, name: str, lonlat: LonLatPair | None, *, has_address: bool) -> None:
        """A known place; `lonlat` in EPSG:4326, or None where it has no coordinates."""
        if lonlat is not None:
            members = self._cells.setdefault(_cell(lonlat), [])
            if len(members) < _MOST_COMPARED:
                members.append((label, name, lonlat))
        elif not has_address:
            self._without_address.setdefault(fold_name(name), label)

    def add_row(self, row: Row) -> None:
        """A row that will be added: the rows after it are compared with it too."""
        point = row.draft.geometry
        if isinstance(point, Point):
            self.add(f"#{row.line}", row.draft.name, (point.x, point.y), has_address=True)

    def find(self, draft: SiteDraft) -> Neighbour | None:
        """The nearest place within 30 m whose name is similar, or None."""
        point = draft.geometry
        if not isinstance(point, Point):
            return None
        lonlat = (point.x, point.y)
        near = [
            Neighbour(label, name, round(metres))
            for label, name, there in self._around(lonlat)
            if (metres := distance_m(*lonlat, *there)) < NEAR_M and is_similar(draft.name, name)
        ]
        return min(near, key=lambda neighbour: neighbour.distance_m, default=None)

    def find_nameless(self, draft: SiteDraft) -> str | None:
        """The id of a record of the same name of which neither address nor coordinates are known, or None."""
        return self._without_address.get(fold_name(draft.name))

    def _around(self, lonlat: LonLatPair) -> Iterator[tuple[str, str, LonLatPair]]:
        column, row = _cell(lonlat)
        for east in (-1, 0, 1):
            for north in (-1, 0, 1):
                yield from self._cells.get((column + east, row + north), ())


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


def _cell(lonlat: LonLatPair) -> tuple[int, int]:
    x, y = metric_point(*lonlat)
    return int(x // NEAR_M), int(y // NEAR_M)
