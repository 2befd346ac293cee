"""The parameters of a question about features: the same table reads it, documents it and names every bad one at once."""

from collections.abc import Sequence
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from geo_app.domain.problem import Problem
from geo_app.finder.items import ItemField
from geo_app.web.ogc.fields import Schema, plain_fields, property_names, queryable_fields, sortable_fields
from geo_app.web.ogc.media import COMMON
from geo_app.web.ogc.readers import (
    DEFAULT_LIMIT,
    FARTHEST_PLACE,
    FILTER_CHARACTERS,
    MAX_LIMIT,
    MAX_OFFSET,
    corners,
    count,
    filter_text,
    order_by,
    some_of,
    times,
)
from geo_app.web.ogc.systems import CRS84, URIS, system_of
from geo_app.web.parameters import (
    DAY_SCHEMA,
    INSTANT_SCHEMA,
    INTERVAL_SCHEMA,
    TEXT_SCHEMA,
    BadParameters,
    Parameter,
    Reader,
    Unreadable,
    choice,
    collect_parameters,
    flag,
    integer,
    number,
    parameter_problem,
    short_text,
)

TEXT, JSON = "cql2-text", "cql2-json"
_URI: Final[dict[str, Any]] = {"type": "string", "format": "uri", "enum": [*URIS]}
_BOX: Final[dict[str, Any]] = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number", "minimum": -FARTHEST_PLACE, "maximum": FARTHEST_PLACE},
}
_FARTHEST: Final = 2**53
CRS = Parameter("crs", system_of, _URI, "coordinate system of the answer, by its URI", default=CRS84)
_FIRST = (
    *COMMON,
    Parameter("bbox", corners, _BOX, "a box that features with a place must touch; longitude first, or the order of axes of bbox-crs"),
    Parameter("bbox-crs", system_of, _URI, "coordinate system of bbox, by its URI", default=CRS84),
    CRS,
    Parameter("datetime", times, INTERVAL_SCHEMA, "an instant or an interval (RFC 3339) that the date of a dated feature must lie in"),
    Parameter(
        "limit",
        count,
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        "how many features at most; more than the maximum means the maximum",
        default=DEFAULT_LIMIT,
    ),
    Parameter(
        "offset", integer(0, MAX_OFFSET), {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET}, "features to pass over", default=0
    ),
)
_FILTERS = (
    Parameter("filter", filter_text, {"type": "string", "minLength": 1, "maxLength": FILTER_CHARACTERS}, "a condition in CQL2"),
    Parameter("filter-lang", choice((TEXT, JSON)), {"type": "string", "enum": [TEXT, JSON]}, "how the filter is written", default=TEXT),
    Parameter("filter-crs", system_of, _URI, "coordinate system of the shapes in the filter, by its URI", default=CRS84),
)
FIXED: Final = (*_FIRST, *_FILTERS)  # the same for every collection
FIXED_NAMES: Final = frozenset(item.name for item in FIXED) | {"sortby", "properties"}
_MOST_WHOLE: Final = 10 ** len(str(_FARTHEST)) - 1
_VALUES: Final[dict[str, Any]] = {
    "date": DAY_SCHEMA,
    "datetime": INSTANT_SCHEMA,
    "string": {**TEXT_SCHEMA, "minLength": 1},
    "integer": {"type": "integer", "minimum": -_MOST_WHOLE, "maximum": _MOST_WHOLE},
    "number": {"type": "number", "minimum": -_FARTHEST, "maximum": _FARTHEST},
}
_kept: dict[str, tuple[Schema, tuple[Parameter, ...], tuple[str, ...]]] = {}


def read_known(table: Sequence[Parameter], given: MultiDict[str, str]) -> dict[str, Any]:
    """Every parameter of the table. Raises `BadParameters` naming all that are unknown, repeated, unreadable or blank."""
    values, problems = collect_known(table, given)
    if problems:
        raise BadParameters(problems)
    return values


def collect_known(table: Sequence[Parameter], given: MultiDict[str, str], blank: str = "") -> tuple[dict[str, Any], list[Problem]]:
    """The same with the problems beside it. A parameter without a value is no value (Part 1, query-param-invalid).

    The one named `blank` may be left so: a form sends what nobody filled in.
    """
    asked = tuple(item for item in table if item.name in given)
    if len(asked) == len(given):  # of the many parameters few are given: only these are read
        values, problems = collect_parameters(asked, given)
        values = {item.name: item.default for item in table} | values
    else:
        values, problems = collect_parameters(table, given)
    if "" in given.values():
        problems += [_blank_problem(item) for item in table if given.get(item.name) == "" and item.name != blank]
    return values, problems


def items_parameters(collection_id: str, schema: Schema) -> tuple[tuple[Parameter, ...], tuple[str, ...]]:
    """The parameters of a collection's features, and the names of those that filter by a field. Kept as long as the schema is."""
    held = _kept.get(collection_id)
    if held is None or held[0] is not schema:
        filters = field_filters(schema)
        held = (schema, (*_FIRST, *_of_fields(schema), *_FILTERS, *filters), tuple(item.name for item in filters))
        _kept[collection_id] = held
    return held[1], held[2]


def field_filters(schema: Schema) -> tuple[Parameter, ...]:
    """A parameter for each field that can be asked for one value; a field named like a parameter is left to the filter."""
    return tuple(
        Parameter(field.name, _value_reader(field), value_schema(field), "only features with this value of the field")
        for field in plain_fields(queryable_fields(schema))
        if field.name not in FIXED_NAMES
    )


def value_schema(field: ItemField) -> dict[str, Any]:
    """What a parameter of that field may hold, as JSON Schema."""
    if field.choices:
        return {"type": "string", "enum": [*field.choices]}
    return dict(_VALUES.get(field.kind, {"type": field.kind}))


def _blank_problem(item: Parameter) -> Problem:
    try:
        item.read("")
    except Unreadable as fault:
        return parameter_problem(fault.code, item.name, value="", **fault.details)
    return parameter_problem("unreadable-parameter", item.name, value="", expected="…")


def _of_fields(schema: Schema) -> tuple[Parameter, ...]:
    sortables = tuple(field.name for field in sortable_fields(schema))
    sorts = {
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"type": "string", "enum": [sign + name for name in sortables for sign in ("", "-", "+")]},
    }
    chosen = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "enum": [*property_names(schema)]}}
    return (
        Parameter("sortby", order_by(sortables), sorts, "fields to sort by; - before a name sorts from the last", default=()),
        Parameter("properties", some_of(property_names(schema)), chosen, "only these properties of each feature"),
    )


def _value_reader(field: ItemField) -> Reader:
    """Checks a value and gives it back as it was written: what it means is the finder's to say."""
    if field.choices:
        return choice(field.choices)
    check = {"integer": _whole, "number": number(-_FARTHEST, _FARTHEST), "boolean": flag, "date": times, "datetime": times}.get(
        field.kind, short_text
    )

    def read(text: str) -> str:
        if (field.kind in ("date", "datetime") and "/" in text) or (field.kind == "date" and len(text) > len("2026-01-13")):
            raise Unreadable("2026-01-13")
        check(text)
        return text

    return read


def _whole(text: str) -> int:
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(_FARTHEST)):
        raise Unreadable("0, 1, -1 …")
    return int(text)
