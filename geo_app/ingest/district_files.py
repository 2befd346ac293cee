"""The district's own folder (`data/<district>/`), read and checked: the district, its first places, its numbered inputs.

Everything here is ours and came with a card; still each record is checked, and a fault names its file and record.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geo_app.domain import district as domain_district
from geo_app.domain.calendar import Calendar
from geo_app.domain.demand import load_curves
from geo_app.domain.district import District
from geo_app.domain.errors import BadRecord
from geo_app.domain.layers import LAYERS, get_layer
from geo_app.domain.record import load_draft
from geo_app.domain.site import SiteDraft
from geo_app.domain.station import load_stations
from geo_app.ingest.district_cards import Card, card_path, list_data_files, read_card
from geo_app.ingest.district_checks import BadDataFile, check_draft

DISTRICT_FILE = "district.toml"
# Area file → (layer, kind, short id of the source, licence).
AREA_FILES = {
    "dongs.geojson": ("dongs", "administrative", "sgis-2020", "KOGL-1"),
    "legal_dongs.geojson": ("legal-dongs", "legal", "ngii-2023-09-15", "NGII-unrestricted"),
}
DOCUMENT_FILES = {
    "indicators": "indicators.json",
    "sectors": "sectors.json",
    "programmes": "programmes.json",
    "calendar": "calendar.json",
    "stations": "stations.json",
    "curves": "curves.json",
}


def load_district(folder: Path) -> District:
    """The district that `district.toml` tells. Raises `BadDataFile`."""
    try:
        return domain_district.load_district(_read_toml(folder / DISTRICT_FILE))
    except (KeyError, TypeError, ValueError) as fault:
        raise BadDataFile(file=DISTRICT_FILE, record="district", field=_blamed(fault), reason=str(fault)) from fault


def load_drafts(folder: Path) -> list[SiteDraft]:
    """All places of the folder, reference areas first, each file in its own order. Raises `BadDataFile`."""
    drafts = [draft for name in AREA_FILES if (folder / name).exists() for draft in _area_drafts(folder / name)]
    for layer in LAYERS:
        path = folder / f"{layer}.json"
        if path.exists():
            drafts += _record_drafts(path, layer)
    _check_keys(drafts)
    return drafts


def load_documents(folder: Path) -> dict[str, Any]:
    """The numbered inputs by name, as JSON values.

    The district, indicators, sectors, programmes, calendar, stations and curves where they lie there, and the sources, from the cards.
    """
    load_district(folder)
    documents = {"district": json.loads(json.dumps(_read_toml(folder / DISTRICT_FILE), default=str))}
    documents |= {name: _read_json(folder / file) for name, file in DOCUMENT_FILES.items() if (folder / file).exists()}
    documents["sources"] = [_source(path, read_card(path)) for path in list_data_files(folder) if card_path(path).exists()]
    for name in ("indicators", "sectors", "programmes"):
        _check_ids(documents.get(name, []), DOCUMENT_FILES[name])
    _check_calendar(documents.get("calendar", {}))
    _check_stations(documents.get("stations", []))
    _check_curves(documents.get("curves", []))
    return documents


def _source(path: Path, card: Card) -> dict[str, str]:
    """What a page must say of a file: open licences ask for the producer's name."""
    return {
        "file": path.name,
        "title": card.title,
        "producer": card.producer,
        "licence": card.licence,
        "licence_url": card.licence_url,
        "date": card.data_date,
    }


def _area_drafts(path: Path) -> Iterator[SiteDraft]:
    layer, kind, source, licence = AREA_FILES[path.name]
    for feature in _member(_read_json(path), "features", path):
        properties = dict(_member(feature, "properties", path))
        name, key = properties.pop("name", ""), properties.pop("source_key", None)
        provenance = {"source": source, "source_key": key, "licence": licence}
        record = {"layer": layer, "name": name, "kind": kind, "status": "confirmed", "precision": "dong", "provenance": provenance}
        yield _checked({**record, "geometry": _member(feature, "geometry", path), "attributes": properties}, path.name, layer)


def _record_drafts(path: Path, layer: str) -> Iterator[SiteDraft]:
    records = _read_json(path)
    if not isinstance(records, list):
        raise BadDataFile(file=path.name, record="", field="", reason="not a list")
    for record in records:
        yield _checked(record, path.name, layer)


def _checked(record: Mapping[str, Any], file: str, layer: str) -> SiteDraft:
    try:
        draft = load_draft(record)
    except BadRecord as fault:
        raise BadDataFile(file=file, record=fault.values["id"], field=fault.values["field"], reason=fault.values["reason"]) from fault
    if draft.layer != layer:
        raise BadDataFile(file=file, record=draft.name, field="layer", reason=f"not {layer}")
    check_draft(draft, get_layer(layer), file=file)
    return draft


def _check_keys(drafts: Iterable[SiteDraft]) -> None:
    counts = Counter((draft.layer, draft.provenance.source, draft.provenance.source_key) for draft in drafts)
    for (layer, source, key), count in counts.items():
        if count > 1:
            raise BadDataFile(file=layer, record=f"{source} {key}", field="source_key", reason="twice")


def _check_ids(rows: Any, file: str) -> None:
    if not isinstance(rows, list):
        raise BadDataFile(file=file, record="", field="", reason="not a list")
    seen: set[str] = set()
    for row in rows:
        row_id = row.get("id") if isinstance(row, dict) else None
        if not row_id or row_id in seen:
            raise BadDataFile(file=file, record=str(row_id), field="id", reason="twice" if row_id else "missing")
        if not _has_source(row):
            raise BadDataFile(file=file, record=row_id, field="source_url", reason="neither source_url nor source_note")
        seen.add(row_id)


def _check_calendar(record: Any) -> None:
    try:
        Calendar.from_record(record)
    except BadRecord as fault:
        raise BadDataFile(file=DOCUMENT_FILES["calendar"], record="", field="holidays", reason=fault.values["reason"]) from fault


def _check_stations(rows: Any) -> None:
    try:
        load_stations(rows)
    except BadRecord as fault:
        raise BadDataFile(
            file=DOCUMENT_FILES["stations"], record=fault.values["id"], field=fault.values["field"], reason=fault.values["reason"]
        ) from fault


def _check_curves(rows: Any) -> None:
    try:
        load_curves(rows)
    except BadRecord as fault:
        raise BadDataFile(
            file=DOCUMENT_FILES["curves"], record=fault.values["id"], field=fault.values["field"], reason=fault.values["reason"]
        ) from fault


def _has_source(row: Mapping[str, Any]) -> bool:
    told = row.get("official", row)
    return bool(told.get("source_url") or told.get("source_note"))


def _member(value: Any, name: str, path: Path) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise BadDataFile(file=path.name, record="", field=name, reason="missing")
    return value[name]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BadDataFile(file=path.name, record="", field="", reason=str(fault)) from fault


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BadDataFile(file=path.name, record="", field="", reason=str(fault)) from fault


def _blamed(fault: Exception) -> str:
    return str(fault.args[0]) if isinstance(fault, KeyError) and fault.args else ""
