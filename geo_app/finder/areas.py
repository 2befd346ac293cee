"""Dongs and complexes as areas: what holds a point, what a rough place is named after, how far that reaches."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo_app.domain.provenance import POINT_PRECISIONS, Precision
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.geodesy import distances_from_m

UNKNOWN_REACH_M = 3000  # a place of which nobody said in what dong or complex it lies: farther than most dongs reach

_dongs: KeptByLayer[tuple["Dong", ...]] = KeptByLayer()


@dataclass(frozen=True, slots=True, eq=False)
class Dong:
    """A dong with its polygon in EPSG:4326."""

    id: str
    name: str
    area: BaseGeometry

    def holds(self, lon: float, lat: float) -> bool:
        """True inside and on the border."""
        return bool(self.area.covers(Point(lon, lat)))

    def reach_m(self, lon: float, lat: float) -> float:
        """Geodesic metres from a point to the farthest corner: a straight border is farthest at its ends."""
        return max(distances_from_m(lon, lat, shapely.get_coordinates(self.area)))


@dataclass(frozen=True, slots=True)
class Extent:
    """How far from its point a place may really be, in whole metres, so that a bundle tells the same: 0 for an exact one.

    `name` is the dong or complex it lies somewhere in.
    """

    radius_m: int = 0
    name: str | None = None


EXACT = Extent()


@dataclass(frozen=True, slots=True, eq=False)
class AreaBook:
    """The areas of a district: administrative dongs, legal dongs, and the area of each complex by name."""

    dongs: Sequence[Dong]
    legal_dongs: Sequence[Dong]
    complexes_m2: Mapping[str, float]

    def find_dong(self, lon: float, lat: float) -> Dong | None:
        """The administrative dong that holds a point; on a border the first by id."""
        return next((dong for dong in self.dongs if dong.holds(lon, lat)), None)

    def extent(self, lon: float, lat: float, properties: Mapping[str, Any]) -> Extent:
        """How rough a published place is; a dong named in its address is meant before the one that happens to hold the point."""
        precision = properties["precision"]
        if precision in POINT_PRECISIONS:
            return EXACT
        if precision == Precision.COMPLEX and (area_m2 := self.complexes_m2.get(properties.get("complex", ""))):
            return Extent(math.ceil(math.sqrt(area_m2 / math.pi)), properties["complex"])
        dong = self._find_named(lon, lat, properties.get("address", "")) if precision == Precision.DONG else None
        return Extent(UNKNOWN_REACH_M) if dong is None else Extent(math.ceil(dong.reach_m(lon, lat)), dong.name)

    def _find_named(self, lon: float, lat: float, address: str) -> Dong | None:
        holding = [dong for dong in (*self.dongs, *self.legal_dongs) if dong.holds(lon, lat)]
        return next((dong for dong in holding if dong.name in address), holding[0] if holding else None)


def area_layers(snapshot: Snapshot) -> tuple[LayerSnapshot | None, ...]:
    """The layers an `AreaBook` is made of: what is worked out with it must be worked out anew when one of them changes."""
    return tuple(snapshot.layers.get(name) for name in ("dongs", "legal-dongs", "industrial-complexes"))


def build_area_book(snapshot: Snapshot) -> AreaBook:
    """The areas of a snapshot."""
    dongs, legal_dongs, complexes = area_layers(snapshot)
    rows = [] if complexes is None else [complexes.feature(position)["properties"] for position in range(len(complexes))]
    return AreaBook(
        () if dongs is None else list_dongs(dongs),
        () if legal_dongs is None else list_dongs(legal_dongs),
        {row["name"]: float(row["area_m2"]) for row in rows if row.get("area_m2")},
    )


def list_dongs(layer: LayerSnapshot) -> tuple[Dong, ...]:
    """The dongs of a layer that have a polygon, by id; read once a layer."""

    def read() -> tuple[Dong, ...]:
        # Not prepared: a prepared geometry of GEOS may not be asked by two threads, and a few dozen dongs are quickly asked.
        features = [layer.feature(position) for position in layer.pins.tolist()]
        return tuple(Dong(item["id"], item["properties"]["name"], shape(item["geometry"])) for item in features)

    return _dongs.get(layer, (), read)
