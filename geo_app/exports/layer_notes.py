"""What the published features of a layer say of their own origin: licences, sources and days, as every file of them repeats it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo_app.domain.provenance import Status
from geo_app.exports.columns import LIST_JOINT
from geo_app.exports.metadata import ExportMetadata

# The file of `data/` that a layer was founded from, where it is not called like the layer.
_FILES: Final = {"dongs": "dongs.geojson", "legal-dongs": "legal_dongs.geojson"}
Days = tuple[str, str]  # first and last, ISO
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LayerNotes:
    """Codes of licences and ids of sources, of most records first; `card` is the entry of the layer's file among the data sources.

    `as_of`: the days that real records speak of. `checked_on`: those on which somebody looked. None where no real record tells one.
    `bounds_lonlat`: (west, south, east, north) of all shapes, EPSG:4326; None where nothing has one.
    """

    licences: tuple[str, ...]
    sources: tuple[str, ...]
    card: Mapping[str, Any] | None
    as_of: Days | None
    checked_on: Days | None
    bounds_lonlat: Box | None = None

    @property
    def source_text(self) -> str:
        """The file's title and producer, then the ids of the sources that the records name."""
        told = [] if self.card is None else [f"{self.card['title']} ({self.card['producer']})"]
        return LIST_JOINT.join([*told, *self.sources])

    @property
    def licence_text(self) -> str:
        """The codes of the licences, joined."""
        return LIST_JOINT.join(self.licences)


def read_notes(layer: str, features: Iterable[Mapping[str, Any]], cards: Sequence[Mapping[str, Any]]) -> LayerNotes:
    """The notes of a layer's published features. `cards`: the data sources of the revision (its document `sources`)."""
    licences: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    days: dict[str, list[str]] = {"as_of": [], "checked_on": []}
    shapes = []
    for feature in features:
        properties = feature["properties"]
        licences[properties.get("licence", "")] += 1
        sources[properties["source"]] += 1
        shapes += [shape(feature["geometry"])] if feature.get("geometry") else []
        if properties["status"] != Status.SAMPLE.value:
            for name in days:
                days[name] += [properties[name]] if properties.get(name) else []
    return LayerNotes(
        licences=tuple(code for code, _ in licences.most_common() if code),
        sources=tuple(source for source, _ in sources.most_common()),
        card=_find_card(layer, cards, frozenset(licences)),
        as_of=_span(days["as_of"]),
        checked_on=_span(days["checked_on"]),
        bounds_lonlat=_bounds(shapes),
    )


def layer_metadata(layer: str, revision: int, made_at: datetime, notes: LayerNotes) -> ExportMetadata:
    """What a file of the layer says of itself."""
    return ExportMetadata(layer, revision, made_at, notes.licence_text, notes.source_text)


def find_licence_address(code: str, cards: Iterable[Mapping[str, Any]]) -> str | None:
    """Where the text of a licence stands; None where nobody wrote it down."""
    return next((str(card["licence_url"]) for card in cards if card["licence"] == code and card.get("licence_url")), None)


def _find_card(layer: str, cards: Sequence[Mapping[str, Any]], licences: frozenset[str]) -> Mapping[str, Any] | None:
    """The card of the layer's file, as long as records under its licence are still there."""
    name = _FILES.get(layer, f"{layer}.json")
    return next((card for card in cards if card["file"] == name and card["licence"] in licences), None)


def _bounds(shapes: Sequence[BaseGeometry]) -> Box | None:
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _span(days: Sequence[str]) -> Days | None:
    return (min(days), max(days)) if days else None
