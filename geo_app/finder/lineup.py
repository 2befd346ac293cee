"""What ranking needs to know of each place, read once a layer and not at every question."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from geo_app.domain.provenance import NOT_OPEN
from geo_app.finder.areas import EXACT, AreaBook, Extent, area_layers, build_area_book
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray

TOILET = "toilet"
PURCHASE_EXPECTED = "purchase-expected"
_NO_PURCHASE = frozenset({"no-purchase"})


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A place with a point. `position` is its place in the layer; `checked_on` the newest day a source vouched for its hours.

    `is_neighbour`: its point lies in no dong of the district.
    """

    id: str
    position: int
    extent: Extent = EXACT
    dong: str | None = None
    entry: str | None = None
    amenities: frozenset[str] = frozenset()
    checked_on: date | None = None
    is_neighbour: bool = False

    def offers(self, wanted: AbstractSet[str]) -> bool:
        """True where all that is wanted is there."""
        return is_offered(wanted, self.amenities, self.entry)


@dataclass(frozen=True, slots=True, eq=False)
class Lineup:
    """The candidates of a layer and, in the same order, their points: (n, 2) degrees in EPSG:4326."""

    candidates: tuple[Candidate, ...]
    lonlat: FloatArray


_kept: KeptByLayer[Lineup] = KeptByLayer()


def shelter_lineup(snapshot: Snapshot) -> Lineup:
    """Every shelter with a pin that has opened and not closed for good."""
    return _lineup(snapshot, "shelters", lambda _: True)


def warm_lineup(snapshot: Snapshot) -> Lineup:
    """Public facilities with a pin where one may stay a while: all but toilets."""
    return _lineup(snapshot, "public-facilities", lambda properties: properties.get("kind") != TOILET)


def is_offered(wanted: AbstractSet[str], amenities: AbstractSet[str], entry: str | None) -> bool:
    """True where all that is wanted is there. Whoever is expected to buy something is not promised that she need not."""
    return wanted <= (amenities - _NO_PURCHASE if entry == PURCHASE_EXPECTED else amenities)


def newest_day(properties: Mapping[str, Any]) -> date | None:
    """The newest day on which the published record or one of its statements of hours was vouched for."""
    said = (properties.get("checked_on"), *(item.get("as_of") for item in properties.get("hours", ())))
    return max((date.fromisoformat(day) for day in said if day), default=None)


def _lineup(snapshot: Snapshot, name: str, is_wanted: Callable[[Mapping[str, Any]], bool]) -> Lineup:
    layer = snapshot.layers.get(name)
    if layer is None:
        return build_lineup([], [])
    return _kept.get(layer, area_layers(snapshot), lambda: _read(layer, build_area_book(snapshot), is_wanted))


def _read(layer: LayerSnapshot, areas: AreaBook, is_wanted: Callable[[Mapping[str, Any]], bool]) -> Lineup:
    candidates, points = [], []
    for position in layer.pins.tolist():
        feature = layer.feature(position)
        if feature["properties"]["status"] not in NOT_OPEN and is_wanted(feature["properties"]):
            lon, lat = feature["geometry"]["coordinates"]
            candidates.append(_candidate(feature, position, areas, lon, lat))
            points.append((lon, lat))
    return build_lineup(candidates, points)


def build_lineup(candidates: list[Candidate], points: list[tuple[float, float]]) -> Lineup:
    """The lineup of candidates and their (lon, lat)."""
    return Lineup(tuple(candidates), np.asarray(points, dtype=np.float64).reshape(-1, 2))


def _candidate(feature: Mapping[str, Any], position: int, areas: AreaBook, lon: float, lat: float) -> Candidate:
    properties = feature["properties"]
    extent = areas.extent(lon, lat, properties)
    # Exact places were given their dong when the layer was frozen; rough ones were not, because nobody knows theirs for sure.
    holding = None if extent is EXACT else areas.find_dong(lon, lat)
    is_within = holding is not None or "dong" in properties
    return Candidate(
        id=feature["id"],
        position=position,
        extent=extent,
        dong=properties.get("dong"),
        entry=properties.get("entry"),
        amenities=frozenset(properties.get("amenities", ())),
        checked_on=newest_day(properties),
        is_neighbour=bool(areas.dongs) and not is_within,
    )
