"""The district itself, as data: another city needs a file, not code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class DistrictCode:
    """A government code with the days it is valid; never a primary key."""

    scheme: str
    code: str
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call when nothing else is left; `names` by language, with Korean and English at least."""

    number: str
    names: Mapping[str, str]

    def name(self, lang: str) -> str:
        """Who answers, in that language, else in English."""
        return self.names.get(lang) or self.names["en"]


@dataclass(frozen=True, slots=True)
class DistrictGroup:
    """Dongs that the office counts together. `scheme` is what kind of group it is (선거구 …), `dongs` are names of administrative dongs.

    A dong may stand in one group of a scheme, and in groups of several schemes. `as_of` and `source_url` say since when and who says so.
    """

    scheme: str
    name: str
    dongs: tuple[str, ...]
    as_of: str = ""
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """What makes this district this district.

    `names` by language; `bounds_lonlat` is (min_lon, min_lat, max_lon, max_lat) in EPSG:4326; `focus_lonlat` is where a map looks first.
    `aged_after_years` is the age from which a complex is shown as "조성 30년 이상".
    """

    code: str
    names: Mapping[str, str]
    province_names: tuple[str, ...]
    bounds_lonlat: tuple[float, float, float, float]
    focus_lonlat: tuple[float, float]
    focus_names: Mapping[str, str]
    codes: tuple[DistrictCode, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    aged_after_years: int = 30
    emergency: tuple[EmergencyNumber, ...] = ()
    groups: tuple[DistrictGroup, ...] = ()

    def name(self, lang: str) -> str:
        """The district's name in that language, else in English, else in Korean."""
        return self.names.get(lang) or self.names.get("en") or self.names["ko"]


def load_district(record: Mapping[str, Any]) -> District:
    """The district that plain values tell (a TOML file, a numbered input).

    Raises `KeyError`, `TypeError`, `ValueError` naming what is wrong.
    """
    members = dict(record)
    return District(
        **{
            **members,
            "names": MappingProxyType(dict(members["names"])),
            "focus_names": MappingProxyType(dict(members["focus_names"])),
            "province_names": tuple(members["province_names"]),
            "bounds_lonlat": _numbers(members["bounds_lonlat"], 4),
            "focus_lonlat": _numbers(members["focus_lonlat"], 2),
            "codes": tuple(_code(item) for item in members.get("codes", ())),
            "emergency": tuple(_emergency_number(item) for item in members.get("emergency", ())),
            "groups": _groups(members.get("groups", ())),
        }
    )


def _code(item: Mapping[str, Any]) -> DistrictCode:
    days = {name: _day(item[name]) for name in ("valid_from", "valid_until") if name in item}
    return DistrictCode(**{**item, **days})


def _emergency_number(item: Mapping[str, Any]) -> EmergencyNumber:
    names = {lang: str(name) for lang, name in item["name"].items()}
    if not item["number"] or not names["ko"] or not names["en"]:
        raise ValueError(item["number"])
    return EmergencyNumber(str(item["number"]), MappingProxyType(names))


def _groups(items: Sequence[Mapping[str, Any]]) -> tuple[DistrictGroup, ...]:
    groups = tuple(DistrictGroup(**{**item, "dongs": tuple(item["dongs"])}) for item in items)
    seen: set[tuple[str, str]] = set()
    for group in groups:
        if not (group.scheme and group.name and group.dongs):
            raise ValueError(group.name)
        for dong in group.dongs:
            if (group.scheme, dong) in seen:
                raise ValueError(dong)
            seen.add((group.scheme, dong))
    return groups


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _numbers(values: Any, count: int) -> Any:
    numbers = tuple(float(value) for value in values)
    if len(numbers) != count:
        raise ValueError(count)
    return numbers
