"""What the frame on somebody else's page shows, as plain values for its template and its script."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from geo_app.domain.hours import Answer, State, seoul_time
from geo_app.domain.layers import LAYERS, GeometryKind
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.finder.areas import list_dongs
from geo_app.finder.shown import DONGS, ShownPlace, list_shown, rank_of
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.embed_parameters import AT_FORM, EmbedRequest
from geo_app.web.house import get_reports, get_snapshot, words_of_reader
from geo_app.web.page_content import place_card, time_values
from geo_app.web.tongues import name_in_latin

# As many as a frame on a front page can draw at once; whoever needs more opens the whole map, and is told so.
PLACES_LIMIT = 1_000
FIRST_ROWS = 6  # the rest of the list unfolds: a frame as tall as a hundred rows would push the page around it away
_REGISTERED_ONLY = ("registration", "card")


def embed_places(request: EmbedRequest) -> dict[str, Any]:
    """The places and how many are left out, the time they are judged at, the name of the area. Raises `UnknownSite` for no such dong."""
    snapshot = get_snapshot()
    found = list_shown(
        snapshot, layers=request.layers, area_id=request.area, at=request.at, only_open=request.only_open, reports=get_reports()
    )
    shown = found[:PLACES_LIMIT]
    return {
        **time_values(request.at, is_now=request.is_now),
        "places": [_place(snapshot, place, request.at) for place in shown],
        "first_rows": FIRST_ROWS,
        "matched": len(found),
        "left_out": len(found) - len(shown),
        "open_count": sum(place.answer is not None and place.answer.state is State.OPEN and not place.is_doubtful for place in found),
        "has_doors": any(LAYERS[name].has_hours for name in request.layers),
        "sample_count": sum(place.is_sample for place in found),
        "area_name": _area_name(snapshot, request.area),
        "frame": request,
        "shown_layers": request.layers,
        "has_map": request.show != "list",
        "has_list": request.show != "map",
    }


def embed_bounds(snapshot: Snapshot, request: EmbedRequest) -> tuple[float, float, float, float] | None:
    """The box of the dong asked for, degrees in EPSG:4326; None for the whole district."""
    dongs = snapshot.layers.get(DONGS)
    found = next((dong.area.bounds for dong in list_dongs(dongs) if dong.id == request.area), None) if dongs else None
    return None if found is None else (found[0], found[1], found[2], found[3])


def mark_classes(place: ShownPlace, properties: Mapping[str, Any], today: date) -> str:
    """The state classes of a place's mark (`cartography.marks.LEGEND`), as the map page's own script gives them."""
    names = []
    if place.answer is not None:
        names.append(f"is-{'unknown' if place.is_doubtful else place.answer.state.value}")
    if place.is_sample:
        names.append("is-sample")
    if properties.get("entry") in _REGISTERED_ONLY:
        names.append("is-registered")
    if LAYERS[place.layer].geometry is GeometryKind.POINT and properties["precision"] not in POINT_PRECISIONS:
        names.append("is-range")
    if _is_recruiting(properties, today):
        names.append("is-recruiting")
    return " ".join(names)


def _place(snapshot: Snapshot, place: ShownPlace, at: datetime) -> dict[str, Any]:
    layer = snapshot.get_layer(place.layer)
    feature = layer.feature(place.position)
    card = place_card(snapshot, layer, place.position, feature, at)
    return {
        **card,
        "lonlat": None if place.lon is None or place.lat is None else (round(place.lon, 6), round(place.lat, 6)),
        "rank": rank_of(place),
        "classes": mark_classes(place, feature["properties"], seoul_time(at).date()),
        "until": _until(place.answer),
    }


def _until(answer: Answer | None) -> str | None:
    """The instant past which what its row says of a door is no longer known without being asked anew; None where that never comes."""
    if answer is None or answer.state is State.UNKNOWN or answer.until is None:
        return None
    return answer.until.isoformat(timespec="minutes")


def _is_recruiting(properties: Mapping[str, Any], today: date) -> bool:
    begins, ends = properties.get("recruiting_from"), properties.get("recruiting_until")
    day = today.isoformat()
    return bool(begins or ends) and (not begins or begins <= day) and (not ends or day <= ends)


def _area_name(snapshot: Snapshot, area_id: str) -> str:
    if not area_id:
        return ""
    properties = snapshot.get_layer(DONGS).get_feature(area_id)["properties"]
    language = words_of_reader().lang
    return str(properties.get(f"name_{language}") or name_in_latin(properties["name"], language, is_area=True))


def at_text(request: EmbedRequest) -> str | None:
    """The time as an address says it; None for now."""
    return None if request.is_now else request.at.strftime(AT_FORM)
