"""The doors as an OpenAPI 3.0 document, made from the same tables that read their parameters."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from geo_app import __version__
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.house import get_district, words_of_reader
from geo_app.web.ogc.api_schemas import SCHEMAS
from geo_app.web.ogc.collections import Collection, list_collections
from geo_app.web.ogc.links import address
from geo_app.web.ogc.media import COMMON, GEOJSON, JSON, OPENAPI, PAGE, SCHEMA
from geo_app.web.ogc.parameters import CRS, FIXED, items_parameters
from geo_app.web.parameters import Parameter
from geo_app.wording.catalogue import Words

Document = dict[str, Any]
PROBLEM: Final = "application/problem+json"
_SHARED: Final = {item.name: item for item in (*COMMON, CRS, *FIXED)}
_FEATURE_ID: Final = {"name": "featureId", "in": "path", "required": True, "description": "id of a feature", "schema": {"type": "string"}}


def api_document(snapshot: Snapshot) -> Document:
    """OpenAPI 3.0.3; the analyses are worked out for it where nobody asked for them yet, since their fields are parameters."""
    words = words_of_reader()
    paths = _general_paths(words)
    for collection in list_collections(snapshot):
        paths.update(_collection_paths(collection, words))
    return {
        "openapi": "3.0.3",
        "info": {
            "title": words("{district} Work & Shelter Map", district=get_district(snapshot).name(words.lang)),
            "version": __version__,
            "description": words("Places of work and rest of the district, and what the planner works out of them, as OGC API – Features."),
        },
        "servers": [{"url": address("ogc.landing").partition("?")[0].rstrip("/")}],
        "tags": [
            {"name": "about", "description": words("About these doors")},
            *({"name": item.id, "description": item.title_in(words)} for item in list_collections(snapshot)),
        ],
        "paths": paths,
        "components": {
            "parameters": {name: _parameter(item, words) for name, item in _SHARED.items()},
            "responses": _problem_responses(words),
            "schemas": SCHEMAS,
        },
    }


def _general_paths(words: Words) -> Document:
    told = (
        ("/", "landing", "Where everything else is found", JSON, "LandingPage"),
        ("/api", "api", "What can be asked here, as OpenAPI", OPENAPI, "Object"),
        ("/conformance", "conformance", "Which parts of the standard are kept", JSON, "Conformance"),
        ("/collections", "collections", "The collections", JSON, "Collections"),
        ("/queryables", "queryables", "What every collection can be asked by", SCHEMA, "Object"),
    )
    return {
        path: {"get": _operation(name, words(summary), "about", COMMON, {media: schema}, words)}
        for path, name, summary, media, schema in told
    }


def _collection_paths(collection: Collection, words: Words) -> Document:
    place, name = f"/collections/{collection.id}", collection.id
    parameters, _ = items_parameters(collection.id, collection.table().schema)
    title = collection.title_in(words)
    told: tuple[tuple[str, str, str, Sequence[Parameter], str, str], ...] = (
        ("", "describe", "The collection", COMMON, JSON, "Collection"),
        ("/queryables", "queryables", "What can be asked for", COMMON, SCHEMA, "Object"),
        ("/sortables", "sortables", "What can be sorted by", COMMON, SCHEMA, "Object"),
        ("/schema", "schema", "What a feature holds", COMMON, SCHEMA, "Object"),
        ("/items", "items", "The features", parameters, GEOJSON, "FeatureCollection"),
        ("/items/{featureId}", "item", "One feature", (*COMMON, CRS), GEOJSON, "Feature"),
    )
    paths = {}
    for ending, kind, summary, table, media, schema in told:
        operation = _operation(f"{name}.{kind}", f"{title}: {words(summary)}", name, table, {media: schema}, words)
        if "{" in ending:
            operation["parameters"].insert(0, {**_FEATURE_ID, "description": words(str(_FEATURE_ID["description"]))})
        paths[place + ending] = {"get": operation}
    return paths


def _operation(name: str, summary: str, tag: str, table: Iterable[Parameter], media: dict[str, str], words: Words) -> Document:
    content: Document = {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}} for kind, schema in media.items()}
    content[PAGE] = {"schema": {"type": "string"}}
    shown = [
        {"$ref": f"#/components/parameters/{item.name}"} if _SHARED.get(item.name) is item else _parameter(item, words) for item in table
    ]
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": shown,
        "responses": {
            "200": {"description": words("The answer"), "content": content},
            "304": {"description": words("The asker has it already (If-None-Match)")},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _FAULTS},
        },
    }


def _parameter(item: Parameter, words: Words) -> Document:
    schema = dict(item.schema)
    if item.default is not None and item.default != ():
        schema["default"] = getattr(item.default, "uri", item.default)
    told = {"name": item.name, "in": "query", "required": False, "description": words(item.description), "schema": schema}
    return {**told, "style": "form", "explode": False}


_FAULTS: Final = {
    "400": "Parameters that cannot be used, all of them named",
    "404": "There is no such collection or feature",
    "500": "A fault of ours",
    "503": "Not ready yet",
}


def _problem_responses(words: Words) -> Document:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}, PAGE: {"schema": {"type": "string"}}}
    return {status: {"description": words(said), "content": content} for status, said in _FAULTS.items()}
