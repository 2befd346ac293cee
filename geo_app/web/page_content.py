"""What several pages show alike, as plain values for their templates: a place in a list, its door, the time looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shapely.geometry import shape

from geo_app.domain.hours import Answer, State
from geo_app.finder.vouching import vouch
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.house import get_reports, seoul_now, words_of_reader
from geo_app.wording.clock import moment as moment_words
from geo_app.wording.door_state import CLOSING_SOON_MIN
from geo_app.wording.shelter_card import door_sentence


@dataclass(frozen=True, slots=True)
class Door:
    """What is known of a place's door at one time: the answer, how old that knowledge is, whether it can be relied on."""

    answer: Answer
    at: datetime
    checked_on: date | None
    is_doubtful: bool

    @property
    def checked_days(self) -> int | None:
        """Whole days since anybody vouched for the hours; None: nobody did."""
        return None if self.checked_on is None else (self.at.date() - self.checked_on).days

    def told(self) -> dict[str, str]:
        """Its sentence, and the code that picks its colour."""
        sentence = door_sentence(
            self.answer,
            self.answer,
            self.at,
            self.at,
            words_of_reader(),
            is_doubtful=self.is_doubtful,
            checked_days=self.checked_days,
        )
        return {"code": self._code(), "sentence": sentence}

    def _code(self) -> str:
        if self.answer.state is not State.OPEN:
            return self.answer.state.value
        if self.is_doubtful:
            return "doubtful"
        until = self.answer.until
        return "soon" if until is not None and (until - self.at).total_seconds() <= CLOSING_SOON_MIN * 60 else "open"


def find_door(snapshot: Snapshot, layer: LayerSnapshot, position: int, feature: Mapping[str, Any], at: datetime) -> Door | None:
    """The door of a place at `at`; None in a layer without hours."""
    vouched = vouch(layer, position, get_reports().get(feature["id"]), at)
    if vouched is None:
        return None
    return Door(layer.opening.answer(position, at, snapshot.calendar), at, vouched.checked_on, vouched.is_doubtful)


def place_card(snapshot: Snapshot, layer: LayerSnapshot, position: int, feature: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A place in a list: its published properties, its name in the reader's language where the data has one, the state of its door."""
    properties = feature["properties"]
    language = words_of_reader().lang
    own_name = properties.get(f"name_{language}")
    door = find_door(snapshot, layer, position, feature, at)
    return {
        "kind": None,
        **properties,
        "id": feature["id"],
        "layer": layer.name,
        "name": own_name or properties["name"],
        "name_lang": language if own_name else "ko",
        "state": None if door is None else door.told(),
        "is_sample": properties["status"] == "sample",
    }


def inner_lonlat(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    """A point inside the feature, EPSG:4326; None where it has no geometry."""
    if feature["geometry"] is None:
        return None
    inside = shape(feature["geometry"]).representative_point()
    return inside.x, inside.y


def time_values(at: datetime, *, is_now: bool) -> dict[str, Any]:
    """The time looked at; where it is not now, in words for the band and as the parameter that links keep."""
    shown = None if is_now else moment_words(at, seoul_now(), words_of_reader())
    return {"at": at, "is_now": is_now, "other_time": shown, "at_parameter": None if is_now else at.strftime("%Y-%m-%dT%H:%M")}
