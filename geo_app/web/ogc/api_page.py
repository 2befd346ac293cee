"""The OpenAPI document told to people: each door with its parameters, the doors of a collection under its name."""

from dataclasses import dataclass
from typing import Any

EXAMPLES = (
    "/collections/shelters/items?bbox=126.75,35.1,126.85,35.2&limit=50",
    "/collections/shelters/items?kind=cafe&sortby=-checked_on",
    "/collections/shelters/items?crs=http://www.opengis.net/def/crs/EPSG/0/5186",
    "/collections/shelters/items?filter=kind%20IN%20('cafe','public')%20AND%20A_CONTAINS(amenities,('toilet'))",
    "/collections/coverage-cells/items?filter=hours_served%3C84&sortby=-people_hours",
)


@dataclass(frozen=True, slots=True)
class DoorShown:
    """One door: its path, what it answers, and rows (name, meaning, what it may hold)."""

    path: str
    summary: str
    parameters: tuple[tuple[str, str, str], ...]


def api_page(document: dict[str, Any]) -> dict[str, Any]:
    """What the page shows: groups (title, doors), and the parameters that many doors share, once."""
    base = document["servers"][0]["url"]
    shared = document["components"]["parameters"]
    groups = [
        (tag["description"], [_door(path, item["get"]) for path, item in document["paths"].items() if item["get"]["tags"] == [tag["name"]]])
        for tag in document["tags"]
    ]
    return {
        "groups": groups,
        "shared": [_row(item) for item in shared.values()],
        "base": base,
        "examples": [base + path for path in EXAMPLES],
    }


def _door(path: str, operation: dict[str, Any]) -> DoorShown:
    own = [item for item in operation["parameters"] if "$ref" not in item and item["in"] == "query"]
    return DoorShown(path, operation["summary"], tuple(_row(item) for item in own))


def _row(item: dict[str, Any]) -> tuple[str, str, str]:
    schema = item["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    # Signs before names are told by the description; each name stands once.
    named = [str(value) for value in values if not str(value).startswith(("-", "+"))]
    return item["name"], item["description"], " · ".join(named) or schema.get("format") or schema["type"]
