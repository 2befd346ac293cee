"""What the page of one place shows, and the page a rider holds out to its staff."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from geo_app.domain.errors import UnknownSite
from geo_app.domain.layers import LAYERS, Layer
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.exports.schema_org import json_ld_script, site_json_ld
from geo_app.finder.whereabouts import locate_in_words
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.house import get_house, get_reports, public_link, seoul_now, words_of_reader
from geo_app.web.page_content import Door, find_door, inner_lonlat, place_card, time_values
from geo_app.web.shelter_cards import action_links, latin_name
from geo_app.web.site_hours import SiteHours, hours_values, read_hours
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import Words
from geo_app.wording.clock import dated_figures
from geo_app.wording.figures import format_number
from geo_app.wording.greeting import greeting, greeting_to_staff
from geo_app.wording.labels import CHOICE_WORDS, FIELD_WORDS, choice_label, label
from geo_app.wording.report_terms import report_terms
from geo_app.wording.romanise import romanise_address
from geo_app.wording.shelter_card import checked_sentence, days_ago, entry_sentence, report_sentence
from geo_app.wording.whereabouts import whereabouts_sentence

SHELTERS = "shelters"
# Shown in their own places on the page, or for machines only.
HIDDEN_FACTS = frozenset((
    "name", "hours", "closures", "dated_hours", "entry", "entry_note", "amenities",
    "source", "source_key", "source_url", "as_of", "checked_on", "licence",
    "codes", "population", "establishments", "projects", "figures", "legal_dongs", "administrative_dongs",
    "completed_year", "aged", "consent", "name_en",
))  # fmt: skip

# Names of areas: read aloud to a driver, so they stand in Latin letters too.
AREA_FACTS = frozenset(("dong", "complex"))


def site(snapshot: Snapshot, layer_name: str, site_id: str, at: datetime, *, is_now: bool) -> dict[str, Any]:
    """Everything published of one place. Raises `UnknownLayer`, `UnknownSite`."""
    layer, position, feature = _find(snapshot, layer_name, site_id)
    words, properties = words_of_reader(), feature["properties"]
    door = find_door(snapshot, layer, position, feature, at)
    values = {
        **time_values(at, is_now=is_now),
        "layer": layer_name,
        "card": place_card(snapshot, layer, position, feature, at),
        "latin": latin_name(properties, words),
        "facts": list(_facts(properties, words, LAYERS[layer_name])),
        "properties": properties,
        "lonlat": inner_lonlat(feature),
        "door": None,
    }
    return values if door is None else {**values, **_door_values(snapshot, feature, layer_name, door, words, is_now=is_now)}


def show(snapshot: Snapshot, layer_name: str, site_id: str) -> dict[str, Any]:
    """The sentence for the staff of a shelter. Raises `UnknownSite` for a place of another layer: nobody rests there by right."""
    layer, position, feature = _find(snapshot, layer_name, site_id)
    if layer_name != SHELTERS:
        raise UnknownSite(layer=layer_name, id=site_id)
    words, properties = words_of_reader(), feature["properties"]
    entry = properties.get("entry")
    return {
        "card": {**place_card(snapshot, layer, position, feature, seoul_now()), "latin": latin_name(properties, words)},
        "korean": greeting_to_staff(entry),
        "own": greeting(entry, words),
        "entry": entry_sentence(entry, properties.get("entry_note"), words) if entry else None,
    }


def _find(snapshot: Snapshot, layer_name: str, site_id: str) -> tuple[LayerSnapshot, int, dict[str, Any]]:
    layer = snapshot.get_layer(layer_name)
    position = layer.find_position(site_id)
    if position is None:
        raise UnknownSite(layer=layer_name, id=site_id)
    return layer, position, layer.feature(position)


def _door_values(
    snapshot: Snapshot, feature: Mapping[str, Any], layer_name: str, door: Door, words: Words, *, is_now: bool
) -> dict[str, Any]:
    properties = feature["properties"]
    entry = properties.get("entry")
    is_shelter = layer_name == SHELTERS
    hours = read_hours(properties, snapshot.calendar, door.at.date())
    return {
        "door": door,
        "as_of": dated_figures(door.at, seoul_now(), words),
        "checked": checked_sentence(door.checked_days, words),
        "entry": entry_sentence(entry, properties.get("entry_note"), words) if entry or is_shelter else None,
        "actions": {**action_links(layer_name, feature), "is_full": True},
        "address": _address(layer_name, feature["id"]),
        "report": report_sentence(get_reports().get(feature["id"]), door.at, seoul_now(), words),
        "json_ld": _json_ld(feature, layer_name, hours) if is_now else None,
        "where": _whereabouts(snapshot, feature, words),
        "known": list(_known(properties, door, words)),
        "terms": report_terms(words),
        "hours": hours_values(hours, properties, words),
    }


def _address(layer_name: str, site_id: str) -> str:
    """Where the page is passed on from: the same for everybody, whatever is asked; a path where only the browser knows its host."""
    make = public_link if get_house().settings.public_url else url_for
    return make("pages.site", layer=layer_name, site_id=site_id)


def _json_ld(feature: Mapping[str, Any], layer_name: str, hours: SiteHours) -> Markup | None:
    page_url = public_link("pages.site", layer=layer_name, site_id=feature["id"])
    document = site_json_ld(feature, page_url=page_url, week=hours.agreed_week, exceptions=hours.exceptions, first_day=hours.first_day)
    return None if document is None else Markup(json_ld_script(document))  # noqa: S704 its signs are escaped where it is written


def _whereabouts(snapshot: Snapshot, feature: Mapping[str, Any], words: Words) -> str | None:
    lonlat = inner_lonlat(feature)
    if lonlat is None or feature["properties"]["precision"] not in POINT_PRECISIONS:
        return None
    found = locate_in_words(snapshot, *lonlat, but=feature["id"])
    if found is None:
        return None
    landmark = told_name(found.landmark.name, found.landmark.latin, words)
    return whereabouts_sentence(landmark, found.direction, found.distance_m, words)


def _known(properties: Mapping[str, Any], door: Door, words: Words) -> Iterable[tuple[str, str]]:
    """(fact, how sure it is) of what a visitor relies on; hours and the rest stand beside it in the template."""
    checked = properties.get("checked_on")
    days = None if checked is None else (door.at.date() - date.fromisoformat(checked)).days
    told = words("never checked") if days is None else words("checked {ago}", ago=days_ago(days, words))
    yield words("Location"), f"{choice_label(words, 'precision', properties['precision'])} · {told}"
    if properties.get("entry") or properties.get("amenities"):
        yield words("How to get in"), told


def _facts(properties: Mapping[str, Any], words: Words, layer: Layer) -> Iterable[tuple[str, str, str]]:
    """(field, its word, its value in words) of everything that has no place of its own on the page."""
    order = list(FIELD_WORDS)
    # How sure a border is, is told by its source; "known only to the dong" would be nonsense for the dong itself.
    told_elsewhere = {"status", "precision"} if layer.is_reference else {"address", "precision"} if layer.has_hours else set()
    hidden = HIDDEN_FACTS | told_elsewhere
    for name in sorted(properties.keys() - hidden, key=lambda name: (order.index(name) if name in order else len(order), name)):
        value = properties[name]
        shown = choice_label(words, name, str(value)) if name in CHOICE_WORDS else _plain(name, value, words)
        yield name, label(words, FIELD_WORDS, name), shown


def _plain(name: str, value: object, words: Words) -> str:
    if name in AREA_FACTS:
        return told_name(str(value), romanise_address(str(value)), words)
    if isinstance(value, int) and name.endswith("_m2"):
        return f"{format_number(value, words)} m²"
    if isinstance(value, int) and name != "year":
        return format_number(value, words)
    return str(value)
