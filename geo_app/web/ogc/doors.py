"""`/ogc/…`: OGC API – Features, Parts 1 (core), 2 (coordinate systems) and 3 (filters)."""

from flask import Blueprint, Response, request

from geo_app.web.house import get_snapshot, words_of_reader
from geo_app.web.ogc.answering import EXPOSED, METHODS, shown
from geo_app.web.ogc.answers import feature_geojson, items_geojson
from geo_app.web.ogc.api_document import api_document
from geo_app.web.ogc.api_page import api_page
from geo_app.web.ogc.collections import get_collection, list_collections
from geo_app.web.ogc.describing import collection_document, collections_document, conformance_document, landing_document
from geo_app.web.ogc.fields import common_fields, queryable_fields, schema_document, sortable_fields
from geo_app.web.ogc.item_pages import feature_page, items_page
from geo_app.web.ogc.links import address
from geo_app.web.ogc.media import COMMON, JSON, OPENAPI, PATH, SCHEMA, wants_page
from geo_app.web.ogc.parameters import read_known
from geo_app.web.ogc.question import read_feature_request, read_items_request

blueprint = Blueprint("ogc", __name__, url_prefix=PATH)


@blueprint.get("/")
def landing() -> Response:
    """Where everything else is found."""
    read_known(COMMON, request.args)
    return shown(landing_document(get_snapshot()), JSON, "landing")


@blueprint.get("/api")
def api() -> Response:
    """OpenAPI 3.0, or the same in words."""
    read_known(COMMON, request.args)
    document = api_document(get_snapshot())
    return shown(document, OPENAPI, "api", **(api_page(document) if wants_page() else {}))


@blueprint.get("/conformance")
def conformance() -> Response:
    """Which parts of the standard are kept."""
    read_known(COMMON, request.args)
    return shown(conformance_document(), JSON, "conformance")


@blueprint.get("/collections")
def collections() -> Response:
    """All collections."""
    read_known(COMMON, request.args)
    return shown(collections_document(get_snapshot()), JSON, "collections")


@blueprint.get("/queryables")
def common_queryables() -> Response:
    """What every collection can be asked by."""
    read_known(COMMON, request.args)
    words = words_of_reader()
    fields = common_fields([item.table().schema for item in list_collections(get_snapshot())])
    document = schema_document(
        fields, title=words("What every collection can be asked by"), address=address("ogc.common_queryables"), words=words
    )
    return shown(document, SCHEMA, "fields", collection=None)


@blueprint.get("/collections/<collection_id>")
def collection(collection_id: str) -> Response:
    """One collection."""
    found = get_collection(get_snapshot(), collection_id)
    read_known(COMMON, request.args)
    return shown(collection_document(found), JSON, "collection", collection=found)


@blueprint.get("/collections/<collection_id>/queryables")
def queryables(collection_id: str) -> Response:
    """What a filter may name."""
    return _fields(collection_id, "queryables")


@blueprint.get("/collections/<collection_id>/sortables")
def sortables(collection_id: str) -> Response:
    """What features may be sorted by."""
    return _fields(collection_id, "sortables")


@blueprint.get("/collections/<collection_id>/schema")
def schema(collection_id: str) -> Response:
    """What a feature holds."""
    return _fields(collection_id, "schema")


@blueprint.get("/collections/<collection_id>/items")
def items(collection_id: str) -> Response:
    """The features that are asked for."""
    asked = read_items_request(get_collection(get_snapshot(), collection_id), request.args)
    return items_page(asked) if wants_page() else items_geojson(asked)


@blueprint.get("/collections/<collection_id>/items/<feature_id>")
def item(collection_id: str, feature_id: str) -> Response:
    """One feature."""
    found = get_collection(get_snapshot(), collection_id)
    asked = read_feature_request(found, feature_id, request.args)
    return feature_page(asked) if wants_page() else feature_geojson(asked)


@blueprint.after_request
def open_to_all(answer: Response) -> Response:
    """Any page may ask, from anywhere, and read what the headers say."""
    if "Access-Control-Allow-Origin" not in answer.headers:  # an error has it
        answer.headers.add("Access-Control-Allow-Origin", "*")
    answer.headers.add("Access-Control-Expose-Headers", EXPOSED)
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = METHODS
        answer.headers["Access-Control-Allow-Headers"] = "*"
    return answer


def _fields(collection_id: str, kind: str) -> Response:
    found = get_collection(get_snapshot(), collection_id)
    read_known(COMMON, request.args)
    words = words_of_reader()
    own = found.table().schema
    fields = {"queryables": queryable_fields, "sortables": sortable_fields, "schema": queryable_fields}[kind](own)
    place = address(f"ogc.{kind}", collection_id=collection_id).partition("?")[0]
    document = schema_document(fields, title=found.title_in(words), address=place, words=words, collection=found)
    return shown(document, SCHEMA, "fields", collection=found, kind=kind)
