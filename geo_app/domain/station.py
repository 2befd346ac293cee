"""Railway and metro stations of the district: landmarks that people start from, as a dated, sourced document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from geo_app.domain.errors import BadRecord


@dataclass(frozen=True, slots=True)
class Station:
    """One station in EPSG:4326; `latin` is the operator's own spelling, `source_url` says who states the coordinates, `as_of` when seen."""

    id: str
    name: str
    latin: str
    lon: float
    lat: float
    source_url: str
    as_of: date


def load_stations(record: Sequence[Mapping[str, Any]] | None) -> tuple[Station, ...]:
    """The stations that a stored document tells, by id; none where the district has no such document. Raises `BadRecord`."""
    stations = sorted((_load_station(item) for item in record or ()), key=lambda station: station.id)
    for before, after in pairwise(stations):
        if before.id == after.id:
            raise BadRecord(id=after.id, field="id", reason="twice")
    return tuple(stations)


def _load_station(item: Mapping[str, Any]) -> Station:
    try:
        station = Station(
            id=str(item["id"]),
            name=str(item["name"]),
            latin=str(item["latin"]),
            lon=float(item["lon"]),
            lat=float(item["lat"]),
            source_url=str(item["source_url"]),
            as_of=date.fromisoformat(item["as_of"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        shown = str(item.get("id", "")) if isinstance(item, Mapping) else ""
        raise BadRecord(id=shown, field=str(fault.args[0]) if isinstance(fault, KeyError) else "station", reason=str(fault)) from fault
    # NaN fails both comparisons.
    if not (station.id.startswith("st-") and abs(station.lon) <= 180 and abs(station.lat) <= 90):  # noqa: PLR2004 degrees of the globe
        raise BadRecord(id=station.id, field="id, lon, lat", reason="not st-… on the globe")
    return station
