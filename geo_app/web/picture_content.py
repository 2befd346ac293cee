"""What `/embed.svg` and `/embed.png` draw: the places of a frame with their states, borders and complexes, words in its language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shapely.geometry import shape

from geo_app.cartography.picture_scene import (
    CLOSED,
    OPEN,
    ROUGH,
    SAMPLE,
    UNKNOWN,
    WITHOUT_HOURS,
    DrawnArea,
    DrawnComplex,
    DrawnPlace,
    Picture,
    PictureWords,
    Theme,
)
from geo_app.domain.hours import State
from geo_app.domain.layers import LAYERS, GeometryKind
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.report import ReportSummary
from geo_app.finder.areas import list_dongs
from geo_app.finder.keeping import KeptByLayer
from geo_app.finder.shown import DONGS, ShownPlace, list_shown
from geo_app.snapshot.credits import boundary_producers
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.embed_parameters import EmbedRequest
from geo_app.web.tongues import name_in_latin
from geo_app.wording.catalogue import Words, get_words
from geo_app.wording.labels import choice_label
from geo_app.workspace.founding import district_of

COMPLEXES = "industrial-complexes"
TIME_FORM = "%Y-%m-%d %H:%M"
_REGISTERED_ONLY = ("registration", "card")


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """A frame's question, `at` in whole minutes, and how large its picture is, in pixels."""

    asked: EmbedRequest
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class _Look:
    """What of a place's mark the clock does not change; recruiting on the days `first` to `last`."""

    is_rough: bool
    is_registered: bool
    first: date | None
    last: date | None

    def is_recruiting(self, today: date) -> bool:
        """True on the days named, whichever are."""
        is_named = self.first is not None or self.last is not None
        return is_named and (self.first is None or self.first <= today) and (self.last is None or today <= self.last)


_looks: KeptByLayer[dict[int, _Look]] = KeptByLayer()


def build_picture(snapshot: Snapshot, order: PictureOrder, reports: Mapping[str, ReportSummary]) -> Picture:
    """The picture of a snapshot at `order.asked.at`. Raises `UnknownLayer`, and `UnknownSite` for an area that is no dong."""
    asked = order.asked
    shown = list_shown(snapshot, layers=asked.layers, area_id=asked.area, at=asked.at, only_open=asked.only_open, reports=reports)
    return Picture(
        width_px=order.width_px,
        height_px=order.height_px,
        theme=Theme(asked.theme),
        words=_words(snapshot, asked, shown),
        bounds_lonlat=district_of(snapshot).bounds_lonlat,
        areas=_areas(snapshot, asked),
        complexes=_complexes(snapshot, shown, asked.lang),
        places=_places(snapshot, shown, asked.at.date()),
    )


def picture_title(snapshot: Snapshot, asked: EmbedRequest) -> str:
    """What is shown, in its language: the dong or the district, and its one layer or the map's name."""
    return _titles(snapshot, asked)[0]


def _titles(snapshot: Snapshot, asked: EmbedRequest) -> tuple[str, ...]:
    """The title and its shorter forms: without the district where a dong is named, then what alone, then where alone."""
    words, district = get_words(asked.lang), district_of(snapshot).name(asked.lang)
    korean = next((dong.name for dong in _dongs(snapshot) if dong.id == asked.area), "")
    dong = name_in_latin(korean, asked.lang, is_area=True)
    place = words("{dong}, {district}", district=district, dong=dong) if dong else district
    what = choice_label(words, "layer", asked.layers[0]) if len(asked.layers) == 1 else words("Work & Shelter Map")
    return tuple(dict.fromkeys((f"{place} · {what}", f"{dong or district} · {what}", what, dong or district)))


def _words(snapshot: Snapshot, asked: EmbedRequest, shown: list[ShownPlace]) -> PictureWords:
    words = get_words(asked.lang)
    time = asked.at.strftime(TIME_FORM)
    sample_count = sum(place.is_sample for place in shown)
    counts = {"real": len(shown) - sample_count, "sample": sample_count}
    title, *short_titles = _titles(snapshot, asked)
    return PictureWords(
        lang=words.lang,
        title=title,
        time=words("as of {time}", time=time) if asked.is_now else words("Time shown: {time} — this is not now", time=time),
        attribution=words("Boundaries: {attribution}", attribution=boundary_producers(snapshot)),
        legend=_legend(words, asked.layers),
        note=words("Not on this map: {count}", count="{count}"),
        band=words("Sample data is mixed in: real {real}, samples {sample}", **counts) if sample_count else "",
        is_other_time=not asked.is_now,
        selection=_selection(words, asked, shown),
        empty=words("No open places") if asked.only_open else words("There is no place here yet."),
        short_titles=short_titles,
        short_bands=[words("Real {real} · samples {sample}", **counts), f"{words('Sample')} {sample_count}"] if sample_count else [],
    )


def _selection(words: Words, asked: EmbedRequest, shown: list[ShownPlace]) -> str:
    """That only open places are drawn; and that there is none, where places without hours stand in the picture all the same."""
    if not asked.only_open:
        return ""
    told = words("Only places that are open at the moment") if asked.is_now else words("Only places open at the time shown")
    has_doors = any(LAYERS[name].has_hours for name in asked.layers)
    is_shut = has_doors and bool(shown) and all(place.answer is None for place in shown)
    return f"{told} · {words('No open places')}" if is_shut else told


def _legend(words: Words, layers: Iterable[str]) -> dict[str, str]:
    return {
        OPEN: words("Open"),
        CLOSED: words("Closed"),
        UNKNOWN: words("Not certain"),
        SAMPLE: words("Sample"),
        ROUGH: words("Rough place"),
        **{layer: choice_label(words, "layer", layer) for layer in layers},
    }


def _areas(snapshot: Snapshot, asked: EmbedRequest) -> list[DrawnArea]:
    return [
        DrawnArea(name_in_latin(dong.name, asked.lang, is_area=True), dong.area, is_chosen=dong.id == asked.area)
        for dong in _dongs(snapshot)
    ]


def _dongs(snapshot: Snapshot) -> Iterable[Any]:
    layer = snapshot.layers.get(DONGS)
    return () if layer is None else list_dongs(layer)


def _complexes(snapshot: Snapshot, shown: list[ShownPlace], lang: str) -> list[DrawnComplex]:
    features = [snapshot.get_layer(COMPLEXES).feature(place.position) for place in shown if place.layer == COMPLEXES]
    return [
        DrawnComplex(
            name_in_latin(feature["properties"]["name"], lang), shape(feature["geometry"]), float(feature["properties"].get("area_m2") or 0)
        )
        for feature in features
        if feature["geometry"] is not None
    ]


def _places(snapshot: Snapshot, shown: list[ShownPlace], today: date) -> list[DrawnPlace]:
    layers = {name: snapshot.get_layer(name) for name in {place.layer for place in shown}}
    kept = {name: _looks.get(layer, (), dict) for name, layer in layers.items()}
    drawn = []
    for place in shown:
        looks = kept[place.layer]
        look = looks.get(place.position)
        if look is None:
            look = looks[place.position] = _read_look(place.layer, layers[place.layer].feature(place.position)["properties"])
        drawn.append(_place(place, look, today))
    return drawn


def _place(place: ShownPlace, look: _Look, today: date) -> DrawnPlace:
    return DrawnPlace(
        layer=place.layer,
        lonlat=None if place.lon is None or place.lat is None else (place.lon, place.lat),
        state=_state(place),
        is_sample=place.is_sample,
        is_rough=look.is_rough and place.lon is not None,
        is_registered=look.is_registered,
        is_recruiting=look.is_recruiting(today),
    )


def _state(place: ShownPlace) -> str:
    if place.answer is None:
        return WITHOUT_HOURS
    if place.answer.state is State.OPEN:
        return UNKNOWN if place.is_doubtful else OPEN
    return CLOSED if place.answer.state is State.CLOSED else UNKNOWN


def _read_look(layer_name: str, properties: Mapping[str, Any]) -> _Look:
    # An area is drawn as one; only a pin can be thought to be nearer than it is.
    is_pin = LAYERS[layer_name].geometry is GeometryKind.POINT
    return _Look(
        is_rough=is_pin and properties["precision"] not in POINT_PRECISIONS,
        is_registered=properties.get("entry") in _REGISTERED_ONLY,
        first=_day(properties.get("recruiting_from")),
        last=_day(properties.get("recruiting_until")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
