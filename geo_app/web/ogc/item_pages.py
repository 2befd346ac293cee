"""Features shown to people: a page of them as a table, one of them with all its facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson
from flask import Response, request

from geo_app.finder.items import ItemField, find_items
from geo_app.web.house import words_of_reader
from geo_app.web.ogc.answering import page
from geo_app.web.ogc.answers import page_links
from geo_app.web.ogc.fields import field_title
from geo_app.web.ogc.links import here
from geo_app.web.ogc.media import GEOJSON
from geo_app.web.ogc.parameters import items_parameters
from geo_app.web.ogc.question import FeatureRequest, ItemsRequest
from geo_app.web.ogc.shaping import Feature, project
from geo_app.web.ogc.systems import CRS84
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import AMENITY_WORDS, CHOICE_WORDS, label

MOST_COLUMNS: Final = 6
SHOWN_CHARACTERS: Final = 400
# What a new condition puts in place of the old, or begins anew.
_ANEW: Final = frozenset({"f", "lang", "filter", "filter-lang", "offset"})
_DULL: Final = frozenset({"lon", "lat", "source", "source_key", "source_url", "licence", "name_en", "precision"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One value as a person reads it. `href`: where it leads, for an address; `is_code`: a structure, told as JSON."""

    title: str
    name: str
    text: str
    href: str = ""
    is_code: bool = False


def items_page(asked: ItemsRequest) -> Response:
    """A page of features as a table: columns with something in them, and a row a feature."""
    words = words_of_reader()
    found = find_items(asked.table, asked.question)
    features = [asked.table.feature(position) for position in found.positions]
    columns = _columns(asked.table.schema, features, asked.properties)
    first = asked.question.offset + 1
    return page(
        "items",
        GEOJSON,
        kept=tuple(item.name for item in items_parameters(asked.collection.id, asked.table.schema)[0]),
        collection=asked.collection,
        links=page_links(asked, found, here()),
        columns=[(field.name, field_title(field, words)) for field in columns],
        rows=[(feature["id"], [_fact(field, feature["properties"].get(field.name), words) for field in columns]) for feature in features],
        first=first,
        last=first + len(features) - 1,
        matched=found.matched_count,
        kept_values=[(name, value) for name, value in request.args.items() if name not in _ANEW],
        filter_value=request.args.get("filter", ""),
        example=_example(asked.table.schema),
    )


def feature_page(asked: FeatureRequest) -> Response:
    """One feature with every property it has, and its place in the system that was asked for."""
    words = words_of_reader()
    feature = asked.table.feature(asked.position)
    if asked.system is not CRS84:
        project([feature], asked.system)
    told = feature["properties"]
    return page(
        "feature",
        GEOJSON,
        kept=("crs",),
        collection=asked.collection,
        feature_id=feature["id"],
        name=str(told.get("name", feature["id"])),
        facts=[_fact(field, told[field.name], words) for field in asked.table.schema if told.get(field.name) is not None],
        place=_place(feature),
        is_place=asked.collection.layer is not None,
    )


def _example(schema: Iterable[ItemField]) -> str:
    """A condition that this collection takes."""
    chosen = next((field for field in schema if field.choices and field.kind == "string"), None)
    return "name LIKE '%1%'" if chosen is None else f"{chosen.name} = '{chosen.choices[0]}'"


def _columns(schema: Iterable[ItemField], features: list[Feature], chosen: frozenset[str] | None) -> list[ItemField]:
    filled = [
        field
        for field in schema
        if field.kind not in ("geometry", "object") and any(feature["properties"].get(field.name) not in (None, []) for feature in features)
    ]
    if chosen is not None:
        return [field for field in filled if field.name in chosen]
    return [field for field in filled if field.name not in _DULL][:MOST_COLUMNS]


def _fact(field: ItemField, value: Any, words: Words) -> Fact:
    title = field_title(field, words)
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value)):
        return Fact(title, field.name, orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), is_code=True)
    text = _text(field, value, words)
    href = text if isinstance(value, str) and value.startswith(("https://", "http://")) else ""
    return Fact(title, field.name, text, href)


def _text(field: ItemField, value: Any, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("Yes") if value else words("No")
    if isinstance(value, list):
        return " · ".join(label(words, AMENITY_WORDS, str(item)) if field.name == "amenities" else str(item) for item in value)
    table = CHOICE_WORDS.get(field.name)
    return label(words, table, value) if table is not None and isinstance(value, str) else str(value)


def _place(feature: Feature) -> str:
    geometry = feature["geometry"]
    if geometry is None:
        return ""
    text = orjson.dumps(geometry["coordinates"]).decode() if "coordinates" in geometry else geometry["type"]
    cut = text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
    return f"{geometry['type']} {cut}"
