"""`/api/openapi.json`, made from the same parameter tables that read requests, and `/api/`, the same for people."""

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Blueprint, Response, render_template, request

from geo_app import __version__
from geo_app.domain.layers import LAYERS
from geo_app.exports.exporting import FORMATS
from geo_app.web.api import NEAREST, SITES, STATES
from geo_app.web.coding import compress_page
from geo_app.web.coverage import AREAS, GAPS, GEOJSON, HOSTS, JSON
from geo_app.web.coverage_parameters import QUESTION
from geo_app.web.coverage_schemas import AREAS as AREAS_SCHEMA
from geo_app.web.coverage_schemas import CELLS as CELLS_SCHEMA
from geo_app.web.coverage_schemas import COVERAGE, VALUES, WEEK
from geo_app.web.coverage_schemas import GAPS as GAPS_SCHEMA
from geo_app.web.coverage_schemas import HOSTS as HOSTS_SCHEMA
from geo_app.web.house import public_link, words_of_reader
from geo_app.web.kept_operations import kept_paths
from geo_app.web.latin import LATIN
from geo_app.web.parameters import Parameter, read_parameters
from geo_app.web.plan_files import FURTHER, TABLES
from geo_app.web.reports import REPORT
from geo_app.web.schemas import LATIN_NAMES, NEAREST_PROPERTIES, collection
from geo_app.web.schemas import STATES as STATES_SCHEMA
from geo_app.wording.catalogue import SOURCE_LANGUAGE, get_words
from geo_app.wording.report_terms import report_limits

blueprint = Blueprint("openapi", __name__)
DOORS: tuple[tuple[str, str, tuple[Parameter, ...], str], ...] = (
    (
        "/api/nearest",
        "The nearest places of a layer, in order, with geodesic metres and whether the door is open on arrival",
        NEAREST,
        "application/geo+json",
    ),
    ("/api/sites", "Places in a window, in an area, by a word; paged", SITES, "application/geo+json"),
    ("/api/states", "Open, closed or unknown for each place of a layer at one time", STATES, "application/json"),
    ("/api/latin", "The names of a layer in Latin letters", LATIN, "application/json"),
    ("/api/revision", "The revision's number and the last one that touched each layer", (), "application/json"),
    (
        "/api/coverage",
        "Who is served within the minutes at one time, really and nominally: in all, by dong, complex, job and group; with ETag",
        QUESTION,
        JSON,
    ),
    ("/api/coverage/cells.geojson", "The same by cell of the national 250 m grid (RFC 7946)", QUESTION, GEOJSON),
    ("/api/coverage/values", "The values of the cells alone, in the order of cells.geojson, for a slider", QUESTION, JSON),
    ("/api/coverage/week", "The 168 hours of the week that holds the time, from Monday 00:00", QUESTION, JSON),
    (
        "/api/coverage/gaps",
        "Where and when in the week nobody is served, and why: named, outlined, ranked by people times hours among all of the week",
        GAPS,
        JSON,
    ),
    ("/api/coverage/hosts", "Complexes that are not wholly served at that time, and who there could host a place", HOSTS, JSON),
    ("/api/coverage/areas.geojson", "From where each place that is usable at that time is reached within the minutes", AREAS, GEOJSON),
    (
        "/api/wishes",
        "How many people wished for a shelter, by place and hour: an opinion, small numbers untold, in no figure of demand",
        (),
        "application/json",
    ),
    (
        "/shelters.bundle.json",
        "What a phone needs to rank shelters by itself for two weeks: places, ready opening times, holidays; with ETag",
        (),
        "application/json",
    ),
)
COVERAGE_DOOR = "/api/coverage"
REPORTS_DOOR = "/reports"
REPORTS_SUMMARY = "A rider's report of a door, open or closed; only from our own pages or from programs, by POST"
FILES_DOOR = "/plan/{table}.{ext}"
FILES_SUMMARY = "A table of the planner as a file, asked with the parameters of coverage"
LAYER_DOOR = "/layers/{layer}.geojson"
LAYER_SUMMARY = "A whole public layer (RFC 7946), with ETag"


@blueprint.get("/api/openapi.json")
def document() -> Response:
    """OpenAPI 3.1."""
    read_parameters((), request.args)
    answer = Response(orjson.dumps(_document(), option=orjson.OPT_INDENT_2), mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, max-age=300"
    return compress_page(answer)


@blueprint.get("/api/")
def documentation() -> Response:
    """The machine doors in words."""
    doors = [(path, summary, _own_parameters(path, table), _example(path, table)) for path, summary, table, _ in DOORS]
    told = {"doors": doors, "layer_door": LAYER_DOOR, "reports_door": _reports_door(), "coverage_door": COVERAGE_DOOR}
    files = {"files_door": FILES_DOOR, "files_summary": FILES_SUMMARY}
    return compress_page(Response(render_template("web/api.html", page="api", is_now=True, **told, **files), mimetype="text/html"))


def _own_parameters(path: str, table: Sequence[Parameter]) -> Sequence[Parameter]:
    """What a door takes beside the question of coverage, which is told once, at the door that all of it is asked of."""
    is_further = path.startswith(f"{COVERAGE_DOOR}/")
    return [item for item in table if item not in QUESTION] if is_further else table


def _document() -> dict[str, Any]:
    paths = {path: _operations(path, summary, table, media) for path, summary, table, media in DOORS}
    layer = {"name": "layer", "in": "path", "required": True, "schema": {"type": "string", "enum": [*LAYERS]}}
    answers = {
        **_answers("application/geo+json"),
        "304": {"description": "The asker has it (If-None-Match)"},
        "404": _problem_answer("No such layer"),
    }
    paths[FILES_DOOR] = {"get": _files_operation()}
    paths[REPORTS_DOOR] = {"post": _report_operation()}
    paths.update(kept_paths({"content": _problem_answer("")["content"]}))
    paths[LAYER_DOOR] = {"get": {"operationId": "layer", "summary": LAYER_SUMMARY, "parameters": [layer], "responses": answers}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gwangsan Work & Shelter Map",
            "version": __version__,
            "summary": "Places of work and rest of a district, told true",
        },
        "servers": [{"url": public_link("pages.finder").rstrip("/")}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }


def _operations(path: str, summary: str, table: Sequence[Parameter], media: str) -> dict[str, Any]:
    name = path.removeprefix("/api/").strip("/").replace("/", "-")
    operation = {
        "operationId": name,
        "summary": summary,
        "parameters": [_query(item) for item in table],
        "responses": _answers(media, path),
    }
    if path != "/api/nearest":
        return {"get": operation}
    form = {
        "type": "object",
        "properties": {item.name: dict(item.schema) for item in table},
        "required": [item.name for item in table if item.is_required],
    }
    body = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
    posted = {"operationId": f"{name}-post", "summary": summary, "requestBody": body, "responses": _answers(media, path)}
    return {"get": operation, "post": posted}


def _files_operation() -> dict[str, Any]:
    named = {"table": [*TABLES], "ext": [*FORMATS]}
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": values}} for name, values in named.items()
    ]
    content = {item.media_type: {"schema": {"type": "string", "format": "binary"}} for item in FORMATS.values()}
    answers = {**_answers(JSON), "200": {"description": "The file", "content": content}, "404": _problem_answer("No such table")}
    parameters = [*places, *(_query(item) for item in (*QUESTION, *FURTHER))]
    return {"operationId": "plan-file", "summary": FILES_SUMMARY, "parameters": parameters, "responses": answers}


def _report_operation() -> dict[str, Any]:
    fields = {item.name: {**item.schema, "description": item.description} for item in REPORT}
    form = {"type": "object", "properties": fields, "required": [item.name for item in REPORT if item.is_required]}
    media = ("application/x-www-form-urlencoded", "application/json")
    answers = {
        "200": {"description": "Its summary, to who asks for JSON", "content": {"application/json": {"schema": {"type": "object"}}}},
        "303": {"description": "The page of the place"},
        "400": _problem_answer("Bad fields, all of them named"),
        "403": _problem_answer("Sent by another site's page"),
        "404": _problem_answer("No such place"),
        "409": _problem_answer("The place has closed for good"),
        "429": {**_problem_answer("A limit is reached"), "headers": {"Retry-After": {"schema": {"type": "integer"}}}},
        "503": _problem_answer("Not ready"),
    }
    return {
        "operationId": "report",
        "summary": REPORTS_SUMMARY,
        "description": report_limits(get_words(SOURCE_LANGUAGE)),
        "requestBody": {"required": True, "content": {name: {"schema": form} for name in media}},
        "responses": answers,
    }


def _reports_door() -> dict[str, Any]:
    """For people: without a place's id in the example, since who tries it would report a real door."""
    address = public_link("pages.finder").rstrip("/") + REPORTS_DOOR
    example = f"curl -H 'Accept: application/json' -d site=… -d seen=open '{address}'"
    return {
        "path": REPORTS_DOOR,
        "summary": REPORTS_SUMMARY,
        "table": REPORT,
        "limits": report_limits(words_of_reader()),
        "example": example,
    }


def _query(item: Parameter) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": item.name,
        "in": "query",
        "required": item.is_required,
        "description": item.description,
        "schema": dict(item.schema),
    }
    if item.default not in (None, (), ""):
        shown["schema"]["default"] = ",".join(item.default) if isinstance(item.default, tuple) else item.default
    return {**shown, **({"example": item.example} if item.example is not None else {})}


def _answers(media: str, path: str = "") -> dict[str, Any]:
    name = _ANSWERS.get(path, "FeatureCollection" if media == "application/geo+json" else None)
    schema: dict[str, Any] = {"type": "object"} if name is None else {"$ref": f"#/components/schemas/{name}"}
    return {
        "200": {"description": "The answer", "content": {media: {"schema": schema}}},
        "400": _problem_answer("Bad parameters, all of them named"),
        "503": _problem_answer("Not ready"),
    }


def _problem_answer(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _example(path: str, table: Sequence[Parameter]) -> str:
    query = "&".join(f"{item.name}={item.example}" for item in table if item.example is not None)
    return public_link("pages.finder").rstrip("/") + path + (f"?{query}" if query else "")


_PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}
# Answers by their schema's name; whatever is not here is a plain collection or object.
_ANSWERS = {
    "/api/nearest": "Nearest",
    "/api/states": "States",
    "/api/latin": "LatinNames",
    COVERAGE_DOOR: "Coverage",
    **{f"{COVERAGE_DOOR}/{name}.geojson": f"Coverage{name.title()}" for name in ("cells", "areas")},
    **{f"{COVERAGE_DOOR}/{name}": f"Coverage{name.title()}" for name in ("values", "week", "gaps", "hosts")},
}
_SCHEMAS = {
    "Problem": _PROBLEM_SCHEMA,
    "FeatureCollection": collection(),
    "Nearest": collection(NEAREST_PROPERTIES),
    "States": STATES_SCHEMA,
    "LatinNames": LATIN_NAMES,
    "Coverage": COVERAGE,
    "CoverageCells": CELLS_SCHEMA,
    "CoverageValues": VALUES,
    "CoverageWeek": WEEK,
    "CoverageGaps": GAPS_SCHEMA,
    "CoverageHosts": HOSTS_SCHEMA,
    "CoverageAreas": AREAS_SCHEMA,
}
