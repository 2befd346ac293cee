"""The published form of a site: one GeoJSON feature with flat properties."""

from typing import Any

from geo_app.domain.provenance import Precision, Visibility
from geo_app.domain.record import Record

PUBLISHED_PROVENANCE = ("source", "source_key", "source_url", "as_of", "checked_on", "licence")


def is_published(record: Record) -> bool:
    """True when the public may see the record itself; a `counted` one is only counted, an `internal` one neither."""
    return bool(record["visibility"] == Visibility.PUBLIC.value)


def published_feature(record: Record, *, dong: str | None, as_of_year: int, aged_after_years: int) -> dict[str, Any]:
    """A stored record as a feature: absent values left out, the layer's own fields flat beside the common ones.

    A record of precision `none` has a null geometry: it is listed, never a pin. `dong` is the administrative dong it lies in.
    """
    properties: dict[str, Any] = {
        "name": record["name"],
        "kind": record.get("kind"),
        "status": record["status"],
        "precision": record["precision"],
        "address": record.get("address"),
        "dong": dong,
        "hours": record.get("hours"),
        "closures": record.get("closures"),
        "dated_hours": record.get("dated_hours"),
        **record.get("attributes", {}),
        **{name: record["provenance"].get(name) for name in PUBLISHED_PROVENANCE},
    }
    if record["layer"] == "industrial-complexes" and (year := properties.get("completed_year")) is not None:
        properties["aged"] = year + aged_after_years <= as_of_year
    return {
        "type": "Feature",
        "id": record["id"],
        "geometry": None if record["precision"] == Precision.NONE.value else record.get("geometry"),
        "properties": {name: value for name, value in properties.items() if value is not None},
    }
