"""What OpenAPI says of the answers: each status that is really sent, its headers and its forms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from geo_app.web.coverage import GEOJSON
from geo_app.web.open_doors import FILE, PAGE, PROBLEM, Door
from geo_app.web.parameters import Parameter

Document = dict[str, Any]
_PLAIN: Final = "text/plain"
# Headers by name: what they hold, and whether each answer that names them has them.
_HEADERS: Final[Mapping[str, Document]] = {
    "ETag": {"required": True, "schema": {"type": "string", "pattern": '^(W/)?"[^"]+"$'}, "description": "of these very bytes"},
    "X-Revision": {"required": True, "schema": {"type": "integer", "minimum": 0}, "description": "the revision of the data it was made of"},
    "Cache-Control": {"schema": {"type": "string"}, "description": "how long it may be kept; mostly: ask again, with the ETag"},
    "Content-Disposition": {"required": True, "schema": {"type": "string"}, "description": "a name for the file"},
    "Access-Control-Allow-Origin": {"required": True, "schema": {"const": "*"}, "description": "any page may read it"},
    "Content-Range": {"required": True, "schema": {"type": "string"}, "description": "which part of how many bytes"},
    "Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 0}, "description": "seconds"},
    "Allow": {"required": True, "schema": {"type": "string"}, "description": "the methods that are answered"},
    "Location": {"required": True, "schema": {"type": "string"}, "description": "the page that shows it"},
}
HEADERS: Final[Document] = {name: dict(told) for name, told in _HEADERS.items()}
_FAULTS: Final = {
    "400": "Bad parameters, all of them named; or in plain text: this host is not served",
    "403": "Sent by another site's page",
    "404": "Not here",
    "405": "Another method",
    "409": "It does not fit what is there now",
    "412": "The bytes are not those of If-Match",
    "413": "Too large",
    "416": "There is no such part",
    "429": "A limit is reached",
    "500": "A fault of ours",
    "503": "Not ready",
}
_WITH_HEADER: Final = {"405": "Allow", "429": "Retry-After", "503": "Retry-After"}


def door_answers(door: Door) -> Document:
    """The answers of a door to GET by status."""
    headers = [name for name, is_sent in _sent_headers(door).items() if is_sent]
    content = {media: {"schema": answer_schema(_schema_name(door, media))} for media in door.media}
    answers: Document = {"200": {"description": "The answer", "headers": refer_headers(headers), "content": content}}
    if door.is_ranged:
        part = refer_headers([*headers, "Content-Range"])
        answers["206"] = {**answers["200"], "description": "The part asked for (Range)", "headers": part}
    if door.is_tagged:
        answers["304"] = {"description": "The asker has it (If-None-Match)", "headers": refer_headers(["ETag"])}
    if door.is_matching:
        answers["412"] = {"description": _FAULTS["412"]}
    return {**answers, **faults(_fault_statuses(door), door.faults, {"404": door.missing})}


def faults(statuses: Iterable[str], media: Sequence[str] = (PROBLEM,), told: Mapping[str, str] | None = None) -> Document:
    """Errors by status; `told` says more exactly what one means here."""
    return {status: _fault(status, media, (told or {}).get(status, "")) for status in statuses}


def answer_schema(name: str | None) -> Document:
    """Any object, or the schema of that name."""
    return {"type": "object"} if name is None else {"$ref": f"#/components/schemas/{name}"}


def refer_headers(names: Iterable[str]) -> Document:
    """Headers by reference."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def query_parameter(item: Parameter) -> Document:
    """A parameter in a query. One that may be left out may also be left empty, as forms send it."""
    shown: Document = {"name": item.name, "in": "query", "required": item.is_required, "description": item.description}
    shown["schema"] = described(item)
    if not item.is_required:
        shown["allowEmptyValue"] = True
    return {**shown, **({"example": item.example} if item.example is not None else {})}


def described(item: Parameter) -> Document:
    """The schema of a parameter's value with its default."""
    schema = dict(item.schema)
    if item.default not in (None, (), ""):
        schema["default"] = ",".join(item.default) if isinstance(item.default, tuple) else item.default
    return schema


def form_schema(table: Sequence[Parameter]) -> Document:
    """The same parameters as the fields of a form: what may be left out may be sent empty."""
    return _object(table, {item.name: described(item) if item.is_required else _or(described(item), {"const": ""}) for item in table})


def json_schema(table: Sequence[Parameter], nested: Sequence[Parameter] = ()) -> Document:
    """The same as members of a JSON object, numbers also as their texts; those of `nested` may stand in a member `parameters`."""
    told = _object(table, {item.name: _member(item) for item in table})
    if nested:
        told["properties"]["parameters"] = _object(nested, {item.name: _member(item) for item in nested})
    return told


def _object(table: Sequence[Parameter], fields: Mapping[str, Document]) -> Document:
    told = {item.name: {**fields[item.name], "description": item.description} for item in table}
    needed = [item.name for item in table if item.is_required]
    return {"type": "object", "properties": told, "additionalProperties": False, **({"required": needed} if needed else {})}


def _member(item: Parameter) -> Document:
    schema, kind = described(item), item.schema.get("type")
    forms: list[Document] = [schema] if item.is_required else [schema, {"const": ""}, {"type": "null"}]
    if kind in ("number", "integer"):
        forms.append({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"})
    elif kind == "boolean":
        forms.append({"enum": ["true", "false"]})
    elif not {"enum", "pattern"} & set(item.schema):
        forms.append({"type": ["number", "boolean"]})
    return forms[0] if len(forms) == 1 else _or(*forms)


def _or(*forms: Document) -> Document:
    return {"anyOf": [*forms]}


def _schema_name(door: Door, media: str) -> str | None:
    """A file that is GeoJSON is told as such, whatever its other forms are."""
    return "FeatureCollection" if media == GEOJSON and door.schema == FILE else door.schema


def _sent_headers(door: Door) -> dict[str, bool]:
    return {
        "ETag": door.is_tagged,
        "X-Revision": door.is_revised,
        "Content-Disposition": door.is_named,
        "Access-Control-Allow-Origin": door.is_open,
        "Cache-Control": True,
    }


def _fault_statuses(door: Door) -> list[str]:
    told = {"400": True, "404": bool(door.missing), "409": door.asks_coverage, "416": door.is_ranged}
    return [*(status for status, is_sent in told.items() if is_sent), "405", "500", "503"]


def _fault(status: str, media: Sequence[str], said: str) -> Document:
    schemas = {PROBLEM: {"$ref": "#/components/schemas/Problem"}, PAGE: {"type": "string"}, _PLAIN: {"type": "string"}}
    kinds = [*media, _PLAIN] if status == "400" else media
    answer: Document = {"description": said or _FAULTS[status], "content": {kind: {"schema": schemas[kind]} for kind in kinds}}
    header = _WITH_HEADER.get(status)
    return {**answer, "headers": refer_headers([header])} if header else answer
