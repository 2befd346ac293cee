"""The machine doors of places: `/api/nearest`, `/api/sites`, `/api/states`, `/api/revision`."""

from typing import Any

import orjson
import shapely
from flask import Blueprint, Response, request
from shapely.errors import GEOSException
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from geo_app.domain.errors import UnknownSite
from geo_app.domain.layers import AMENITIES, LAYERS, MAIN_LAYERS
from geo_app.finder.nearest import NearestQuestion, Order, find_nearest, nearby_properties
from geo_app.finder.sites import SitesPage, SitesQuestion, find_sites
from geo_app.finder.states import layer_states
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode
from geo_app.web.coding import compress_page
from geo_app.web.house import get_reports, get_snapshot, public_link, seoul_now
from geo_app.web.parameters import (
    MOMENT_SCHEMA,
    TEXT_SCHEMA,
    WINDOW_SCHEMA,
    Parameter,
    Unreadable,
    choice,
    choices,
    flag,
    integer,
    moment,
    number,
    read_parameters,
    short_text,
    window,
)

blueprint = Blueprint("api", __name__, url_prefix="/api")
PAGE_LIMIT, MAX_OFFSET = 1_000, 10_000_000
NEAREST_LIMIT = 100
MOST_METRES, MINUTES_A_DAY = 100_000, 1_440
# A request line holds 8,190 bytes here and commonly before a proxy; of WKT no more than every other character needs three of them.
WITHIN_TEXT_LIMIT = 4_000

_AT = Parameter("at", moment, MOMENT_SCHEMA, "now, or an ISO 8601 time; without a zone it is Seoul's", example="2026-01-13T02:10")
_LAYER_NAMES = tuple(LAYERS)
_LAYER = f"({'|'.join(_LAYER_NAMES)})"
# WKT may be written in any case and with a SRID before it; what stands in its brackets only GEOS can judge.
_WITHIN = r"^((dg|ld|ic)-[0-9]+|\s*[Mm]?[Uu]?[Ll]?[Tt]?[Ii]?[Pp][Oo][Ll][Yy][Gg][Oo][Nn]\b[^\u0000]*)$"
_AMENITY = f"({'|'.join(AMENITIES)})"
_AMENITIES_SCHEMA = {"type": "string", "pattern": f"^{_AMENITY}(,{_AMENITY})*$"}
_LON, _LAT = {"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}
_WITHIN_M = {"type": "number", "minimum": 0, "maximum": MOST_METRES}
_STAY_MIN = {"type": "integer", "minimum": 0, "maximum": MINUTES_A_DAY}
NEAREST = (
    Parameter("lon", number(-180, 180), _LON, "longitude, EPSG:4326", is_required=True, example=126.7937),
    Parameter("lat", number(-90, 90), _LAT, "latitude, EPSG:4326", is_required=True, example=35.1396),
    Parameter("layer", choice(_LAYER_NAMES), {"type": "string", "enum": [*_LAYER_NAMES]}, "which layer", default="shelters"),
    Parameter("limit", integer(1, NEAREST_LIMIT), {"type": "integer", "minimum": 1, "maximum": NEAREST_LIMIT}, "how many", default=5),
    Parameter("within_m", number(0, MOST_METRES), _WITHIN_M, "no farther than this many geodesic metres"),
    _AT,
    Parameter("mode", choice([*Mode]), {"type": "string", "enum": [*Mode]}, "how one travels", default="walk"),
    Parameter(
        "order", choice([*Order]), {"type": "string", "enum": [*Order]}, "by distance, or known open on arrival first", default="distance"
    ),
    Parameter("open", flag, {"type": "boolean"}, "only places known to be open on arrival", default=False),
    Parameter("stay_min", integer(0, MINUTES_A_DAY), _STAY_MIN, "minutes the door must stay open after arrival", default=0),
    Parameter("amenities", choices(AMENITIES), _AMENITIES_SCHEMA, "amenities that must all be there, comma-separated", default=()),
)


def _within(text: str) -> Any:
    """A dong's id (looked up by the view) or a polygon as WKT in EPSG:4326."""
    if len(text) > WITHIN_TEXT_LIMIT:
        raise Unreadable(f"≤ {WITHIN_TEXT_LIMIT}")
    if text.startswith(("dg-", "ld-", "ic-")) and text[3:].isdigit():
        return text
    try:
        area = shapely.from_wkt(text)
    except (GEOSException, shapely.errors.ShapelyError):
        area = None
    if area is None or area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty or not area.is_valid:
        raise Unreadable("dg-000001, POLYGON((126.7 35.1, 126.9 35.1, 126.9 35.2, 126.7 35.1))")
    return area


_LAYERS_SCHEMA = {"type": "string", "pattern": f"^{_LAYER}(,{_LAYER})*$"}
_WITHIN_SCHEMA = {"type": "string", "minLength": 4, "maxLength": WITHIN_TEXT_LIMIT, "pattern": _WITHIN}
_OFFSET = {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET}
SITES = (
    Parameter("layer", choices(_LAYER_NAMES), _LAYERS_SCHEMA, "layers, comma-separated; without it the main layers", default=MAIN_LAYERS),
    Parameter("q", short_text, TEXT_SCHEMA, "part of a name or address", default=""),
    Parameter("bbox", window, WINDOW_SCHEMA, "min_lon,min_lat,max_lon,max_lat", example="126.75,35.1,126.85,35.2"),
    Parameter("within", _within, _WITHIN_SCHEMA, "the id of a dong, or a polygon as WKT (EPSG:4326)"),
    Parameter("limit", integer(1, PAGE_LIMIT), {"type": "integer", "minimum": 1, "maximum": PAGE_LIMIT}, "places on a page", default=100),
    Parameter("offset", integer(0, MAX_OFFSET), _OFFSET, "places to pass over", default=0),
)
_TIMED = tuple(name for name in LAYERS if LAYERS[name].has_hours)
STATES = (
    Parameter("layer", choice(_TIMED), {"type": "string", "enum": [*_TIMED]}, "a layer with opening hours", default="shelters"),
    _AT,
)


@blueprint.route("/nearest", methods=["GET", "POST"])
def nearest() -> Response:
    """The nearest places of a layer, in order. A page asks by POST, so that a position stands in no address and no log."""
    given = _whole_form() if request.method == "POST" else request.args
    snapshot = get_snapshot()
    question = _nearest_question(read_parameters(NEAREST, given))
    return _geojson(_nearest_answer(snapshot, question), "no-store")


@blueprint.get("/sites")
def sites() -> Response:
    """Places in a window, in an area, by a word."""
    snapshot = get_snapshot()
    values = read_parameters(SITES, request.args)
    page = find_sites(snapshot, _sites_question(snapshot, values))
    return compress_page(_geojson(_sites_answer(snapshot, page, values), "public, max-age=0, must-revalidate"))


@blueprint.get("/states")
def states() -> Response:
    """Open, closed or unknown for each place of a layer at one time."""
    snapshot = get_snapshot()
    values = read_parameters(STATES, request.args)
    at = values["at"] or seoul_now()
    answer = layer_states(snapshot, values["layer"], at, get_reports())
    data = orjson.dumps(
        {
            "at": at.isoformat(timespec="seconds"),
            "is_now": values["at"] is None,
            "revision": snapshot.number,
            "layer": values["layer"],
            "states": answer,
        }
    )
    return compress_page(_json(data, "public, max-age=30" if values["at"] is None else "public, max-age=0, must-revalidate"))


@blueprint.get("/revision")
def revision() -> Response:
    """The revision's number and the last one that touched each layer; open pages ask here whether to fetch again."""
    read_parameters((), request.args)
    snapshot = get_snapshot()
    layers = {name: layer.meta.revision for name, layer in snapshot.layers.items()}
    return _json(orjson.dumps({"revision": snapshot.number, "made_at": snapshot.made_at.isoformat(), "layers": layers}), "no-cache")


def _whole_form() -> MultiDict[str, str]:
    form = request.form
    # Werkzeug cuts a chunked form off at the limit without a word: a question that was cut is not the one that was asked.
    is_chunked = request.content_length is None and request.environ.get("wsgi.input_terminated")
    if is_chunked and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return form


def _nearest_question(values: dict[str, Any]) -> NearestQuestion:
    return NearestQuestion(
        lon=values["lon"],
        lat=values["lat"],
        at=values["at"] or seoul_now(),
        layer=values["layer"],
        limit=values["limit"],
        within_m=values["within_m"],
        mode=Mode(values["mode"]),
        order=Order(values["order"]),
        only_open=values["open"],
        stay_min=values["stay_min"],
        amenities=values["amenities"],
    )


def _nearest_answer(snapshot: Snapshot, question: NearestQuestion) -> bytes:
    layer = snapshot.get_layer(question.layer)
    found = find_nearest(snapshot, question, get_reports())
    features = [spliced(layer.feature_bytes(item.position), nearby_properties(item)) for item in found]
    head = {
        "type": "FeatureCollection",
        "layer": question.layer,
        "revision": snapshot.number,
        "at": question.at.isoformat(timespec="seconds"),
    }
    return _collection(head, features)


def _sites_question(snapshot: Snapshot, values: dict[str, Any]) -> SitesQuestion:
    within = values["within"]
    area = _area_of(snapshot, within) if isinstance(within, str) else within
    return SitesQuestion(values["layer"], values["q"], values["bbox"], area, values["limit"], values["offset"])


def _area_of(snapshot: Snapshot, site_id: str) -> Any:
    layer = next((layer for layer in snapshot.layers.values() if layer.find_position(site_id) is not None), None)
    geometry = layer.get_feature(site_id)["geometry"] if layer else None
    if geometry is None or geometry["type"] == "Point":
        raise UnknownSite(layer="dongs", id=site_id)
    return shapely.geometry.shape(geometry)


def _sites_answer(snapshot: Snapshot, page: SitesPage, values: dict[str, Any]) -> bytes:
    features = [spliced(layer.feature_bytes(position), {"layer": layer.name}) for layer, position in page.found]
    head = {
        "type": "FeatureCollection",
        "revision": snapshot.number,
        "numberMatched": page.matched_count,
        "numberReturned": len(page.found),
        "links": _page_links(page, values),
    }
    return _collection(head, features)


def _page_links(page: SitesPage, values: dict[str, Any]) -> list[dict[str, str]]:
    asked = {name: text for name, text in request.args.items() if name != "offset"}
    offset, limit = values["offset"], values["limit"]
    steps = {"self": offset}
    if offset + limit < page.matched_count:
        steps["next"] = offset + limit
    if offset > 0:
        steps["prev"] = max(0, offset - limit)
    return [
        {"rel": rel, "type": "application/geo+json", "href": public_link("api.sites", **asked, offset=step)} for rel, step in steps.items()
    ]


def spliced(feature: bytes, further: dict[str, Any]) -> bytes:
    """Further properties put into a ready feature without parsing it: its JSON ends with the properties object (keys are sorted)."""
    cut = feature.rindex(b'},"type":"Feature"}')
    return feature[:cut] + b"," + orjson.dumps(further)[1:-1] + feature[cut:]


def _collection(head: dict[str, Any], features: list[bytes]) -> bytes:
    return orjson.dumps(head)[:-1] + b',"features":[' + b",".join(features) + b"]}"


def _geojson(data: bytes, cache_control: str) -> Response:
    return _json(data, cache_control, "application/geo+json")


def _json(data: bytes, cache_control: str, content_type: str = "application/json") -> Response:
    headers = [("Access-Control-Allow-Origin", "*"), ("Cache-Control", cache_control)]
    return Response(data, headers=headers, content_type=content_type)
