"""The fields of a collection: what may be asked, sorted by and returned, and each as JSON Schema."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from geo_app.domain.layers import LAYERS, GeometryKind
from geo_app.finder.items import ItemField
from geo_app.web.ogc.collections import Collection
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import FIELD_WORDS
from geo_app.wording.ogc_fields import FURTHER_FIELD_WORDS

Schema = tuple[ItemField, ...]
ID: Final = ItemField("id", "string")
# What a parameter can hold as it stands; a list is asked for one of its words.
_PLAIN: Final = frozenset({"string", "integer", "number", "boolean", "date", "datetime"})
_TYPES: Final[dict[str, dict[str, Any]]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"type": ["object", "array"]},  # a structure of any form
}
_GEOMETRY_FORMATS: Final = {
    GeometryKind.POINT: "geometry-point",
    GeometryKind.AREA: "geometry-polygon-or-multipolygon",
    GeometryKind.POINT_OR_AREA: "geometry-any",
}
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


def queryable_fields(schema: Schema) -> Schema:
    """Those that a filter may name: the identifier and all fields."""
    return schema if any(field.name == ID.name for field in schema) else (ID, *schema)


def plain_fields(schema: Schema) -> Schema:
    """Those that a parameter of their own may filter by."""
    return tuple(field for field in schema if field.kind in _PLAIN)


def sortable_fields(schema: Schema) -> Schema:
    """Those that features may be sorted by."""
    return tuple(field for field in queryable_fields(schema) if field.is_sortable)


def common_fields(schemas: Sequence[Schema]) -> Schema:
    """Those that mean the same in all of `schemas`."""
    kinds = [{field.name: field.kind for field in queryable_fields(schema)} for schema in schemas]
    first = queryable_fields(schemas[0]) if schemas else ()
    return tuple(ItemField(field.name, field.kind) for field in first if all(kind.get(field.name) == field.kind for kind in kinds))


def property_names(schema: Schema) -> tuple[str, ...]:
    """Those that stand among a feature's properties."""
    return tuple(field.name for field in schema if field.kind != "geometry" and field.name != "id")


def field_title(field: ItemField, words: Words) -> str:
    """What a person calls the field; its own name where nobody said."""
    given = field.title or FIELD_WORDS.get(field.name) or FURTHER_FIELD_WORDS.get(field.name)
    return words(given) if given else field.name


def field_schema(field: ItemField, collection: Collection | None, words: Words) -> dict[str, Any]:
    """A field as JSON Schema. A geometry has a `format` and no `type` (Part 3, 6.2.2)."""
    told: dict[str, Any] = {"title": field_title(field, words)}
    if field.kind == "geometry":
        return {**told, "format": _geometry_format(collection), "x-ogc-role": "primary-geometry"}
    told |= _TYPES[field.kind]
    if field.name == "id":
        told["x-ogc-role"] = "id"
    if field.choices and field.kind == "array":
        told["items"] = {"type": "string", "enum": [*field.choices]}
    elif field.choices:
        told["enum"] = [*field.choices]
    return told


def _geometry_format(collection: Collection | None) -> str:
    if collection is None or collection.layer is None:
        return "geometry-any"
    return _GEOMETRY_FORMATS[LAYERS[collection.layer].geometry]


def schema_document(
    fields: Iterable[ItemField], *, title: str, address: str, words: Words, collection: Collection | None = None
) -> dict[str, Any]:
    """A JSON Schema document of `fields`; that other names are refused `additionalProperties` says."""
    return {
        "$schema": JSON_SCHEMA,
        "$id": address,
        "type": "object",
        "title": title,
        **({} if collection is None else {"description": collection.description_in(words)}),
        "properties": {field.name: field_schema(field, collection, words) for field in fields},
        "additionalProperties": False,
    }
