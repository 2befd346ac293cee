"""The places of a map file as rows of its list: whole without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo_app.domain.layers import LAYERS
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.labels import choice_label
from geo_app.wording.readback import read_back
from geo_app.wording.romanise import romanise, romanise_address


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in words. `latin` is its name in Latin letters where the reader needs one, `hours` what each source says in plain words."""

    id: str
    name: str
    latin: str
    kind: str
    hours: tuple[str, ...]
    entry: str
    address: str
    checked_on: str
    is_sample: bool


def list_rows(features: Sequence[Mapping[str, Any]], layer_name: str, words: Words) -> list[PlaceRow]:
    """The rows of a layer in the order of their names, made-up ones last."""
    ordered = sorted(features, key=lambda item: (item["properties"]["status"] == "sample", item["properties"]["name"], item["id"]))
    return [_row(feature, layer_name, words) for feature in ordered]


def latin_names(features: Sequence[Mapping[str, Any]], layer_name: str) -> dict[str, str]:
    """Id → name in Latin letters, where the data has no English name and the letters differ."""
    tell = romanise_address if LAYERS[layer_name].is_reference else romanise
    told = ((feature["id"], feature["properties"]) for feature in features)
    return {
        site_id: latin
        for site_id, properties in told
        if "name_en" not in properties and (latin := tell(properties["name"])) != properties["name"]
    }


def _row(feature: Mapping[str, Any], layer_name: str, words: Words) -> PlaceRow:
    properties = feature["properties"]
    name = properties["name"]
    latin = "" if words.lang == DEFAULT_LANGUAGE else properties.get("name_en") or romanise(name)
    return PlaceRow(
        id=feature["id"],
        name=name,
        latin="" if latin == name else latin,
        kind=choice_label(words, "kind", properties.get("kind")),
        hours=_told_hours(properties.get("hours") or (), words) if LAYERS[layer_name].has_hours else (),
        entry=choice_label(words, "entry", properties.get("entry")),
        address=properties.get("address") or properties.get("dong") or "",
        checked_on=properties.get("checked_on") or "",
        is_sample=properties["status"] == "sample",
    )


def _told_hours(statements: Sequence[Mapping[str, Any]], words: Words) -> tuple[str, ...]:
    """What each source says, with its name where they do not say the same; then that nobody knows which holds."""
    told = [_told_statement(item, words) for item in statements]
    everyday = {text for text, item in zip(told, statements, strict=True) if not item.get("alert")}
    if len(everyday) <= 1:
        return tuple(dict.fromkeys(told))
    named = [f"{text} ({choice_label(words, 'source', item.get('source'))})" for text, item in zip(told, statements, strict=True)]
    return (*named, words("The sources do not agree, so we do not know."))


def _told_statement(statement: Mapping[str, Any], words: Words) -> str:
    told = read_back(statement.get("opening_hours"), statement.get("on_holidays"), words, alert=statement.get("alert"))
    return told or str(statement.get("text") or "")
