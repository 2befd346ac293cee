"""By what a row and a record are the same place: our id, the source's key, name and address, or a name without address nearby."""

import hashlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

from shapely.geometry import Point

from geo_app.domain.identity import match_key
from geo_app.domain.provenance import Status
from geo_app.domain.record import COORDINATE_DECIMALS
from geo_app.domain.site import SiteDraft
from geo_app.ingest.row import Row
from geo_app.spatial.geodesy import distance_m

LonLatPair = tuple[float, float]
# A name without an address is the same place only nearby: a chain has many shops of one name.
_SAME_NAME_M = 300.0
_SPOT_DECIMALS = 4  # degrees: about 10 m


class Tier(IntEnum):
    """By what a row met a record; the lower one is the surer. `NEARBY` is a name without address, not on the same spot."""

    ID = 0
    SOURCE_KEY = 1
    NAME = 2
    NEARBY = 3


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
            self._by_name.add(digest(match_key(row.draft.name, row.draft.address)), number)

    def find(self, record_id: str, record: Mapping[str, Any]) -> Iterator[tuple[int, Tier]]:
        """(row number, tier) of each row that may mean this record, each once, by the surest of its reasons.

        Two keys of one source that differ are two places, whatever their names. A made-up record is no real row's, nor the other way
        round, unless both are of one source.
        """
        provenance = record["provenance"]
        source, key = provenance.get("source"), provenance.get("source_key")
        seen: set[int] = set()
        for number in self._by_id.find(record_id):
            seen.add(number)
            yield number, Tier.ID
        for number in self._by_key[source].find(key) if source in self._by_key and key is not None else []:
            if number not in seen:
                seen.add(number)
                yield number, Tier.SOURCE_KEY
        name = match_key(record["name"], record.get("address"))
        for number in self._by_name.find(digest(name)):
            tier = None if number in seen else self._name_tier(self._rows[number].draft, record)
            if tier is not None:
                yield number, tier

    def _name_tier(self, draft: SiteDraft, record: Mapping[str, Any]) -> Tier | None:
        own, other = draft.provenance, record["provenance"]
        if own.source == other.get("source"):
            if own.source_key is not None and other.get("source_key") is not None:
                return None
        elif (draft.status is Status.SAMPLE) is not (record.get("status") == Status.SAMPLE.value):
            return None
        if not is_addressless(match_key(record["name"], record.get("address"))):
            return Tier.NAME
        here, there = draft_point(draft), record_point(record)
        if round_spot(here) == round_spot(there):
            return Tier.NAME
        return Tier.NEARBY if here is None or there is None or distance_m(*here, *there) <= _SAME_NAME_M else None


def means_same(row: SiteDraft, known: SiteDraft) -> bool:
    """True where a row still means a record after another row changed it: by its source's key, or by name and place."""
    own, other = row.provenance, known.provenance
    if own.source == other.source and own.source_key is not None and other.source_key is not None:
        return own.source_key == other.source_key
    if own.source != other.source and (row.status is Status.SAMPLE) is not (known.status is Status.SAMPLE):
        return False
    return place_digest(row) == place_digest(known)


def place_digest(draft: SiteDraft) -> int:
    """Name and address folded, in 16 bytes; without an address the spot instead, to about 10 m: two shops of one chain are two."""
    name = match_key(draft.name, draft.address)
    return digest(f"{name}{round_spot(draft_point(draft))}" if is_addressless(name) else name)


def is_addressless(name: str) -> bool:
    """True for a `match_key` that tells no address."""
    return name.endswith("|")


def digest(text: str) -> int:
    """Sixteen bytes for a text: a hundred thousand Korean names and addresses would weigh four times as much."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())


def draft_point(draft: SiteDraft) -> LonLatPair | None:
    """The longitude and latitude of a draft that is a point, or None."""
    return (draft.geometry.x, draft.geometry.y) if isinstance(draft.geometry, Point) else None


def record_point(record: Mapping[str, Any]) -> LonLatPair | None:
    """The longitude and latitude of a stored record that is a point, or None."""
    geometry = record.get("geometry")
    if not geometry or geometry["type"] != "Point":
        return None
    lon, lat = geometry["coordinates"][:2]
    return float(lon), float(lat)


def round_spot(point: LonLatPair | None) -> LonLatPair | None:
    """A point to about 10 m. It is rounded as it is stored first, so that a row and the record it became are on one spot."""
    if point is None:
        return None
    lon, lat = (round(round(number, COORDINATE_DECIMALS), _SPOT_DECIMALS) for number in point)
    return lon, lat


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
