"""How far what is published of one place can be relied on: its hours by their last check and by riders, its point by its area."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from geo_app.domain.hours import seoul_time
from geo_app.domain.layers import LAYERS, GeometryKind
from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.domain.report import ReportSummary
from geo_app.finder.areas import EXACT, Extent, area_layers, build_area_book
from geo_app.finder.judging import is_enterable, is_stale, needs_check, newest_check
from geo_app.finder.keeping import KeptByLayer
from geo_app.finder.lineup import newest_day
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot

SHELTERS = "shelters"


@dataclass(frozen=True, slots=True)
class Vouched:
    """`checked_on`: the last day (of Seoul) anybody vouched for the hours, None if nobody did; `is_stale`: that is too long ago.

    `is_doubtful`: an open door may not be promised: the hours are stale, riders found it closed, or nobody said how one gets into a
    shelter.
    """

    checked_on: date | None
    is_stale: bool
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class _Said:
    checked_on: date | None
    is_rough: bool
    has_way_in: bool


_said: KeptByLayer[dict[int, _Said]] = KeptByLayer()
_extents: KeptByLayer[dict[int, Extent]] = KeptByLayer()


def vouch(layer: LayerSnapshot, position: int, report: ReportSummary | None, at: datetime) -> Vouched | None:
    """What can be relied on at `at` of the hours of a place; None in a layer without hours."""
    return voucher(layer, at)(position, report) if LAYERS[layer.name].has_hours else None


def voucher(layer: LayerSnapshot, at: datetime) -> Callable[[int, ReportSummary | None], Vouched]:
    """`vouch` for many places of one layer with hours at one time: what all of them share is looked up once."""
    kept = _said_of(layer)
    today = seoul_time(at).date()

    def vouched(position: int, report: ReportSummary | None) -> Vouched:
        said = kept.get(position) or _look_up(layer, position)
        is_to_be_checked = report is not None and needs_check(report, at)
        checked_on = said.checked_on if report is None or is_to_be_checked else newest_check(said.checked_on, report)
        has_stale_hours = is_stale(checked_on, today)
        return Vouched(checked_on, has_stale_hours, has_stale_hours or is_to_be_checked or not said.has_way_in)

    return vouched


def extent_of(snapshot: Snapshot, layer: LayerSnapshot, position: int) -> Extent:
    """How far from its point a place may really be; `EXACT` in layers of areas, which are measured to their border."""
    # Layers of areas are what extents are made with: they must not be kept by themselves (see `KeptByLayer`).
    if LAYERS[layer.name].geometry is not GeometryKind.POINT or not _look_up(layer, position).is_rough:
        return EXACT
    kept = _extents.get(layer, area_layers(snapshot), dict)
    if position not in kept:
        feature = layer.feature(position)
        lon, lat = feature["geometry"]["coordinates"]
        kept[position] = build_area_book(snapshot).extent(lon, lat, feature["properties"])
    return kept[position]


def _said_of(layer: LayerSnapshot) -> dict[int, _Said]:
    return _said.get(layer, (), dict)


def _look_up(layer: LayerSnapshot, position: int) -> _Said:
    kept = _said_of(layer)
    found = kept.get(position)
    if found is None:
        found = kept[position] = _read(layer.name, layer.feature(position)["properties"])
    return found


def _read(layer_name: str, properties: Mapping[str, Any]) -> _Said:
    # Only in a shelter is the way in a matter of doubt: everywhere else one comes in as anybody does.
    has_way_in = layer_name != SHELTERS or is_enterable(properties.get("entry"), is_registered=True)
    return _Said(newest_day(properties), properties["precision"] not in POINT_PRECISIONS, has_way_in)
