"""One change of a scenario as the form without a script sends it: read field by field, so that the page can say what is wrong where."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from geo_app.domain.errors import BadCoordinates
from geo_app.domain.hours import BadHours
from geo_app.finder.gazetteer import Place, PlaceKind
from geo_app.planning.edits import MAX_NAME_CHARACTERS, EditKind
from geo_app.spatial.checks import check_point
from geo_app.spatial.crs import MAX_LAT_DEG
from geo_app.web.parameters import BadParameters
from geo_app.web.plan_scenario import EDIT_FIELDS, HOURS, KIND, NAME, PLACE, SITE
from geo_app.wording.catalogue import Words
from geo_app.wording.problems import problem_hint, problem_sentence
from geo_app.workspace.typed_hours import read_typed_hours

_NEEDED = {
    EditKind.OPEN: (PLACE, HOURS),
    EditKind.CLOSE: (SITE,),
    EditKind.MOVE: (SITE, PLACE),
    EditKind.HOURS: (SITE, HOURS),
}
_FAULT_WORDS = {
    SITE: "Choose the place to change.",
    PLACE: "Where is not understood. Write a place's name as in the list, or longitude and latitude such as 126.79350, 35.16530.",
    HOURS: "When is not understood. Write it as in “24/7”, “18:00-04:00” or “Mo-Fr 09:00-18:00”.",
}
_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d{1,15})?)\s*[,\s]\s*(-?\d{1,3}(?:\.\d{1,15})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChangeFault:
    """What is wrong with a change: the field (one of `EDIT_FIELDS`) and a sentence for its reader."""

    field: str
    sentence: str


def with_place(given: MultiDict[str, str], places: Iterable[Place]) -> MultiDict[str, str]:
    """The sent form with its place as `longitude,latitude`, where it can be read: from a name, or from a pair in either order.

    A place that opens where a named one stands is called after it, unless it has a name.
    """
    told = MultiDict(given)
    text = " ".join(given.get(PLACE, "").split())
    named = next((place for place in places if text and text in (place.name, place.latin)), None)
    if named is not None:
        told[PLACE] = f"{named.lon:.6f},{named.lat:.6f}"
        if given.get(KIND) == EditKind.OPEN and not given.get(NAME, "").strip():
            told[NAME] = named.name[:MAX_NAME_CHARACTERS]
    elif pair := read_pair(text):
        told[PLACE] = ",".join(pair)
    return told


def read_pair(text: str) -> tuple[str, str] | None:
    """(longitude, latitude) of two numbers, as they are written. Korean maps copy the latitude first: where only that can be, it is so.

    >>> read_pair("35.124524, 126.760434"), read_pair("126.760434 35.124524"), read_pair("here")
    (('126.760434', '35.124524'), ('126.760434', '35.124524'), None)
    """
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    first, second = found.groups()
    return (second, first) if abs(float(second)) > MAX_LAT_DEG >= abs(float(first)) else (first, second)


def find_fault(given: Mapping[str, str], words: Words) -> ChangeFault | None:
    """The first field that the change needs and that cannot be used; None where all can, or where no such change is known."""
    kind = given.get(KIND, "")
    needed = _NEEDED[EditKind(kind)] if kind in [*EditKind] else ()
    field = next((name for name in needed if not _can_be_read(name, given.get(name, "").strip())), None)
    return None if field is None else ChangeFault(field, words(_FAULT_WORDS[field]))


def fault_of(error: BadParameters, given: Mapping[str, str], words: Words) -> ChangeFault | None:
    """The fault of a whole scenario as one of the change that was added last; None where other parameters are at fault too."""
    told = [problem for problem in error.problems if problem.column == "edits"]
    if not told or len(told) < len(error.problems):
        return None
    kind = given.get(KIND, "")
    field = _NEEDED[EditKind(kind)][0] if kind in [*EditKind] else KIND
    return ChangeFault(field, f"{problem_sentence(told[0], words)} {problem_hint(told[0], words)}".strip())


def refused_values(given: Mapping[str, str], fault: ChangeFault) -> dict[str, Any]:
    """What the form shows again: every field as it was sent, and the fault beside its own."""
    return {"field": fault.field, "sentence": fault.sentence, **{name: given.get(name, "") for name in EDIT_FIELDS}}


def offered_places(places: Iterable[Place]) -> list[str]:
    """Names that a change may give for where it is, each once and in order; rest places themselves stand in a list of their own."""
    return list(dict.fromkeys(place.name for place in places if place.kind is not PlaceKind.SITE))


def _can_be_read(field: str, text: str) -> bool:
    try:
        if field == PLACE:
            lon, lat = text.split(",")
            check_point(float(lon), float(lat))
        elif field == HOURS:
            read_typed_hours(text)
    except (ValueError, BadCoordinates, BadHours):
        return False
    return bool(text)
