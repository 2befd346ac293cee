"""`POST /reports`: a rider's "open / closed when I came", by one tap, without an account, a cookie or a position."""

from datetime import datetime
from http import HTTPStatus
from math import ceil
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from geo_app.desk.reports import Outcome
from geo_app.domain.errors import GeoAppError
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Status
from geo_app.domain.report import Limit, ReportSummary, Seen, Vouching
from geo_app.finder.judging import vouching_of_open
from geo_app.web.house import NotReady, get_house, get_snapshot, link, seoul_now
from geo_app.web.origin import asks_for_json, is_from_elsewhere
from geo_app.web.page_content import find_door
from geo_app.web.parameters import TEXT_SCHEMA, Parameter, choice, read_parameters, short_text
from geo_app.wording.catalogue import LANGUAGES
from geo_app.workspace.reports import ReportBoard

blueprint = Blueprint("reports", __name__)
REPORTED_LAYERS = tuple(name for name, layer in LAYERS.items() if layer.has_hours)
_LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default="ko")
REPORT = (
    Parameter(
        "layer",
        choice(REPORTED_LAYERS),
        {"type": "string", "enum": [*REPORTED_LAYERS]},
        "a layer with opening hours",
        default="shelters",
    ),
    Parameter("site", short_text, {**TEXT_SCHEMA, "minLength": 1}, "id of the place", is_required=True),
    Parameter("seen", choice([*Seen]), {"type": "string", "enum": [*Seen]}, "what was found at the door", is_required=True),
)
SECONDS_A_MINUTE = 60


class TooManyReports(GeoAppError):
    """One of the limits by the hour is reached. Values: `limit`, `retry_after_s`, `minutes`."""

    code = "too-many-reports"


class ReportChangedTooOften(GeoAppError):
    """Somebody turned her report of a place round and round; what she said last stands. Values: `retry_after_s`."""

    code = "report-changed-too-often"


class ReportFromElsewhere(GeoAppError):
    """Another site's page sent a report in its reader's name. No values."""

    code = "report-from-elsewhere"


class PlaceClosedForGood(GeoAppError):
    """There is no door any more. Values: `layer`, `id`."""

    code = "place-closed-for-good"


@blueprint.post("/reports")
def report() -> AnyResponse:
    """Take a report in, then show the place again (303), or its summary to who asks for JSON."""
    if is_from_elsewhere(get_house().settings.public_url):
        raise ReportFromElsewhere
    read_parameters((_LANG,), request.args)
    values = read_parameters(REPORT, _given())
    _require_door(values["layer"], values["site"])
    outcome = _file(values["layer"], values["site"], Seen(values["seen"]))
    return _summary(values, outcome) if asks_for_json() else _shown_again(values)


@blueprint.get("/reports")
def look() -> AnyResponse:
    """Back to the finder: a link, a reload or a prefetch never reports."""
    read_parameters((_LANG,), request.args)
    return redirect(link("finder"), HTTPStatus.SEE_OTHER)


def _given() -> MultiDict[str, str]:
    if not request.is_json:
        return request.form
    try:
        given = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        raise BadRequest from None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise BadRequest
    return MultiDict(given)


def _require_door(layer: str, site_id: str) -> None:
    """Raises `UnknownSite`, `PlaceClosedForGood`. A sample is a door too: it is there to be tried."""
    feature = get_snapshot().get_layer(layer).get_feature(site_id)
    if feature["properties"]["status"] == Status.CLOSED.value:
        raise PlaceClosedForGood(layer=layer, id=site_id)


def _file(layer: str, site_id: str, seen: Seen) -> Outcome:
    board, at = _board(), seoul_now()
    vouching = _vouching(layer, site_id, at) if seen is Seen.OPEN else Vouching.NONE
    filing = board.add(site_id, seen, at=at, address=request.remote_addr, vouching=vouching)
    seconds = filing.retry_after_s
    if filing.limit is Limit.CHANGES:
        raise ReportChangedTooOften(retry_after_s=seconds)
    if filing.limit is not None:
        raise TooManyReports(limit=filing.limit.value, retry_after_s=seconds, minutes=ceil(seconds / SECONDS_A_MINUTE))
    return filing.outcome


def _vouching(layer_name: str, site_id: str, at: datetime) -> Vouching:
    snapshot = get_snapshot()
    layer = snapshot.get_layer(layer_name)
    position = layer.find_position(site_id)
    door = None if position is None else find_door(snapshot, layer, position, layer.feature(position), at)
    return Vouching.NONE if door is None else vouching_of_open(door.answer.state, door.checked_on, at.date())


def _board() -> ReportBoard:
    board = get_house().reports
    if board is None:
        raise NotReady(reason="no reports")
    return board


def _shown_again(values: dict[str, Any]) -> AnyResponse:
    place = link("site", layer=values["layer"], site_id=values["site"], reported=values["seen"], _anchor="report")
    answer = redirect(place, HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _summary(values: dict[str, Any], outcome: Outcome) -> AnyResponse:
    # Not those of this request: they are of before the report.
    told = _board().summaries(seoul_now()).get(values["site"], ReportSummary())
    summary = {
        "closed_count": told.closed_count,
        "last_closed_at": told.last_closed_at,
        "last_open_at": told.last_open_at,
        "last_check_at": told.last_check_at,
        "needs_check": told.needs_check,
    }
    answer = Response(orjson.dumps({**values, "outcome": outcome, "reports": summary}), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
