"""A scenario: the places of a question as they would be after its changes. Nothing of it is ever published."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from geo_app.domain.errors import GeoAppError
from geo_app.domain.hours import HolidayTreatment
from geo_app.domain.site import HoursStatement
from geo_app.planning.edits import (
    EDIT_FORMS,
    MAX_EDITS,
    MAX_EDITS_CHARACTERS,
    BadEdit,
    Edit,
    EditKind,
    EditOutside,
    parse_edits,
    read_canonical_hours,
    write_edits,
)
from geo_app.planning.plan_site import PlanSite
from geo_app.snapshot.opening import Schedule

__all__ = [
    "EDIT_FORMS", "MAX_EDITS", "MAX_EDITS_CHARACTERS", "NEW_ID_PREFIX", "BadEdit", "Edit", "EditKind", "EditOutside", "UnknownEditedSite",
    "apply_edits", "check_places", "edited_ids", "parse_edits", "read_canonical_hours", "write_edits",
]  # fmt: skip

NEW_ID_PREFIX = "new-"
OPENED_ENTRY = "open-door"
MOST_OUTSIDE_KM: Final = 20  # beyond the district's bounds: nobody's way to rest is longer, and a slip of the pen mostly is
_KM_A_DEGREE = 110.6  # of latitude, at the least; of longitude on the equator a little more


class UnknownEditedSite(GeoAppError):
    """A change of a place that is not among those counted (closed before, left out, or no longer published). Values: `number`, `id`."""

    code = "unknown-edited-site"


def apply_edits(sites: tuple[PlanSite, ...], edits: Sequence[Edit]) -> tuple[PlanSite, ...]:
    """The places after the changes, made one after the other: those that were there in their order, then the opened ones.

    An opened place gets the id `new-1`, `new-2` … and is open to everybody; later changes may name it. Hours that a scenario states count
    as checked, and on holidays as on any other day where it says nothing of them. Raises `UnknownEditedSite`.
    """
    held = {site.id: site for site in sites}
    opened = 0
    for number, edit in enumerate(edits, start=1):
        if edit.kind is EditKind.OPEN:
            opened += 1
            site = _opened(edit, f"{NEW_ID_PREFIX}{opened}")
            held[site.id] = site
            continue
        site_id = edit.site_id or ""
        if site_id not in held:
            raise UnknownEditedSite(number=number, id=site_id)
        if edit.kind is EditKind.CLOSE:
            del held[site_id]
        else:
            held[site_id] = _changed(held[site_id], edit)
    return tuple(held.values())


def edited_ids(edits: Sequence[Edit]) -> tuple[str, ...]:
    """The id of the place that each change is about, as `apply_edits` names the opened ones."""
    numbers = count(1)
    return tuple(f"{NEW_ID_PREFIX}{next(numbers)}" if edit.kind is EditKind.OPEN else edit.site_id or "" for edit in edits)


def check_places(edits: Sequence[Edit], bounds_lonlat: tuple[float, float, float, float]) -> None:
    """Raises `EditOutside` at the first place farther than `MOST_OUTSIDE_KM` beyond the bounds (min_lon, min_lat, max_lon, max_lat)."""
    min_lon, min_lat, max_lon, max_lat = bounds_lonlat
    rise = MOST_OUTSIDE_KM / _KM_A_DEGREE
    run = rise / math.cos(math.radians(max(abs(min_lat), abs(max_lat))))
    for number, edit in enumerate(edits, start=1):
        if edit.lon is None or edit.lat is None:
            continue
        if not (min_lon - run <= edit.lon <= max_lon + run and min_lat - rise <= edit.lat <= max_lat + rise):
            raise EditOutside(number=number, place=f"{edit.lon:g}, {edit.lat:g}", limit_km=MOST_OUTSIDE_KM)


def _opened(edit: Edit, site_id: str) -> PlanSite:
    lon, lat = _place(edit)
    return PlanSite(
        id=site_id,
        name=edit.name or site_id,
        lon=lon,
        lat=lat,
        schedule=Schedule((_statement(edit),), (), ()),
        entry=OPENED_ENTRY,
        is_neighbour=False,
        is_sample=False,
        is_stale=False,
    )


def _changed(site: PlanSite, edit: Edit) -> PlanSite:
    if edit.kind is EditKind.MOVE:
        lon, lat = _place(edit)
        return replace(site, lon=lon, lat=lat)
    # A closure is a fact about the door and stays; hours of single days were exceptions to the hours that are replaced.
    closures = site.schedule.closures if site.schedule is not None else ()
    return replace(site, schedule=Schedule((_statement(edit),), closures, ()), is_stale=False)


def _place(edit: Edit) -> tuple[float, float]:
    if edit.lon is None or edit.lat is None:
        raise ValueError(edit)
    return edit.lon, edit.lat


def _statement(edit: Edit) -> HoursStatement:
    usual = HolidayTreatment.USUAL.value
    return HoursStatement(edit.hours or "", opening_hours=edit.hours, on_holidays=edit.on_holidays or usual)
