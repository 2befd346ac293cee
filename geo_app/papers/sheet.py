"""What stands on a sheet: a place's feature in, plain JSON values out, every text already in its language and bounded in length."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from geo_app.domain.calendar import SEOUL
from geo_app.domain.district import District
from geo_app.domain.errors import UnknownSite
from geo_app.domain.provenance import Status
from geo_app.papers.fonts import printable
from geo_app.papers.hours_grid import grid_rows, hours_note
from geo_app.papers.qr import qr_svg
from geo_app.papers.week import find_plain_week
from geo_app.wording.catalogue import LANGUAGES, Words, get_words
from geo_app.wording.labels import AMENITY_WORDS, ENTRY_WORDS, KIND_WORDS, label
from geo_app.wording.romanise import romanise

SHELTERS = "shelters"  # the layer whose places have sheets
KOREAN = "ko"  # the language of names, addresses and notes as they are written in the data
# Characters. Longer than any real name or note by far; what is cut off ends in "…", and the page has all of it.
NAME_LIMIT, LATIN_LIMIT, ADDRESS_LIMIT, NOTE_LIMIT, CONTACT_LIMIT = 60, 120, 80, 120, 100

Sheet = dict[str, Any]


class Size(StrEnum):
    """A4 for a wall, A6 for a door."""

    A4 = "a4"
    A6 = "a6"


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """For whom a sheet is made. `page_url` is the absolute address of the place's page; `made_at` and `revision` are the data's own."""

    size: Size
    lang: str
    page_url: str
    made_at: datetime
    revision: int
    district: District


def build_sheet(feature: Mapping[str, Any], order: SheetOrder) -> Sheet:
    """The sheet of a published shelter. `order.lang` is one of `wording.LANGUAGES`.

    Raises `UnknownSite` for a place that has closed down, since no sheet may invite anybody there; `FontsMissing`.
    """
    words = get_words(order.lang)
    properties = feature["properties"]
    if properties["status"] == Status.CLOSED.value:
        raise UnknownSite(layer=SHELTERS, id=feature["id"])
    # A name of pictures alone leaves nothing to print, and a page needs a heading: the number leads to the place too.
    name = printable(properties["name"], NAME_LIMIT) or feature["id"]
    latin = printable(romanise(name), LATIN_LIMIT)
    what = words("Rest shelter for mobile workers")
    return {
        "lang": words.lang,
        "title": f"{name} · {what}",
        "district": order.district.name(words.lang),
        "greetings": [_greeting(words.lang), *(_greeting(lang) for lang in LANGUAGES if lang != words.lang)],
        "name": name,
        "latin": "" if latin == name else latin,
        "place": printable(properties.get("address") or properties.get("dong") or "", ADDRESS_LIMIT),
        "kind": label(words, KIND_WORDS, properties.get("kind")),
        "hours": _hours(properties, words, is_grouped=order.size is Size.A6),
        "entry": _entry(properties, words),
        "amenities": _amenities(properties.get("amenities", ()), words),
        "code": _code(order.page_url, words),
        "sample": _sample(words) if properties["status"] == Status.SAMPLE.value else None,
        "contact": _contact(order, words),
        "data": words("As of {date}, revision {revision}", date=f"{order.made_at.astimezone(SEOUL):%Y-%m-%d}", revision=order.revision),
        "checked": _checked(properties, words),
    }


def _greeting(lang: str) -> dict[str, str]:
    words = get_words(lang)
    return {"lang": lang, "text": words("Come in and rest"), "what": words("Rest shelter for mobile workers")}


def _hours(properties: Mapping[str, Any], words: Words, *, is_grouped: bool) -> dict[str, Any]:
    week = find_plain_week(properties.get("hours", ()))
    return {
        "title": words("Opening hours"),
        "head": [words("Day"), words("Time")],
        "rows": [] if week is None else [list(row) for row in grid_rows(week, words, is_grouped=is_grouped)],
        "note": words("Opening hours not known") if week is None else printable(hours_note(week, words), 2 * NOTE_LIMIT),
        "is_known": week is not None,
    }


def _entry(properties: Mapping[str, Any], words: Words) -> dict[str, str] | None:
    rule, note = label(words, ENTRY_WORDS, properties.get("entry")), printable(properties.get("entry_note") or "", NOTE_LIMIT)
    return {"title": words("How to get in"), "text": rule, "note": note} if rule or note else None


def _amenities(codes: Iterable[str], words: Words) -> dict[str, Any] | None:
    named = [label(words, AMENITY_WORDS, code) for code in AMENITY_WORDS if code in set(codes)]
    return {"title": words("What is here"), "items": named} if named else None


def _code(page_url: str, words: Words) -> dict[str, str]:
    return {
        "svg": qr_svg(page_url),
        "caption": words("Scan to see whether it is open now"),
        "alt": words("QR code: {url}", url=page_url),
        "url": page_url.partition("://")[2],
    }


def _sample(words: Words) -> dict[str, Any]:
    # In Korean on every sheet: whoever finds one on a door reads at once that no such place exists.
    told = list(dict.fromkeys(get_words(lang)("Sample: this place does not exist") for lang in (KOREAN, words.lang)))
    return {"mark": get_words(KOREAN)("Sample"), "told": told}


def _contact(order: SheetOrder, words: Words) -> str:
    contact = order.district.contacts.get(SHELTERS) or " · ".join(order.district.contacts.values())
    return words("Ask: {contact}", contact=printable(contact, CONTACT_LIMIT)) if contact else ""


def _checked(properties: Mapping[str, Any], words: Words) -> str:
    days = [properties.get("checked_on"), *(item.get("as_of") for item in properties.get("hours", ()))]
    newest = max((day for day in days if day), default=None)
    return words("Hours checked on {date}", date=newest) if newest and properties.get("hours") else ""
