"""The local gazetteer: places that a reader may choose to start from, and that help to say where something is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shapely.geometry import shape

from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.station import load_stations
from geo_app.finder.areas import Dong, list_dongs
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.romanise import romanise, romanise_address

DONG_OFFICE = "dong-office"


class PlaceKind(StrEnum):
    """What a place is, in the order in which places are listed."""

    DONG = "dong"
    COMPLEX = "complex"
    STATION = "station"
    OFFICE = "office"
    SITE = "site"


# Where somebody may wish for a shelter: never a single shop.
WISHED_KINDS = (PlaceKind.DONG, PlaceKind.COMPLEX, PlaceKind.STATION, PlaceKind.OFFICE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a point in EPSG:4326; `latin` is its name in Latin letters."""

    id: str
    kind: PlaceKind
    name: str
    latin: str
    lon: float
    lat: float


Places = tuple[Place, ...]
_ORDER = {kind: number for number, kind in enumerate(PlaceKind)}
_kept: KeptByLayer[dict[str, Place]] = KeptByLayer()


def list_places(snapshot: Snapshot) -> Places:
    """Dongs, complexes, stations, dong offices and located shelters, each kind by name, then id.

    A dong's point is its own office where that lies in it (where people live, not the middle of its hills), else a point inside.
    """
    return tuple(_places(snapshot).values())


def find_place(snapshot: Snapshot, place_id: str) -> Place | None:
    """The place of that id, or None."""
    return _places(snapshot).get(place_id)


def _places(snapshot: Snapshot) -> dict[str, Place]:
    layers = snapshot.layers
    others = tuple(layers.get(name) for name in ("dongs", "industrial-complexes", "public-facilities"))
    made_with = (*others, snapshot.documents.get("stations"))

    def build() -> dict[str, Place]:
        found = sorted(_read(snapshot), key=lambda place: (_ORDER[place.kind], place.name, place.id))
        return {place.id: place for place in found}

    shelters = layers.get("shelters")
    return build() if shelters is None else _kept.get(shelters, made_with, build)


def _read(snapshot: Snapshot) -> Iterator[Place]:
    facilities = _exact_rows(snapshot, "public-facilities")
    offices = [_place(row, PlaceKind.OFFICE) for row in facilities if row["properties"].get("kind") == DONG_OFFICE]
    for dong in list_dongs(snapshot.layers["dongs"]) if "dongs" in snapshot.layers else ():
        lon, lat = _middle(dong, offices)
        yield Place(dong.id, PlaceKind.DONG, dong.name, romanise_address(dong.name), lon, lat)
    yield from (_place(row, PlaceKind.COMPLEX) for row in _rows(snapshot, "industrial-complexes"))
    for station in load_stations(snapshot.document("stations")):
        yield Place(station.id, PlaceKind.STATION, station.name, station.latin, station.lon, station.lat)
    yield from offices
    yield from (_place(row, PlaceKind.SITE) for row in _exact_rows(snapshot, "shelters"))


def _middle(dong: Dong, offices: list[Place]) -> tuple[float, float]:
    own = next((place for place in offices if place.name.partition(" ")[0] == dong.name and dong.holds(place.lon, place.lat)), None)
    if own is not None:
        return own.lon, own.lat
    inside = dong.area.representative_point()
    return round(inside.x, 6), round(inside.y, 6)


def _rows(snapshot: Snapshot, layer_name: str) -> Iterator[dict[str, Any]]:
    layer = snapshot.layers.get(layer_name)
    return iter(()) if layer is None else (layer.feature(position) for position in layer.pins.tolist())


def _exact_rows(snapshot: Snapshot, layer_name: str) -> Iterator[dict[str, Any]]:
    return (row for row in _rows(snapshot, layer_name) if row["properties"]["precision"] in POINT_PRECISIONS)


def _place(row: dict[str, Any], kind: PlaceKind) -> Place:
    name = row["properties"]["name"]
    inside = shape(row["geometry"]).representative_point()
    # The office of a dong is named after it; other names are names, whatever syllable they end in.
    latin = romanise_address(name) if kind is PlaceKind.OFFICE else romanise(name)
    return Place(row["id"], kind, name, latin, inside.x, inside.y)
