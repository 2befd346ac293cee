"""The stored form of a site: JSON with sorted keys, so that equal facts have equal bytes and one SHA-256."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any

from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo_app.domain.calendar import AlertKind
from geo_app.domain.errors import BadRecord
from geo_app.domain.provenance import Precision, Provenance, Status, Visibility
from geo_app.domain.site import Closure, DatedHours, HoursStatement, Site, SiteDraft

Record = dict[str, Any]

COORDINATE_DECIMALS = 7  # RFC 7946 §11.2 advises against more than about 7: 1 cm.


def canonical_json(value: object) -> str:
    """Compact JSON with sorted keys and unescaped Hangul. Raises `ValueError` on NaN or infinity."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_text(text: str) -> str:
    """Hex SHA-256 of the UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def draft_record(draft: SiteDraft) -> Record:
    """A draft as plain JSON values, without an id; absent values are left out."""
    provenance = {item.name: _plain(getattr(draft.provenance, item.name)) for item in fields(Provenance)}
    record: Record = {
        "layer": draft.layer,
        "name": draft.name,
        "kind": draft.kind,
        "status": draft.status.value,
        "precision": draft.precision.value,
        "visibility": draft.visibility.value,
        "address": draft.address,
        "geometry": None if draft.geometry is None else _geometry_json(draft.geometry),
        "hours": [_filled(_members(item)) for item in draft.hours],
        "closures": [_filled(_members(item)) for item in draft.closures],
        "dated_hours": [_filled(_members(item)) for item in draft.dated_hours],
        "attributes": _filled(dict(draft.attributes)),
        "provenance": _filled(provenance),
    }
    return {name: value for name, value in record.items() if value not in (None, [], {})}


def site_record(site: Site) -> Record:
    """A site as plain JSON values."""
    return {"id": site.id, **draft_record(site)}


def load_site(record: Mapping[str, Any]) -> Site:
    """The site that a stored record tells. Raises `BadRecord` naming the field."""
    site_id = str(record.get("id", ""))
    try:
        return Site(id=site_id, **_draft_members(record))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise BadRecord(id=site_id, field=_blamed_field(fault), reason=str(fault)) from fault


def load_draft(record: Mapping[str, Any]) -> SiteDraft:
    """The draft that a record without an id tells (the form of the files in `data/`). Raises `BadRecord`."""
    try:
        return SiteDraft(**_draft_members(record))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise BadRecord(id=str(record.get("name", "")), field=_blamed_field(fault), reason=str(fault)) from fault


def load_statement(item: Mapping[str, Any]) -> HoursStatement:
    """What one source says about the hours, from its stored form. Raises `TypeError`, `ValueError`."""
    alert = item.get("alert")
    read = {"as_of": _date_or_none(item.get("as_of")), "alert": None if alert is None else AlertKind(alert)}
    return HoursStatement(**{**item, **read})


def load_closure(item: Mapping[str, Any]) -> Closure:
    """A dated closure from its stored form. Raises `KeyError`, `ValueError`."""
    return Closure(date.fromisoformat(item["first"]), date.fromisoformat(item["last"]), item.get("reason", ""))


def load_dated_hours(item: Mapping[str, Any]) -> DatedHours:
    """Dated hours from their stored form; whether the times can be read is for `hours` to say. Raises `KeyError`, `ValueError`."""
    return DatedHours(date.fromisoformat(item["first"]), date.fromisoformat(item["last"]), str(item["times"]), item.get("reason", ""))


def _draft_members(record: Mapping[str, Any]) -> dict[str, Any]:
    geometry = record.get("geometry")
    provenance = dict(record["provenance"])
    for name in ("as_of", "checked_on"):
        provenance[name] = _date_or_none(provenance.get(name))
    return {
        "layer": record["layer"],
        "name": record["name"],
        "kind": record.get("kind"),
        "status": Status(record.get("status", "reported")),
        "precision": Precision(record.get("precision", "none")),
        "visibility": Visibility(record.get("visibility", "public")),
        "address": record.get("address"),
        "geometry": None if geometry is None else shape(geometry),
        "hours": tuple(load_statement(item) for item in record.get("hours", ())),
        "closures": tuple(load_closure(item) for item in record.get("closures", ())),
        "dated_hours": tuple(load_dated_hours(item) for item in record.get("dated_hours", ())),
        "attributes": MappingProxyType(dict(record.get("attributes", {}))),
        "provenance": Provenance(**provenance),
    }


def _geometry_json(geometry: BaseGeometry) -> dict[str, Any]:
    # A point, by far the commonest, is written without the walk through nested rings.
    if isinstance(geometry, Point):
        return {"type": "Point", "coordinates": [round(geometry.x, COORDINATE_DECIMALS), round(geometry.y, COORDINATE_DECIMALS)]}
    return _rounded(mapping(geometry))


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    if "geometries" in geometry:
        return {"type": geometry["type"], "geometries": [_rounded(part) for part in geometry["geometries"]]}
    return {"type": geometry["type"], "coordinates": _rounded_coordinates(geometry["coordinates"])}


def _rounded_coordinates(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(float(coordinates), COORDINATE_DECIMALS)
    return [_rounded_coordinates(part) for part in coordinates]


def _members(item: HoursStatement | Closure | DatedHours) -> dict[str, Any]:
    return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}


def _plain(value: object) -> object:
    if isinstance(value, AlertKind):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _filled(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", (), [])}


def _date_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _blamed_field(fault: Exception) -> str:
    return str(fault.args[0]) if isinstance(fault, KeyError) and fault.args else "record"
