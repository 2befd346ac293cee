"""The form of the finder: what was asked, and the choices beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo_app.domain.errors import UnknownSite
from geo_app.domain.layers import AMENITIES
from geo_app.finder.gazetteer import Place, PlaceKind, find_place, list_places
from geo_app.finder.standing import DEFAULT_STAY_MIN
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode
from geo_app.web.house import get_district, link
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.labels import choice_label

STAYS_MIN = (10, DEFAULT_STAY_MIN, 30, 60, 120)
MODE_WORDS = {Mode.WALK: "On foot", Mode.BICYCLE: "Bicycle", Mode.MOTORBIKE: "Motorbike"}
_NOT_IN_A_LABEL = re.compile(r"[^A-Za-z0-9.-]+")
PLACE_WORDS = {
    PlaceKind.DONG: "Administrative dongs",
    PlaceKind.COMPLEX: "Industrial complexes",
    PlaceKind.STATION: "Stations",
    PlaceKind.OFFICE: "Dong offices",
    PlaceKind.SITE: "Rest shelters",
}


@dataclass(frozen=True, slots=True)
class FinderRequest:
    """What the page was asked: the place to start from ("" for the district's own), and the rest of the question."""

    place_id: str
    at: datetime
    is_now: bool
    mode: Mode
    stay_min: int
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where the answer is measured from, EPSG:4326; `id` is "" for the district's own middle, `name` is as its reader is told."""

    id: str
    name: str
    lon: float
    lat: float


def find_start(snapshot: Snapshot, place_id: str, words: Words) -> Start:
    """The place of that id, or the district's own middle for "". Raises `UnknownSite`."""
    if not place_id:
        district = get_district(snapshot)
        lon, lat = district.focus_lonlat
        return Start("", _focus_name(snapshot, words), lon, lat)
    place = find_place(snapshot, place_id)
    if place is None:
        raise UnknownSite(layer="dongs", id=place_id)
    return Start(place.id, told_name(place.name, place.latin, words), place.lon, place.lat)


def _focus_name(snapshot: Snapshot, words: Words) -> str:
    names = get_district(snapshot).focus_names
    return names.get(words.lang) or names.get("en") or names[DEFAULT_LANGUAGE]


def form_values(snapshot: Snapshot, asked: FinderRequest, start: Start, words: Words) -> dict[str, Any]:
    """What is chosen, and all that may be."""
    return {
        "start": start,
        "start_label": _focus_name(snapshot, words),
        "places": _place_groups(list_places(snapshot), words),
        "mode": asked.mode.value,
        "modes": [(mode.value, words(sentence)) for mode, sentence in MODE_WORDS.items()],
        "stay_min": asked.stay_min,
        "stays": sorted({*STAYS_MIN, asked.stay_min}),
        "wanted": asked.wanted,
        "amenities": [(code, choice_label(words, "amenity", code)) for code in AMENITIES],
        "is_filtered": bool(asked.wanted) or asked.stay_min != DEFAULT_STAY_MIN,
        "now_href": link(
            "finder", **{"from": start.id or None}, mode=asked.mode.value, stay=asked.stay_min, has=",".join(asked.wanted) or None
        ),
    }


def _place_groups(places: Sequence[Place], words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[PlaceKind, list[tuple[str, str]]] = {}
    for place in places:
        groups.setdefault(place.kind, []).append((place.id, _option_label(place, words)))
    return [(words(PLACE_WORDS[kind]), sorted(rows, key=lambda row: row[1])) for kind, rows in groups.items()]


def _option_label(place: Place, words: Words) -> str:
    # An option can hold no mark of language: the Latin name stands first, in plain letters, for voices that stumble over Hangul.
    return place.name if words.lang == DEFAULT_LANGUAGE else f"{_NOT_IN_A_LABEL.sub(' ', place.latin).strip()} {place.name}"
