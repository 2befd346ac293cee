"""What the answers of the machine doors hold, as JSON Schema for `/api/openapi.json`."""

from typing import Any

_TIME = {
    "type": ["string", "null"],
    "pattern": r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\+09:00$",
    "description": "ISO 8601 to the minute, of Seoul",
}
_FLAG = {"type": ["boolean", "null"]}
NEAREST_PROPERTIES: dict[str, Any] = {
    "distance_m": {
        "type": "number",
        "description": "geodesic metres to the point; `order=distance` sorts by it, also where `radius_m` > 0",
    },
    "distance_kind": {"const": "geodesic"},
    "radius_m": {
        "type": "integer",
        "description": "0: the point is the place. Else it is known only to its dong or complex and may lie so far from the point",
    },
    "travel_min": {"type": "number", "description": "an estimate; of a place with a radius to its far end"},
    "travel_kind": {"const": "estimate"},
    "arrives_at": {"type": "string", "format": "date-time", "description": "the whole minute by which one is there"},
    "is_open": {**_FLAG, "description": "by the published hours; null: not known"},
    "is_open_on_arrival": {**_FLAG, "description": "by the published hours; null: not known"},
    "open_left_min": {"type": ["integer", "null"], "description": "minutes left on arrival; null: not open, or no end is known"},
    "closes_at": _TIME,
    "opens_at": _TIME,
    "is_doubtful": {
        **_FLAG,
        "description": "true: an open door may not be promised (stale hours, two reports of a closed door, or nobody said how one gets in)",
    },
    "is_stale": {**_FLAG, "description": "true: nobody vouched for the hours in the last 180 days; null: a layer without hours"},
    "hours_checked_on": {"type": ["string", "null"], "format": "date", "description": "the last day anybody vouched for the hours"},
    "closed_reports": {"type": "integer", "description": "riders who found it closed in the last 24 hours"},
}
STATES: dict[str, Any] = {
    "type": "object",
    "required": ["at", "is_now", "revision", "layer", "states"],
    "properties": {
        "at": {"type": "string", "format": "date-time"},
        "is_now": {"type": "boolean"},
        "revision": {"type": "integer"},
        "layer": {"type": "string"},
        "states": {
            "type": "object",
            "description": "by id: the state, when it changes (local time of Seoul), what it then becomes, and the doubt of an open door: "
            "days since anybody vouched for its hours or `never` where it may not be promised, else null",
            "additionalProperties": {
                "type": "array",
                "minItems": 4,
                "maxItems": 4,
                "items": {"type": ["string", "integer", "null"]},
            },
        },
    },
}
REVISION: dict[str, Any] = {
    "type": "object",
    "required": ["revision", "made_at", "layers"],
    "properties": {
        "revision": {"type": "integer", "minimum": 1},
        "made_at": {"type": "string", "format": "date-time"},
        "layers": {"type": "object", "description": "by name", "additionalProperties": {"type": "integer", "minimum": 0}},
    },
}
LATIN_NAMES: dict[str, Any] = {
    "type": "object",
    "required": ["revision", "layer", "names"],
    "properties": {
        "revision": {"type": "integer"},
        "layer": {"type": "string"},
        "names": {"type": "object", "description": "by id, Revised Romanization", "additionalProperties": {"type": "string"}},
    },
}


def collection(feature_properties: dict[str, Any] | None = None) -> dict[str, Any]:
    """A GeoJSON FeatureCollection whose features have these properties beside the published ones."""
    feature: dict[str, Any] = {"type": "object"}
    if feature_properties is not None:
        told = {"type": "object", "required": sorted(feature_properties), "properties": feature_properties}
        feature |= {"required": ["properties"], "properties": {"properties": told}}
    return {
        "type": "object",
        "description": "RFC 7946",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "revision": {"type": "integer"},
            "features": {"type": "array", "items": feature},
        },
    }
