"""`/api/openapi.json`, made from the same parameter tables that read requests, and `/api/`, the same for people."""

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Blueprint, Response, render_template, request

from geo_app import __version__
from geo_app.domain.layers import LAYERS
from geo_app.web.api import NEAREST, SITES, STATES
from geo_app.web.coding import compress_page
from geo_app.web.house import public_link
from geo_app.web.parameters import Parameter, read_parameters

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
    ("/api/revision", "The revision's number and the last one that touched each layer", (), "application/json"),
)
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
    doors = [(path, summary, table, _example(path, table)) for path, summary, table, _ in DOORS]
    return compress_page(
        Response(render_template("web/api.html", page="api", doors=doors, layer_door=LAYER_DOOR, is_now=True), mimetype="text/html")
    )


def _document() -> dict[str, Any]:
    paths = {path: _operations(path, summary, table, media) for path, summary, table, media in DOORS}
    layer = {"name": "layer", "in": "path", "required": True, "schema": {"type": "string", "enum": [*LAYERS]}}
    answers = {
        **_answers("application/geo+json"),
        "304": {"description": "The asker has it (If-None-Match)"},
        "404": _problem_answer("No such layer"),
    }
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
        "components": {"schemas": {"Problem": _PROBLEM_SCHEMA, "FeatureCollection": _COLLECTION_SCHEMA}},
    }


def _operations(path: str, summary: str, table: Sequence[Parameter], media: str) -> dict[str, Any]:
    name = path.rsplit("/", 1)[-1]
    operation = {"operationId": name, "summary": summary, "parameters": [_query(item) for item in table], "responses": _answers(media)}
    if path != "/api/nearest":
        return {"get": operation}
    form = {
        "type": "object",
        "properties": {item.name: dict(item.schema) for item in table},
        "required": [item.name for item in table if item.is_required],
    }
    body = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}
    posted = {"operationId": f"{name}-post", "summary": summary, "requestBody": body, "responses": _answers(media)}
    return {"get": operation, "post": posted}


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


def _answers(media: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": "#/components/schemas/FeatureCollection"} if media == "application/geo+json" else {"type": "object"}
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
_COLLECTION_SCHEMA = {
    "type": "object",
    "description": "RFC 7946",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "revision": {"type": "integer"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
