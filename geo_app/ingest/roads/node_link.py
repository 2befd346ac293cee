"""Streets out of the national standard node-link file (표준노드링크, 국가교통정보센터), as a folder or as the `.zip` it is sent in.

A link is one carriageway, from `F_NODE` to `T_NODE`; the way back is a link of its own. Layout as published and as described by users
of the editions of 2021 to 2026: LINK_ID, F_NODE, T_NODE, ROAD_RANK (101 고속국도, 102 도시고속국도, 103 일반국도, 104 특별·광역시도,
105 국가지원지방도, 106 지방도, 107 시·군도, 108 기타), ROAD_TYPE (000 일반, 001 고가, 002 지하차도, 003 교량, 004 터널), ROAD_USE
(0 in use), MAX_SPD (km/h), CP949. Links know roads for cars only: paths and stairs are missing, so walks come out a little too long.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from geo_app.domain.errors import BadCoordinates
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads.projection import box_in, find_crs, lonlat_of
from geo_app.ingest.roads.shapefile import Line, Table, read_lines
from geo_app.ingest.roads.tags import EVERYBODY, NOBODY, WALK
from geo_app.ingest.roads.way import UNKNOWN_SPEED_KMH, Box, Progress, RoadRule, RoadWay
from geo_app.spatial.crs import LonLat
from geo_app.travel.streets import Access, RoadClass

ATTRIBUTION: Final = "국토교통부 국가교통정보센터 표준노드링크"
SOURCE: Final = "표준노드링크"
LINKS: Final = "MOCT_LINK"
PARTS: Final = (".shp", ".dbf", ".prj")
_NEEDED = ("F_NODE", "T_NODE", "ROAD_RANK")
_READ = (*_NEEDED, "ROAD_TYPE", "ROAD_USE", "MAX_SPD")
_ENCODINGS = ("cp949", "utf-8")
_PRJ_CHARS = 20_000
# 고속국도 and 도시고속국도 are closed to pedestrians, bicycles and motorbikes (도로교통법 제63조): drawn, never travelled.
_RANKS: Final[Mapping[str, RoadClass]] = {
    "101": RoadClass.MOTORWAY, "102": RoadClass.MOTORWAY, "103": RoadClass.TRUNK, "104": RoadClass.PRIMARY,
    "105": RoadClass.SECONDARY, "106": RoadClass.SECONDARY, "107": RoadClass.TERTIARY, "108": RoadClass.RESIDENTIAL,
}  # fmt: skip
_TUNNEL, _NOT_OPEN = "004", "1"
_ALONG = WALK | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
_FASTEST_KMH = 200
_MOST_DIGITS = 17
_MOST_BAD = 20
# The way back of a pair lies beside it: a carriageway's width and the islands between them make some difference in length.
_TWIN_LENGTH_SHARE = 0.1
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    rule: RoadRule


class LinkFolder:
    """The link file of a folder, its three parts found. Raises `FileRefused`, `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._parts = {ending: find_part(folder, ending) for ending in PARTS}
        self._table = Table(self._parts[".dbf"], _ENCODINGS)
        missing = [name for name in _NEEDED if name not in self._table.fields]
        if missing:
            raise FileRefused(
                "roads-columns-missing", value=self._table.path.name, missing=", ".join(missing), columns=", ".join(self._table.fields)
            )
        self._crs = find_crs(self._parts[".prj"].read_text(encoding="utf-8", errors="replace")[:_PRJ_CHARS])
        self.way_count = self._table.row_count
        self.problems: list[Problem] = []

    def data_date(self) -> date | None:
        """The day the table was written, as it says itself."""
        return self._table.updated_on

    def ways(self, box: Box, progress: Progress | None = None) -> Iterator[RoadWay]:
        """The roads that meet the box, in the order of the file; a pair of links there and back along one road is one way."""
        lines = read_lines(self._parts[".shp"], box_in(box, self._crs))
        if progress is not None:
            progress(self.way_count)
        links = [(line, link) for line in lines if (link := self._link(line.row)) is not None]
        yield from _joined(links, self._crs, self._parts[".shp"].name)

    def close(self) -> None:
        """Let go of the files."""
        self._table.close()

    def _link(self, row: int) -> _Link | None:
        if row >= self._table.row_count:
            raise FileRefused("roads-broken-file", value=self._table.path.name, reason=f"record {row + 1}")
        cells = {name: self._table.cell(row, name) for name in _READ}
        ends = [self._number(row, name, cells[name]) for name in ("F_NODE", "T_NODE")]
        road_class = _RANKS.get(cells["ROAD_RANK"])
        if road_class is None:
            self._complain("roads-bad-cell", row, "ROAD_RANK", cells["ROAD_RANK"])
        if road_class is None or None in ends or cells["ROAD_USE"] == _NOT_OPEN:
            return None
        access = NOBODY if road_class is RoadClass.MOTORWAY else _ALONG
        speed_kmh = _speed_kmh(cells["MAX_SPD"])
        return _Link(ends[0] or 0, ends[1] or 0, RoadRule(road_class, access, cells["ROAD_TYPE"] == _TUNNEL, speed_kmh))

    def _number(self, row: int, column: str, text: str) -> int | None:
        if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text):
            return int(text)
        self._complain("roads-bad-cell", row, column, text)
        return None

    def _complain(self, code: str, row: int, column: str, value: str) -> None:
        if len(self.problems) < _MOST_BAD:
            self.problems.append(Problem(code, Severity.WARNING, line=row + 1, column=column, value=value))


def _joined(links: list[tuple[Line, _Link]], crs: str, name: str) -> Iterator[RoadWay]:
    used: dict[tuple[int, int], list[int]] = {}
    for number, (_, link) in enumerate(links):
        used.setdefault((link.start, link.end), []).append(number)
    is_done = bytearray(len(links))
    inner = -1  # points between the ends have no number in the file: each gets one that no node has
    for number, (line, link) in enumerate(links):
        if is_done[number]:
            continue
        lonlat = _lonlat(line, crs, name)
        twin = next(
            (other for other in used.get((link.end, link.start), ()) if not is_done[other] and _is_twin(links, number, other)), None
        )
        is_done[number] = True
        rule = link.rule
        if twin is not None:
            is_done[twin] = True
            rule = RoadRule(rule.road_class, EVERYBODY if rule.access else NOBODY, rule.is_tunnel, rule.max_speed_kmh)
        nodes = np.arange(inner, inner - len(lonlat), -1, dtype=np.int64)
        inner -= len(lonlat)
        nodes[0], nodes[-1] = link.start, link.end
        yield RoadWay(nodes, lonlat, rule)


def _lonlat(line: Line, crs: str, name: str) -> LonLat:
    try:
        return lonlat_of(np.concatenate(line.parts), crs)
    except BadCoordinates as fault:
        raise FileRefused("roads-broken-file", value=name, reason=f"record {line.row + 1}") from fault


def _is_twin(links: list[tuple[Line, _Link]], one: int, other: int) -> bool:
    if one == other or links[one][1].rule != links[other][1].rule:
        return False
    one_m, other_m = (float(sum(np.hypot(*np.diff(part, axis=0).T).sum() for part in links[number][0].parts)) for number in (one, other))
    return abs(one_m - other_m) <= _TWIN_LENGTH_SHARE * max(one_m, other_m)


def _speed_kmh(text: str) -> int:
    try:
        speed_kmh = round(float(text or 0))
    except (ValueError, OverflowError):
        return UNKNOWN_SPEED_KMH
    return speed_kmh if 0 < speed_kmh <= _FASTEST_KMH else UNKNOWN_SPEED_KMH


def find_part(folder: Path, ending: str) -> Path:
    """The part of the link file with that ending, in the folder or one below it. Raises `FileRefused`."""
    # The archive is unpacked into a folder of its own, or one deeper.
    found = sorted(
        path
        for pattern in ("*", "*/*")
        for path in folder.glob(pattern)
        if path.is_file() and path.name.upper() == f"{LINKS}{ending.upper()}"
    )
    return only_part(found, ending)


def only_part(found: Sequence[_Part], ending: str) -> _Part:
    """The one part that was found. Raises `FileRefused` for none, and for several: nobody could say which edition was read."""
    if not found:
        raise FileRefused("roads-part-missing", value=f"{LINKS}{ending}")
    if len(found) > 1:
        raise FileRefused("roads-part-twice", value=f"{LINKS}{ending}", count=len(found))
    return found[0]
