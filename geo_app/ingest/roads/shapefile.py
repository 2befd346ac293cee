"""A shapefile of lines, read by its published form (ESRI Shapefile Technical Description, 1998; dBASE III for the table).

Only what lies in a box is decoded: the national file has 1.5 million lines, a district some ten thousand.
"""

import mmap
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.ingest.refusal import FileRefused

MAGIC: Final = b"\x00\x00\x27\x0a"
LINE_SHAPES: Final = (3, 13, 23)  # PolyLine, with heights, with measures: the plane coordinates stand at the same place in all three
_HEADER_BYTES, _RECORD_HEAD_BYTES, _WORD_BYTES = 100, 8, 2
_SHORTEST_LINE_BYTES = 44  # shape type, box, two counts, before parts and points
_FIELD_BYTES, _TABLE_HEAD_BYTES, _TABLE_END = 32, 32, 0x0D
_MOST_FIELDS, _MOST_POINTS = 256, 200_000
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Record number `row`, counted from 0, and its parts: each (n, 2) float64 in the file's own coordinates."""

    row: int
    parts: tuple[NDArray[np.float64], ...]


def read_lines(path: Path, box_xy: tuple[float, float, float, float]) -> list[Line]:
    """The lines of a `.shp` whose box meets `box_xy` (min x, min y, max x, max y), in the order of the file. Raises `FileRefused`."""
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise FileRefused("roads-not-shapefile", value=path.name)
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return [_line(data, row, start, path) for row, start in _starts(data, box_xy, path)]


def _starts(data: mmap.mmap, box_xy: tuple[float, float, float, float], path: Path) -> list[tuple[int, int]]:
    # The index file is not needed: each record says how long it is.
    found: list[tuple[int, int]] = []
    start, row = _HEADER_BYTES, 0
    while start + _RECORD_HEAD_BYTES < len(data):
        (words,) = struct.unpack_from(">i", data, start + 4)
        after = start + _RECORD_HEAD_BYTES + words * _WORD_BYTES
        if words < _WORD_BYTES or after > len(data):
            raise FileRefused("roads-broken-file", value=path.name, reason=f"record {row + 1}")
        if after - start >= _RECORD_HEAD_BYTES + _SHORTEST_LINE_BYTES and _meets(data, start + _RECORD_HEAD_BYTES, box_xy):
            found.append((row, start + _RECORD_HEAD_BYTES))
        start, row = after, row + 1
    if start != len(data) and start + _RECORD_HEAD_BYTES >= len(data):
        raise FileRefused("roads-broken-file", value=path.name, reason=f"record {row + 1}")
    return found


def _meets(data: mmap.mmap, start: int, box_xy: tuple[float, float, float, float]) -> bool:
    kind, min_x, min_y, max_x, max_y = struct.unpack_from("<i4d", data, start)
    return kind in LINE_SHAPES and min_x <= box_xy[2] and max_x >= box_xy[0] and min_y <= box_xy[3] and max_y >= box_xy[1]


def _line(data: mmap.mmap, row: int, start: int, path: Path) -> Line:
    (words,) = struct.unpack_from(">i", data, start - 4)
    part_count, point_count = struct.unpack_from("<2i", data, start + 36)
    points_start = start + _SHORTEST_LINE_BYTES + 4 * part_count
    is_sound = 0 < part_count <= point_count <= _MOST_POINTS and points_start + 16 * point_count <= start + words * _WORD_BYTES
    if not is_sound:
        raise FileRefused("roads-broken-file", value=path.name, reason=f"record {row + 1}")
    firsts = np.frombuffer(data, dtype="<i4", count=part_count, offset=start + _SHORTEST_LINE_BYTES).copy()
    points = np.frombuffer(data, dtype="<f8", count=2 * point_count, offset=points_start).reshape(-1, 2).copy()
    if (np.diff(firsts, prepend=0, append=point_count) < 0).any() or not np.isfinite(points).all():
        raise FileRefused("roads-broken-file", value=path.name, reason=f"record {row + 1}")
    return Line(row, tuple(np.split(points, firsts[1:].tolist())))


class Table:
    """A `.dbf` beside a `.shp`: `cell(row, name)` is text without its padding. Raises `FileRefused` where it is none."""

    def __init__(self, path: Path, encodings: Sequence[str]) -> None:
        self.path = path
        self._encodings = tuple(encodings)
        with path.open("rb") as stream:
            self._read_head(stream.read(_TABLE_HEAD_BYTES + _MOST_FIELDS * _FIELD_BYTES))
            if path.stat().st_size < self._head_bytes + self.row_count * self._row_bytes:
                raise FileRefused("roads-broken-file", value=path.name, reason="length")
            self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    def _read_head(self, head: bytes) -> None:
        if len(head) < _TABLE_HEAD_BYTES:
            raise FileRefused("roads-broken-file", value=self.path.name, reason="header")
        year, month, day, self.row_count, self._head_bytes, self._row_bytes = struct.unpack_from("<x3BIHH", head)
        self.updated_on = _day(_FIRST_YEAR + year, month, day)
        self._fields: dict[str, tuple[int, int]] = {}
        start, place = 1, _TABLE_HEAD_BYTES  # each row begins with its mark of deletion
        while place + _FIELD_BYTES <= min(len(head), self._head_bytes) and head[place] != _TABLE_END:
            name = head[place : place + 11].split(b"\0")[0].decode("ascii", "replace").strip().upper()
            self._fields[name] = (start, head[place + 16])
            start, place = start + head[place + 16], place + _FIELD_BYTES
        if start > self._row_bytes or not self._fields:
            raise FileRefused("roads-broken-file", value=self.path.name, reason="header")

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the columns, upper case."""
        return tuple(self._fields)

    def cell(self, row: int, name: str) -> str:
        """The text of a cell; empty where the table has no such column. Raises `FileRefused` where no encoding fits."""
        if name not in self._fields:
            return ""
        start, length = self._fields[name]
        place = self._head_bytes + row * self._row_bytes + start
        raw = self._data[place : place + length].strip(b" \0")
        for encoding in self._encodings:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise FileRefused("unknown-encoding", line=row + 1, column=name, encoding=self._encodings[0])

    def rows(self, names: Sequence[str], rows: Sequence[int]) -> list[Mapping[str, str]]:
        """The named cells of the given rows."""
        return [{name: self.cell(row, name) for name in names} for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._data.close()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
