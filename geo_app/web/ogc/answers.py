"""The features that were asked for, as GeoJSON: ready bytes put together where nothing of them changes."""

from collections.abc import Callable
from datetime import UTC

import orjson
from flask import Response, request

from geo_app.finder.items import ItemsPage, find_items
from geo_app.web.coding import compress_page
from geo_app.web.house import get_snapshot, seoul_now
from geo_app.web.ogc.answering import CACHE_CONTROL, is_known, question_tag
from geo_app.web.ogc.collections import Collection
from geo_app.web.ogc.links import Here, Link, here
from geo_app.web.ogc.media import GEOJSON, JSON
from geo_app.web.ogc.question import FeatureRequest, ItemsRequest
from geo_app.web.ogc.shaping import ready_features, shaped_features, with_links
from geo_app.web.ogc.systems import System


def items_geojson(asked: ItemsRequest) -> Response:
    """A page of features as GeoJSON, or 304 where the asker has it."""
    place = here()
    found = asked.collection
    return _known_or(asked.system, question_tag(found, get_snapshot().number, place), lambda: _items(asked, place))


def feature_geojson(asked: FeatureRequest) -> Response:
    """One feature with its links as GeoJSON, or 304 where the asker has it."""
    place = here()
    return _known_or(asked.system, question_tag(asked.collection, get_snapshot().number, place), lambda: _feature(asked, place))


def _items(asked: ItemsRequest, place: Here) -> bytes:
    found = find_items(asked.table, asked.question)
    head = {
        "type": "FeatureCollection",
        "numberMatched": found.matched_count,
        "numberReturned": len(found.positions),
        "timeStamp": f"{seoul_now().astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z",
        "revision": get_snapshot().number,
        "links": [*place.forms(GEOJSON), *page_links(asked, found, place), _to_collection(asked.collection, place)],
    }
    if asked.is_plain:
        features = ready_features(asked.table, found.positions)
    else:
        features = shaped_features(asked.table, found.positions, asked.system, asked.properties)
    return orjson.dumps(head)[:-1] + b',"features":[' + b",".join(features) + b"]}"


def _feature(asked: FeatureRequest, place: Here) -> bytes:
    feature = shaped_features(asked.table, [asked.position], asked.system, None)[0]
    return with_links(feature, [*place.forms(GEOJSON), _to_collection(asked.collection, place)])


def page_links(asked: ItemsRequest, found: ItemsPage, place: Here) -> list[Link]:
    """`next` and `prev`, with everything else that was asked as it was."""
    offset, limit = asked.question.offset, asked.question.limit
    links = []
    if offset + len(found.positions) < found.matched_count and found.positions:
        links.append(place.link("next", place.with_(offset=offset + limit), GEOJSON, "The next features"))
    before = _before(offset, limit, found.matched_count)
    if before is not None:
        links.append(place.link("prev", place.with_(**before), GEOJSON, "The features before"))
    return links


def _before(offset: int, limit: int, matched_count: int) -> dict[str, int] | None:
    """The page that ends where this one begins; from beyond the last feature, the nearest such page with something on it.

    It is shorter than `limit` where fewer features stand before, so that none is told twice.
    """
    if offset == 0 or matched_count == 0:
        return None
    empty_pages = max(0, offset - matched_count) // limit
    end = offset - empty_pages * limit
    start = max(0, end - limit)
    return {"offset": start} if end - start == limit else {"offset": start, "limit": end - start}


def _known_or(system: System, tag: str, make: Callable[[], bytes]) -> Response:
    """What `make` gives, which says whose coordinates it holds; nothing is made for who has it."""
    told = [
        ("ETag", tag),
        ("X-Revision", str(get_snapshot().number)),
        ("Cache-Control", CACHE_CONTROL),
        ("Vary", "Accept, Accept-Encoding"),
    ]
    if is_known(tag):
        return Response(status=304, headers=told)
    answer = Response(make(), headers=[*told, ("Content-Crs", f"<{system.uri}>")], content_type=GEOJSON)
    return compress_page(answer) if "gzip" in request.environ.get("HTTP_ACCEPT_ENCODING", "") else answer


def _to_collection(collection: Collection, place: Here) -> Link:
    return place.link("collection", place.collection(collection.id), JSON, "The collection")
