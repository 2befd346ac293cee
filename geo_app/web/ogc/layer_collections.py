"""A layer of places as a collection: its extent, dates and licences, read once off its features."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import orjson
import shapely
from shapely.geometry import shape

from geo_app.finder.items import table_of_layer
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.web.ogc.collection import Collection, Interval, KeptTable, Licence, LonLatBox
from geo_app.wording.labels import LAYER_WORDS, LICENCE_WORDS
from geo_app.wording.ogc_terms import DESCRIPTION_WORDS

LICENCE_PAGES = {
    "KOGL-1": "https://www.kogl.or.kr/info/license.do",
    "MIT": "https://opensource.org/license/mit",
}


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What the features of a layer have in common."""

    extent_lonlat: LonLatBox | None
    interval: Interval | None
    licences: tuple[Licence, ...]


_kept: KeptByLayer[LayerFacts] = KeptByLayer()


def layer_collection(layer: LayerSnapshot) -> Collection:
    """The collection of a layer; the table is that of the layer itself, however many snapshots share it."""
    facts = _kept.get(layer, (), lambda: _read_facts(layer))
    return Collection(
        id=layer.name,
        title=LAYER_WORDS[layer.name],
        description=DESCRIPTION_WORDS[layer.name],
        table=KeptTable(lambda: table_of_layer(layer)),
        has_geometry=True,
        revision=layer.meta.revision,
        cache_tag=layer.ready["identity"].etag.strip('"'),
        extent_lonlat=facts.extent_lonlat,
        interval=facts.interval,
        licences=facts.licences,
        layer=layer.name,
    )


def read_licences(codes: Iterable[str | None]) -> tuple[Licence, ...]:
    """The licences of some records, each once, by code; records without one say nothing."""
    named = sorted({code for code in codes if code})
    return tuple(Licence(code, LICENCE_WORDS.get(code, code), LICENCE_PAGES.get(code)) for code in named)


def _read_facts(layer: LayerSnapshot) -> LayerFacts:
    features = [orjson.loads(layer.feature_bytes(position)) for position in range(len(layer))]
    properties = [feature["properties"] for feature in features]
    days = [date.fromisoformat(text) for item in properties if (text := item.get("checked_on") or item.get("as_of"))]
    return LayerFacts(
        extent_lonlat=_extent([feature["geometry"] for feature in features if feature["geometry"]]),
        interval=(min(days), max(days)) if days else None,
        licences=read_licences(item.get("licence") for item in properties),
    )


def _extent(geometries: list[dict[str, object]]) -> LonLatBox | None:
    if not geometries:
        return None
    west, south, east, north = shapely.total_bounds([shape(item) for item in geometries]).tolist()
    return west, south, east, north
