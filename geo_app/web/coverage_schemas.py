"""What the doors of coverage answer, as JSON Schema for `/api/openapi.json`."""

from typing import Any

from geo_app.exports.coverage_json import NOTE_CODES
from geo_app.planning.gaps import GapCause
from geo_app.web.schemas import collection

_NUMBER = {"type": "number"}
_MAYBE = {"type": ["number", "null"]}
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_FLAG = {"type": "boolean"}
_HOURS_OF_WEEK = 168
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "null: there is no demand to share"}
_NOTES = {"type": "array", "items": {"enum": list(NOTE_CODES)}, "description": "what a reader must know of the figures, as codes"}
_AREA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "key": {**_TEXT, "description": "id of the dong or complex, code of the job, name of the group"},
        "name": _TEXT,
        "scheme": {**_TEXT, "description": "of groups: which division"},
        "unit": {"enum": ["people", "establishments", "index"], "description": "of demand, covered and uncovered"},
        "demand": {**_MAYBE, "description": "in that hour; null: not known"},
        "covered": _MAYBE,
        "uncovered": _MAYBE,
        "share": _SHARE,
        "nominal_share": {**_SHARE, "description": "as if every counted place were always open to everybody"},
        "mean_travel_min": _MAYBE,
        "median_travel_min": _MAYBE,
    },
    "required": ["key", "name", "unit", "demand", "covered", "uncovered", "share", "nominal_share"],
}
_HEAD: dict[str, Any] = {
    "revision": _WHOLE,
    "code_version": _TEXT,
    "at": {"type": "string", "pattern": r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\+09:00$"},
    "day": _TEXT,
    "parameters": {"type": "object", "description": "the whole question, defaults too; a scenario stands as its edits"},
    "permalink": {**_TEXT, "description": "path of the page that shows this answer again"},
}


def _answer(required: dict[str, Any], **further: Any) -> dict[str, Any]:
    return {"type": "object", "required": sorted({*_HEAD, *required}), "properties": {**_HEAD, **required, **further}}


def _list_of(item: dict[str, Any], *, hourly: bool = False) -> dict[str, Any]:
    bounds = {"minItems": _HOURS_OF_WEEK, "maxItems": _HOURS_OF_WEEK} if hourly else {}
    return {"type": "array", "items": item, **bounds}


_UNREACHED = {**_list_of(_TEXT), "description": "ids of counted places that nobody in the district reaches; never among those usable"}
COVERAGE = _answer({
    "demand": {
        "type": "object",
        "properties": {
            "key": _TEXT, "name": _TEXT, "name_en": _TEXT, "unit": {"enum": ["people", "establishments", "index"]},
            "year": {"type": ["integer", "null"]}, "source": _TEXT, "is_assumption": _FLAG, "is_rough": _FLAG, "left_out": _list_of(_TEXT),
        },
    },
    "demand_total": _NUMBER, "covered": _NUMBER, "uncovered": _NUMBER, "share": _SHARE, "nominal_share": _SHARE,
    "by_dong": _list_of(_AREA), "by_complex": _list_of(_AREA), "by_job": _list_of(_AREA), "by_group": _list_of(_AREA),
    "worst_dong": {"anyOf": [_AREA, {"type": "null"}]},
    "sites": {"type": "object", "additionalProperties": _WHOLE},
    "distance_kind": {"enum": ["network", "estimate"], "description": "estimate: straight lines times a factor (추정)"},
    "unreached_sites": _UNREACHED,
    "off_street_share": {**_NUMBER, "description": "share of the squares without a street of that mode within 500 m (0–1)"},
    "notes": _NOTES,
    "cells_url": _TEXT,
})  # fmt: skip
CELLS = collection({
    "code": {**_TEXT, "description": "code of the national 250 m grid"},
    "dong": {**_TEXT, "description": "id of the dong that holds most of it"},
    "dong_name": _TEXT,
    "lon": _NUMBER, "lat": _NUMBER, "weight": _NUMBER, "covered": _FLAG,
    "travel_min": {**_MAYBE, "description": "minutes to the nearest usable place; null: none can be reached"},
    "nth_min": _MAYBE,
})  # fmt: skip
VALUES: dict[str, Any] = {
    "type": "object",
    "required": ["revision", "at", "share", "by_dong", "travel_min", "covered"],
    "properties": {
        "revision": _WHOLE, "at": _TEXT, "share": _SHARE, "nominal_share": _SHARE, "demand_total": _NUMBER, "uncovered": _NUMBER,
        "open_now": _WHOLE, "unknown_hours": _WHOLE, "unreached_sites": _UNREACHED,
        "worst_dong": {"type": ["object", "null"]},
        "by_dong": _list_of(_SHARE), "dong_keys": _list_of(_TEXT), "dong_uncovered": _list_of(_MAYBE),
        "travel_min": {**_list_of(_MAYBE), "description": "in the order of cells.geojson, rounded up to a tenth"},
        "weight": _list_of(_NUMBER),
        "covered": {"type": "string", "pattern": "^[01]*$", "description": "a digit a cell"},
    },
}  # fmt: skip
WEEK = _answer({
    "monday": {"type": "string", "format": "date"},
    "nominal_share": _SHARE,
    "shares": _list_of(_SHARE, hourly=True), "nominal_shares": _list_of(_SHARE, hourly=True),
    "demand": _list_of(_NUMBER, hourly=True), "uncovered": _list_of(_NUMBER, hourly=True), "open_counts": _list_of(_WHOLE, hourly=True),
    "by_dong": {"type": "object", "properties": {"keys": _list_of(_TEXT), "names": _list_of(_TEXT), "shares": _list_of(_list_of(_SHARE))}},
    "notes": _NOTES,
})  # fmt: skip
GAPS = _answer({
    "gaps": _list_of({
        "type": "object",
        "properties": {
            "rank": {**_WHOLE, "description": "among all gaps of the week, of either cause"},
            "cause": {"enum": [*GapCause], "description": "far: no place near enough whatever its hours; shut: the doors are shut then"},
            "name": _TEXT, "when": _TEXT, "place": {"type": "object"}, "spans": _list_of({"type": "object"}),
            "hours": {**_list_of(_WHOLE), "description": "hours of the week, 0 = Monday 00:00"},
            "people": {**_NUMBER, "description": "not served in a mean hour of it, in the demand's unit"},
            "people_hours": {**_NUMBER, "description": "summed over its hours; gaps are ranked by it"},
            "cells": _list_of(_TEXT), "lon": _NUMBER, "lat": _NUMBER, "geometry": {"type": ["object", "null"]},
        },
    }),
    "total": {**_WHOLE, "description": "gaps of the week in all"}, "far_count": _WHOLE, "shut_count": _WHOLE,
    "notes": _NOTES,
})  # fmt: skip
HOSTS = _answer({
    "min_employees": _WHOLE,
    "complexes": _list_of({
        "type": "object",
        "properties": {
            "complex": _TEXT, "name": _TEXT, "employees": _WHOLE, "share": _SHARE, "uncovered": _NUMBER,
            "has_nothing": {**_FLAG, "description": "nowhere in it is anything usable within the minutes"},
            "hosts": _list_of({
                "type": "object",
                "properties": {
                    "layer": _TEXT, "id": _TEXT, "name": _TEXT, "lon": _NUMBER, "lat": _NUMBER,
                    "distance_m": {**_NUMBER, "description": "geodesic metres from the complex, 0 inside"},
                    "gain": {**_NUMBER, "description": "workers it would serve more"},
                },
            }),
        },
    }),
    "notes": _NOTES,
})  # fmt: skip
AREAS = collection({
    "name": _TEXT, "lon": _NUMBER, "lat": _NUMBER, "usable": _FLAG,
    "reached": {**_FLAG, "description": "false: no street of that mode within 500 m of it, or none that leads there"},
})  # fmt: skip
