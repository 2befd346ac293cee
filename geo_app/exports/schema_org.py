"""A place as schema.org JSON-LD for search engines: what it is, where, and its hours, only as far as they are known.

Made-up places are never told, nor those that have closed down or are only planned: a search engine would send people there.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from geo_app.domain.hours import DayException, list_week
from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.domain.provenance import POINT_PRECISIONS, Status
from geo_app.domain.site import HoursStatement

JsonLd = dict[str, Any]
Week = Sequence[Sequence[Span] | None]

TYPES_BY_KIND = {
    "cafe": "CafeOrCoffeeShop",
    "convenience_store": "ConvenienceStore",
    "public": "CivicStructure",
    "toilet": "PublicToilet",
    "dong-office": "GovernmentOffice",
    "laundry": "DryCleaningOrLaundry",
    "small-library": "Library",
    "child-centre": "ChildCare",
}
OTHER_TYPE = "CivicStructure"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOLD_STATUSES = frozenset({Status.CONFIRMED.value, Status.REPORTED.value})
Times = tuple[str, str]
# Closed all day is 00:00 to 00:00 and open all day 00:00 to 23:59, as search engines read a vocabulary that has a word for neither.
CLOSED: Times = ("00:00", "00:00")
_HOUR_MIN = 60


def site_json_ld(
    feature: Mapping[str, Any], *, page_url: str, week: Week | None, exceptions: Iterable[DayException], first_day: date
) -> JsonLd | None:
    """The document of a published feature; None for a place that search engines must not tell of.

    `week` is the plain week from Monday (None: not known), `exceptions` the coming days that differ from it, `first_day` is today. The
    vocabulary has no word for "not known": with a weekday unknown no hours are told, and before an unknown day they stop to be valid.
    """
    properties = feature["properties"]
    if properties["status"] not in TOLD_STATUSES:
        return None
    document = {
        "@context": "https://schema.org",
        "@type": TYPES_BY_KIND.get(properties.get("kind", ""), OTHER_TYPE),
        "@id": page_url,
        "url": page_url,
        "name": properties["name"],
        "address": _address(properties),
        "geo": _geo(feature),
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": code, "value": True} for code in properties.get("amenities", ())
        ],
        **_hours(week, sorted(exceptions, key=lambda item: item.day), first_day),
    }
    return {name: value for name, value in document.items() if value}


def find_agreed_week(statements: Iterable[HoursStatement], *, day: date) -> Week | None:
    """The plain week that all sources tell in the season of `day`; None for a weekday on which they differ, or for all if one is unread."""
    weeks = [list_week(item, day=day) for item in statements if item.alert is None]
    read = [week for week in weeks if week is not None]
    if not read or len(read) < len(weeks):
        return None
    return [said[0] if len(set(said)) == 1 else None for said in zip(*read, strict=True)]


def json_ld_script(document: JsonLd) -> str:
    """The document as the text of a `<script type="application/ld+json">`: no name can end the element or begin another."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _address(properties: Mapping[str, Any]) -> JsonLd | None:
    street = properties.get("address")
    return {"@type": "PostalAddress", "streetAddress": street, "addressCountry": "KR"} if street else None


def _geo(feature: Mapping[str, Any]) -> JsonLd | None:
    if feature["properties"]["precision"] not in POINT_PRECISIONS or feature["geometry"] is None:
        return None
    lon, lat = feature["geometry"]["coordinates"]
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _hours(week: Week | None, exceptions: Sequence[DayException], first_day: date) -> JsonLd:
    if week is None or any(spans is None for spans in week):
        return {}
    unknown_from = next((item.day for item in exceptions if item.spans is None), None)
    if unknown_from is not None and unknown_from <= first_day:
        return {}
    known = [item for item in exceptions if unknown_from is None or item.day < unknown_from]
    days: dict[Times, list[str]] = {}
    for weekday, spans in zip(WEEKDAYS, week, strict=True):
        for times in _times(spans or ()):
            days.setdefault(times, []).append(f"https://schema.org/{weekday}")
    limits = (
        {} if unknown_from is None else {"validFrom": first_day.isoformat(), "validThrough": (unknown_from - timedelta(days=1)).isoformat()}
    )
    return {
        "openingHoursSpecification": [{**_specification(*times), "dayOfWeek": named, **limits} for times, named in days.items()],
        "specialOpeningHoursSpecification": [
            {**_specification(*times), "validFrom": item.day.isoformat(), "validThrough": item.day.isoformat()}
            for item in known
            if not item.is_as_usual
            for times in _times(item.spans or ())
        ],
    }


def _times(spans: Sequence[Span]) -> list[Times]:
    """Opening and closing of each sitting of a day; what closes before it opens, closes on the morrow."""
    return [(_clock(span.starts_min), _clock(_closing(span))) for span in spans] or [CLOSED]


def _closing(span: Span) -> int:
    # A full turn would close at the very time it opens, which means closed: it is told a minute short, as 00:00 to 23:59 is.
    return span.ends_min - 1 if span.ends_min - span.starts_min == DAY_MIN else span.ends_min


def _specification(opens: str, closes: str) -> JsonLd:
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % DAY_MIN, _HOUR_MIN)
    return f"{hour:02d}:{rest:02d}"
