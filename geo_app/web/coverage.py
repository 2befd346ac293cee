"""The machine doors of coverage: `/api/coverage` and what hangs on it. The same revision and parameters give the same bytes."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from geo_app import __version__
from geo_app.exports.answer_json import AnswerHead, json_bytes
from geo_app.exports.coverage_json import (
    areas_document,
    cells_document,
    coverage_document,
    gaps_document,
    hosts_document,
    values_document,
    week_document,
)
from geo_app.planning.gaps import GapCause
from geo_app.planning.reach_areas import list_reach_areas
from geo_app.planning.world import get_world
from geo_app.web.coding import best_coding
from geo_app.web.coverage_answers import get_answers
from geo_app.web.coverage_parameters import QUESTION, SITE_ID, Asked, read_question, read_site_id
from geo_app.web.parameters import Parameter, choice, integer
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, get_words

blueprint = Blueprint("coverage", __name__, url_prefix="/api/coverage")
DEFAULT_WORKERS, MOST_WORKERS = 1_000, 1_000_000
DEFAULT_GAPS, MOST_GAPS = 20, 200
GEOJSON, JSON = "application/geo+json", "application/json"
_ASKED_AGAIN = "public, max-age=0, must-revalidate"

LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of names", default=DEFAULT_LANGUAGE)
WORKERS = Parameter(
    "workers",
    integer(0, MOST_WORKERS),
    {"type": "integer", "minimum": 0, "maximum": MOST_WORKERS},
    "only complexes with at least so many workers",
    default=DEFAULT_WORKERS,
)
MOST = Parameter(
    "most", integer(1, MOST_GAPS), {"type": "integer", "minimum": 1, "maximum": MOST_GAPS}, "at most so many gaps", default=DEFAULT_GAPS
)
CAUSE = Parameter(
    "cause",
    choice([*GapCause]),
    {"type": "string", "enum": [*GapCause]},
    "only gaps with no place near enough (far) or with shut doors (shut)",
)
SITE = Parameter("site", read_site_id, {"type": "string", "pattern": f"^{SITE_ID}$"}, "only the area of this place, usable or not")
GAPS = (*QUESTION, MOST, CAUSE, LANG)
HOSTS = (*QUESTION, WORKERS)
AREAS = (*QUESTION, SITE)


@blueprint.get("")
def coverage() -> Response:
    """Who is served at one slice: in all, by dong, complex, job and group."""
    asked = read_question(request.args)
    return _send(asked, "coverage", lambda: coverage_document(_head(asked), get_answers().coverage(asked)))


@blueprint.get("/cells.geojson")
def cells() -> Response:
    """The same by cell of the national grid."""
    asked = read_question(request.args)
    grid = get_world(asked.snapshot).cells
    return _send(asked, "cells", lambda: cells_document(_head(asked), get_answers().coverage(asked), grid), content_type=GEOJSON)


@blueprint.get("/values")
def values() -> Response:
    """The values of the cells alone, for a page that has drawn them already."""
    asked = read_question(request.args)
    return _send(asked, "values", lambda: values_document(_head(asked), get_answers().coverage(asked)))


@blueprint.get("/week")
def week() -> Response:
    """The 168 hours of the week."""
    asked = read_question(request.args)
    return _send(asked, "week", lambda: week_document(_head(asked), get_answers().week(asked)))


@blueprint.get("/gaps")
def gaps() -> Response:
    """Where and in which hours of the week nobody is served, named and ranked."""
    asked = read_question(request.args, (MOST, CAUSE, LANG))
    grid, words = get_world(asked.snapshot).cells, get_words(asked.further["lang"])
    most, cause = asked.further["most"], asked.further["cause"]

    def make() -> Mapping[str, Any]:
        return gaps_document(_head(asked), get_answers().gaps(asked, most, cause), grid, words)

    return _send(asked, ("gaps", most, cause, words.lang), make)


@blueprint.get("/hosts")
def hosts() -> Response:
    """Which complex is not served at that hour, and who there could host a place."""
    asked = read_question(request.args, (WORKERS,))
    workers = asked.further["workers"]
    return _send(asked, ("hosts", workers), lambda: hosts_document(_head(asked), get_answers().hosts(asked, workers), workers))


@blueprint.get("/areas.geojson")
def areas() -> Response:
    """From where each place that is usable at that hour is reached in time."""
    asked = read_question(request.args, (SITE,))
    world, site_id = get_world(asked.snapshot), asked.further["site"]

    def make() -> Mapping[str, Any]:
        return areas_document(_head(asked), list_reach_areas(world, asked.question, asked.edits, site_id=site_id))

    return _send(asked, ("areas", site_id), make, content_type=GEOJSON)


def _head(asked: Asked) -> AnswerHead:
    return AnswerHead(asked.snapshot.number, asked.question, asked.edits, __version__, request.script_root, asked.notes)


def _send(asked: Asked, key: Hashable, make: Callable[[], Mapping[str, Any]], *, content_type: str = JSON) -> Response:
    """The bytes in the best coding the asker accepts, or 304 when she has them."""
    coding = best_coding()
    ready = get_answers().ready(asked, (key, request.script_root, asked.notes), coding, lambda: json_bytes(make()))
    headers = [
        ("ETag", ready.etag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", _ASKED_AGAIN),
        ("X-Revision", str(asked.snapshot.number)),
        ("Access-Control-Allow-Origin", "*"),
    ]
    known = request.environ.get("HTTP_IF_NONE_MATCH", "")
    if ready.etag in known or known.strip() == "*":
        return Response(status=304, headers=headers)
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    return Response(ready.data, headers=headers, content_type=content_type)
