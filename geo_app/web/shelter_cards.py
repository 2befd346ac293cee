"""A shelter as its card shows it: ranked facts and published ones, put into the reader's sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from geo_app.domain.hours import State
from geo_app.domain.layers import AMENITIES
from geo_app.finder.directions import directions
from geo_app.finder.judging import needs_check
from geo_app.finder.standing import Ranked, Standing
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.travel.speeds import Mode
from geo_app.web.house import link, public_link
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import choice_label
from geo_app.wording.romanise import romanise, romanise_address
from geo_app.wording.shelter_card import (
    checked_sentence,
    door_sentence,
    entry_sentence,
    report_sentence,
    rough_way_sentence,
    way_sentence,
)

STATE_CLASSES = {
    Standing.USABLE: "state-open",
    Standing.SHORT: "state-soon",
    Standing.DOUBTFUL: "state-doubtful",
    Standing.UNKNOWN: "state-unknown",
    Standing.CLOSED: "state-closed",
    Standing.REGISTERED: "state-registered",
}


@dataclass(frozen=True, slots=True)
class CardMaker:
    """Makes cards for one reader and one question: `at` when she sets out, `now` the clock (days are named by it), in her `words`."""

    words: Words
    at: datetime
    now: datetime
    mode: Mode
    at_parameter: str | None

    def card(self, layer: LayerSnapshot, item: Ranked, *, is_full: bool) -> dict[str, Any]:
        """The card of a ranked shelter. A full one has every action, a short one the way there and a link to the rest."""
        feature = layer.feature(item.position)
        facts = self._facts(layer.name, feature, item)
        if not is_full:
            return facts
        return {
            **facts,
            **action_links(layer.name, feature),
            "is_full": True,
            "amenities": amenities_text(feature["properties"], self.words),
            "checked": self._checked(item),
        }

    def warm_card(self, layer: LayerSnapshot, item: Ranked) -> dict[str, Any]:
        """The card of a warm place that is no shelter: nobody promised a rest there, so it has no rule of entry."""
        feature = layer.feature(item.position)
        card = self._facts(layer.name, feature, item)
        label = choice_label(self.words, "kind", feature["properties"].get("kind"))
        not_a_shelter = self.words("Not a shelter")
        state_class = "state-doubtful" if item.is_stale else "state-open"
        entry = f"{not_a_shelter} · {label}" if label else not_a_shelter
        return {**card, "state": self._door(item, is_doubtful=item.is_stale), "state_class": state_class, "entry": entry}

    def _facts(self, layer_name: str, feature: Mapping[str, Any], item: Ranked) -> dict[str, Any]:
        properties = feature["properties"]
        name, entry, note = properties["name"], properties.get("entry"), properties.get("entry_note")
        lon, lat = feature["geometry"]["coordinates"]
        in_doubt = is_doubtful(item, self.at)
        return {
            "id": feature["id"],
            "name": name,
            "latin": latin_name(properties, self.words),
            "href": link("site", layer=layer_name, site_id=feature["id"], at=self.at_parameter),
            "is_sample": properties["status"] == "sample",
            "is_neighbour": item.candidate.is_neighbour,
            "state": self._door(item, is_doubtful=in_doubt),
            "state_class": "state-doubtful" if in_doubt and item.arrival.state is State.OPEN else STATE_CLASSES[item.standing],
            "way": self._way(item),
            "entry": entry_sentence(entry, note, self.words),
            "report": report_sentence(item.report, self.at, self.now, self.words),
            "kakao": directions(name, lon, lat, "").kakao,
        }

    def _door(self, item: Ranked, *, is_doubtful: bool) -> str:
        return door_sentence(
            item.now_answer,
            item.arrival_answer,
            self.at,
            item.arrives_at,
            self.words,
            is_doubtful=is_doubtful,
            checked_days=days_since(item.checked_on, self.at),
        )

    def _checked(self, item: Ranked) -> str | None:
        # Hours that nobody knows were not checked, whenever somebody looked at the place.
        if item.now.state is item.arrival.state is State.UNKNOWN:
            return None
        return checked_sentence(days_since(item.checked_on, self.at), self.words)

    def _way(self, item: Ranked) -> str:
        if item.is_exact:
            return way_sentence(self.mode, item.travel_min, item.distance_m, self.words)
        area = item.candidate.extent.name
        told = None if area is None else told_name(area, romanise_address(area), self.words)
        return rough_way_sentence(self.mode, item.travel_min, told, item.near_m, item.far_m, self.words)


def is_doubtful(item: Ranked, at: datetime) -> bool:
    """True where an open door may not be promised at `at`; a place for registered people keeps its doubts whatever its standing."""
    return item.standing is Standing.DOUBTFUL or item.is_stale or needs_check(item.report, at)


def action_links(layer_name: str, feature: Mapping[str, Any]) -> dict[str, str | None]:
    """Where the buttons of a card lead: map applications, the public phone, the page to hold out. None where there is nothing to press."""
    properties = feature["properties"]
    phone = properties.get("phone")
    told = {"call": f"tel:{quote(''.join(phone.split()), safe='+-')}" if phone else None}
    if layer_name == "shelters":
        told["show"] = link("pages.show", layer=layer_name, site_id=feature["id"])
    if (feature["geometry"] or {}).get("type") != "Point":
        return told
    lon, lat = feature["geometry"]["coordinates"]
    page_url = public_link("pages.site", layer=layer_name, site_id=feature["id"])
    ways = directions(properties["name"], lon, lat, page_url)
    return {**told, "kakao": ways.kakao, "naver": ways.naver, "tmap": ways.tmap, "geo": ways.geo}


def latin_name(properties: Mapping[str, Any], words: Words) -> str | None:
    """The name in Latin letters, to stand beside the Hangul on pages in other languages; None on a Korean page."""
    if words.lang == "ko":
        return None
    return properties.get("name_en") or romanise(properties["name"])


def amenities_text(properties: Mapping[str, Any], words: Words) -> str:
    """What is there, in the order of the table of amenities."""
    offered = properties.get("amenities", ())
    return " · ".join(choice_label(words, "amenity", code) for code in AMENITIES if code in offered)


def days_since(day: date | None, at: datetime) -> int | None:
    """Whole days from a day of Seoul to that of `at`; None without a day."""
    return None if day is None else (at.date() - day).days
