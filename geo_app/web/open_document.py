"""The OpenAPI 3.1 document of the open doors."""

from typing import Any, Final

from geo_app import __version__
from geo_app.web.coverage_schemas import AREAS, CELLS, COVERAGE, GAPS, HOSTS, VALUES, WEEK
from geo_app.web.departures import find_departure
from geo_app.web.house import public_link
from geo_app.web.kept_operations import kept_paths
from geo_app.web.open_answers import HEADERS, door_answers, faults, form_schema, query_parameter
from geo_app.web.open_doors import DOORS, GROUPS, Door
from geo_app.web.schemas import LATIN_NAMES, NEAREST_PROPERTIES, REVISION, STATES, collection

FORM: Final = "application/x-www-form-urlencoded"
SENT: Final = "What may be sent"
_PATH_WORDS: Final = {"layer": "which layer", "table": "which table", "ext": "form of the file"}


def open_document(*, with_scenarios: bool) -> dict[str, Any]:
    """The whole document; without the doors of scenarios where none are kept."""
    root = public_link("pages.finder").rstrip("/")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gwangsan Work & Shelter Map",
            "version": __version__,
            "summary": "Places of work and rest of a district, told true",
            "description": "Times are Seoul's, places EPSG:4326 with the longitude first. Each data set says its own licence. "
            f"The same layers as OGC API – Features have a document of their own: {root}/ogc/api",
        },
        "externalDocs": {"url": public_link("openapi.documentation"), "description": "The same in words, with examples and promises"},
        "servers": [{"url": root}],
        "tags": [{"name": name, "description": said} for name, said in {**GROUPS, "sent": SENT}.items()],
        "paths": {**{door.path: _operations(door) for door in DOORS}, **kept_paths(with_scenarios=with_scenarios)},
        "components": {"schemas": _SCHEMAS, "headers": HEADERS},
    }


def _operations(door: Door) -> dict[str, Any]:
    name = door.path.strip("/").removeprefix("api/").translate(str.maketrans("/.", "--", "{}"))
    places = [_path_parameter(name, values) for name, values in door.names.items()]
    told: dict[str, Any] = {"operationId": name, "summary": door.summary, "tags": [door.group]}
    if find_departure(door.path):
        told["deprecated"] = True
    answers = door_answers(door)
    operations = {"get": {**told, "parameters": [*places, *map(query_parameter, door.table)], "responses": answers}}
    if door.is_posted:
        body = {"required": True, "content": {FORM: {"schema": form_schema(door.table)}}}
        operations["post"] = {**told, "operationId": f"{name}-post", "requestBody": body, "responses": {**answers, **faults(["413"])}}
    return operations


def _path_parameter(name: str, values: tuple[str, ...]) -> dict[str, Any]:
    schema = {"type": "string", "enum": [*values]}
    return {"name": name, "in": "path", "required": True, "description": _PATH_WORDS[name], "schema": schema}


_PROBLEM_SCHEMA: Final = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "parameter", "message"],
                "properties": {
                    "code": {"type": "string"},
                    "parameter": {"type": ["string", "null"]},
                    "value": {"type": ["string", "null"]},
                    "message": {"type": "string"},
                    "hint": {"type": "string"},
                },
            },
        },
    },
}
_SCHEMAS: Final = {
    "Problem": _PROBLEM_SCHEMA,
    "Text": {"type": "string"},
    "File": {"type": "string", "contentMediaType": "application/octet-stream"},
    "FeatureCollection": collection(),
    "Sites": collection(),
    "Nearest": collection(NEAREST_PROPERTIES),
    "Revision": REVISION,
    "States": STATES,
    "LatinNames": LATIN_NAMES,
    "Coverage": COVERAGE,
    "CoverageCells": CELLS,
    "CoverageValues": VALUES,
    "CoverageWeek": WEEK,
    "CoverageGaps": GAPS,
    "CoverageHosts": HOSTS,
    "CoverageAreas": AREAS,
}
