"""The places that a planner's question counts: exact pins with their schedules; the others are only reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from geo_app.domain.provenance import POINT_PRECISIONS, Status
from geo_app.snapshot.opening import Schedule
from geo_app.snapshot.snapshot import Snapshot

# As the finder judges (`tests/planning/test_plan_site.py` holds both rooms to it).
STALE_AFTER_DAYS: Final = 180
REGISTERED_ONLY: Final = frozenset({"registration", "card"})
ROUGH: Final = "rough"  # a pin that stands for a dong or a complex
UNPLACED: Final = "unplaced"  # no coordinates at all
CLOSED: Final = "closed"  # gone for good
PLANNED: Final = "planned"  # not there yet
LEFT_OUT: Final = (ROUGH, UNPLACED, CLOSED, PLANNED)


@dataclass(frozen=True, slots=True)
class PlanSite:
    """A place whose door somebody could walk to. `lon`, `lat` in EPSG:4326.

    `schedule` is None where nothing at all is said of its hours; `entry` one of `domain.layers.ENTRY_RULES`, or None. `is_neighbour`:
    its point lies in no dong of the district; `is_stale`: its hours were last vouched for too long ago on the day it was listed for.
    """

    id: str
    name: str
    lon: float
    lat: float
    schedule: Schedule | None
    entry: str | None = None
    is_neighbour: bool = False
    is_sample: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class SiteList:
    """`counted` by id; `left_out`: how many of the layer's published records do not count, by reason of `LEFT_OUT`."""

    counted: tuple[PlanSite, ...]
    left_out: Mapping[str, int]


def list_plan_sites(snapshot: Snapshot, layer_name: str, on_day: date) -> SiteList:
    """The places of a layer as they are judged on a day of Seoul. Raises `UnknownLayer`."""
    layer = snapshot.get_layer(layer_name)
    has_dongs = bool(snapshot.layers["dongs"].pins.size) if "dongs" in snapshot.layers else False
    counted: list[PlanSite] = []
    left_out = dict.fromkeys(LEFT_OUT, 0)
    for position in range(len(layer)):
        feature = layer.feature(position)
        reason = _find_reason(feature)
        if reason is None:
            counted.append(_read(feature, layer.opening.schedule(position), on_day, has_dongs=has_dongs))
        else:
            left_out[reason] += 1
    return SiteList(tuple(counted), MappingProxyType(left_out))


def newest_day(properties: Mapping[str, Any]) -> date | None:
    """The newest day on which a published record or one of its statements of hours was vouched for."""
    said = (properties.get("checked_on"), *(item.get("as_of") for item in properties.get("hours", ())))
    return max((date.fromisoformat(day) for day in said if day), default=None)


def is_stale(checked_on: date | None, on_day: date) -> bool:
    """True where hours were last checked more than `STALE_AFTER_DAYS` days before, or never."""
    return checked_on is None or (on_day - checked_on).days > STALE_AFTER_DAYS


def _find_reason(feature: Mapping[str, Any]) -> str | None:
    """Why a place does not count, or None."""
    properties = feature["properties"]
    if properties["status"] in (CLOSED, PLANNED):
        return str(properties["status"])
    if feature["geometry"] is None:
        return UNPLACED
    return None if properties["precision"] in POINT_PRECISIONS else ROUGH


def _read(feature: Mapping[str, Any], schedule: Schedule | None, on_day: date, *, has_dongs: bool) -> PlanSite:
    properties = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"]
    return PlanSite(
        id=feature["id"],
        name=properties["name"],
        lon=lon,
        lat=lat,
        schedule=schedule,
        entry=properties.get("entry"),
        is_neighbour=has_dongs and "dong" not in properties,
        is_sample=properties["status"] == Status.SAMPLE,
        is_stale=is_stale(newest_day(properties), on_day),
    )
