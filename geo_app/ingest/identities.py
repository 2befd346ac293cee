"""By what a row and a record are the same place: our id, the source's key, name and address."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from shapely.geometry import Point

from geo_app.domain.identity import match_key
from geo_app.ingest.row import Row
from geo_app.spatial.geodesy import distance_m

LonLatPair = tuple[float, float]
# A name without an address is the same place only nearby: a chain has many shops of one name.
_SAME_NAME_M = 300.0


class RowIndex:
    """The rows of a file by all that may identify them; asked once for each record."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._by_id = _Numbers()
        self._by_key: dict[str, _Numbers] = {}
        self._by_name = _Numbers()
        for number, row in enumerate(rows):
            provenance = row.draft.provenance
            if row.site_id is not None:
                self._by_id.add(row.site_id, number)
            if provenance.source_key is not None:
                self._by_key.setdefault(provenance.source, _Numbers()).add(provenance.source_key, number)
            self._by_name.add(_digest(match_key(row.draft.name, row.draft.address)), number)

    def find(self, record_id: str, record: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        """(row number, tier) of each row that may mean this record, each once, by the surest of its reasons.

        Two keys of one source that differ are two places, whatever their names.
        """
        seen: set[int] = set()
        provenance = record["provenance"]
        source, key = provenance.get("source"), provenance.get("source_key")
        by_key = self._by_key[source].find(key) if source in self._by_key and key is not None else []
        by_name = [
            number
            for number in self._by_name.find(_digest(match_key(record["name"], record.get("address"))))
            if self._may_be_same(number, record, source, key)
        ]
        for tier, numbers in enumerate((self._by_id.find(record_id), by_key, by_name)):
            for number in numbers:
                if number not in seen:
                    seen.add(number)
                    yield number, tier

    def _may_be_same(self, number: int, record: Mapping[str, Any], source: str | None, key: str | None) -> bool:
        draft = self._rows[number].draft
        own = draft.provenance
        if own.source == source and own.source_key is not None and key is not None:
            return own.source_key == key
        if draft.address or not isinstance(draft.geometry, Point):
            return True
        there = record_point(record)
        return there is None or distance_m(draft.geometry.x, draft.geometry.y, *there) <= _SAME_NAME_M


class _Numbers:
    """Row numbers by a key; a list only where a key has several, which is rare, and a list for each would weigh more than the keys."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int | list[int]] = {}

    def add(self, key: Hashable, number: int) -> None:
        held = self._numbers.setdefault(key, number)
        if isinstance(held, list):
            held.append(number)
        elif held != number:
            self._numbers[key] = [held, number]

    def find(self, key: Hashable) -> list[int]:
        held = self._numbers.get(key, [])
        return held if isinstance(held, list) else [held]


def _digest(text: str) -> int:
    # Sixteen bytes stand for the text: a hundred thousand Korean names and addresses would weigh four times as much.
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())


def record_point(record: Mapping[str, Any]) -> LonLatPair | None:
    """The longitude and latitude of a stored record that is a point, or None."""
    geometry = record.get("geometry")
    if not geometry or geometry["type"] != "Point":
        return None
    lon, lat = geometry["coordinates"][:2]
    return float(lon), float(lat)
