"""What the doors say of themselves and of each collection, as documents."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from geo_app.finder.item_columns import day_us
from geo_app.snapshot.credits import boundary_producers
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.house import get_district, words_of_reader
from geo_app.web.ogc.collections import Collection, list_collections
from geo_app.web.ogc.conformance import CONFORMANCE as CLASSES
from geo_app.web.ogc.links import (
    CONFORMANCE,
    DATA,
    QUERYABLES,
    SCHEMA_OF,
    SORTABLES,
    Link,
    address,
    forms_of_this,
    linked,
)
from geo_app.web.ogc.media import GEOJSON, JSON, JSON_FORM, OPENAPI, PAGE, PAGE_FORM, SCHEMA
from geo_app.web.ogc.systems import CRS84, URIS

Document = dict[str, Any]
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"


def landing_document(snapshot: Snapshot) -> Document:
    """Where everything else is found."""
    words = words_of_reader()
    return {
        "title": words("{district} Work & Shelter Map", district=get_district(snapshot).name(words.lang)),
        "description": words("Places of work and rest of the district, and what the planner works out of them, as OGC API – Features."),
        "attribution": boundary_producers(snapshot),
        "revision": snapshot.number,
        "links": [
            *forms_of_this(JSON),
            linked("service-desc", address("ogc.api", f=JSON_FORM), OPENAPI, "What can be asked here, as OpenAPI"),
            linked("service-doc", address("ogc.api", f=PAGE_FORM), PAGE, "What can be asked here, as a page"),
            linked("conformance", address("ogc.conformance"), JSON, "Which parts of the standard are kept"),
            linked(CONFORMANCE, address("ogc.conformance"), JSON, "Which parts of the standard are kept"),
            linked("data", address("ogc.collections"), JSON, "The collections"),
            linked(DATA, address("ogc.collections"), JSON, "The collections"),
            linked(QUERYABLES, address("ogc.common_queryables"), SCHEMA, "What every collection can be asked by"),
        ],
    }


def conformance_document() -> Document:
    """The conformance classes."""
    return {"conformsTo": [*CLASSES], "links": forms_of_this(JSON)}


def collections_document(snapshot: Snapshot) -> Document:
    """All collections."""
    return {
        "links": forms_of_this(JSON),
        "crs": [*URIS],
        "revision": snapshot.number,
        "collections": [_described(collection, _own_links(collection)) for collection in list_collections(snapshot)],
    }


def collection_document(collection: Collection) -> Document:
    """One collection."""
    return _described(collection, [*forms_of_this(JSON), *_own_links(collection)[1:]])


def _described(collection: Collection, links: list[Link]) -> Document:
    words = words_of_reader()
    told: Document = {
        "id": collection.id,
        "title": collection.title_in(words),
        "description": collection.description_in(words),
        "itemType": "feature",
        "revision": collection.revision,
        "links": links,
    }
    if collection.has_geometry:
        told |= {"crs": [*URIS], "storageCrs": CRS84.uri}
    if collection.licences:
        told["licences"] = [
            {"code": item.code, "title": words(item.title)} | ({"href": item.href} if item.href else {}) for item in collection.licences
        ]
    extent = _extent(collection)
    return {**told, "extent": extent} if extent else told


def _extent(collection: Collection) -> Document:
    extent: Document = {}
    if collection.extent_lonlat is not None:
        extent["spatial"] = {"bbox": [[*collection.extent_lonlat]], "crs": CRS84.uri}
    if collection.interval is not None:
        extent["temporal"] = {"interval": [_times(*collection.interval)], "trs": GREGORIAN}
    return extent


def _times(first: date | None, last: date | None) -> list[str | None]:
    """The times that the standard wants of our Seoul days: from the beginning of the first to the end of the last, as `datetime` does."""
    # The first of all days begins before the first of all years in UTC: open, then.
    start = _utc(first, timedelta()) if first is not None and first > date.min else None
    return [start, None if last is None else _utc(last, timedelta(hours=23, minutes=59, seconds=59))]


def _utc(day: date, later: timedelta) -> str:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=day_us(day)) + later
    return at.isoformat().replace("+00:00", "Z")


def _own_links(collection: Collection) -> list[Link]:
    here = {"collection_id": collection.id}
    links = [
        linked("self", address("ogc.collection", **here), JSON, "This collection"),
        linked("items", address("ogc.items", **here), GEOJSON, "The features"),
        linked("items", address("ogc.items", **here, f=PAGE_FORM), PAGE, "The features as a page"),
        linked(QUERYABLES, address("ogc.queryables", **here), SCHEMA, "What can be asked for"),
        linked(SORTABLES, address("ogc.sortables", **here), SCHEMA, "What can be sorted by"),
        linked(SCHEMA_OF, address("ogc.schema", **here), SCHEMA, "What a feature holds"),
        linked("collection", address("ogc.collections"), JSON, "The collections"),
    ]
    if collection.layer:
        links.append(
            linked("enclosure", address("layers.geojson", layer=collection.layer).partition("?")[0], GEOJSON, "All of it as one file")
        )
    licences = [linked("license", item.href, PAGE, item.title) for item in collection.licences if item.href]
    return [*links, *licences]
