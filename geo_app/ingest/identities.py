"""By what a row and a record are the same place: our id, the source's key, name and address."""

from collections.abc import Iterator, Mapping, Sequence
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
        self._by_id: dict[str, list[int]] = {}
        self._by_key: dict[tuple[str, str], list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            provenance = row.draft.provenance
            if row.site_id is not None:
                self._by_id.setdefault(row.site_id, []).append(number)
            if provenance.source_key is not None:
                self._by_key.setdefault((provenance.source, provenance.source_key), []).append(number)
            self._by_name.setdefault(match_key(row.draft.name, row.draft.address), []).append(number)

    def find(self, record_id: str, record: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        """(row number, tier) of each row that may mean this record, each once, by the surest of its reasons.

        Two keys of one source that differ are two places, whatever their names.
        """
        seen: set[int] = set()
        provenance = record["provenance"]
        source, key = provenance.get("source"), provenance.get("source_key")
        by_key = [] if key is None else self._by_key.get((source, key), [])
        by_name = [
            number
            for number in self._by_name.get(match_key(record["name"], record.get("address")), [])
            if self._may_be_same(number, record, source, key)
        ]
        for tier, numbers in enumerate((self._by_id.get(record_id, []), by_key, by_name)):
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


def record_point(record: Mapping[str, Any]) -> LonLatPair | None:
    """The longitude and latitude of a stored record that is a point, or None."""
    geometry = record.get("geometry")
    if not geometry or geometry["type"] != "Point":
        return None
    lon, lat = geometry["coordinates"][:2]
    return float(lon), float(lat)
