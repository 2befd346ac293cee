"""What a frame or a picture on somebody else's page shows: places of some layers, all or in one dong, in the order of their doors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import UnknownSite
from geo_app.domain.hours import Answer, State
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Status
from geo_app.domain.report import ReportSummary
from geo_app.finder.areas import list_dongs
from geo_app.finder.keeping import KeptByLayer
from geo_app.finder.vouching import voucher
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot

DONGS = "dongs"
# An open door that may not be promised stands behind all that may, before those of which nobody knows anything.
_RANKS = {State.OPEN: 0, State.UNKNOWN: 2, State.CLOSED: 3}
_DOUBTFUL_RANK, _DOORLESS_RANK = 1, 4


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One place: where it stands in its layer, a point inside it (degrees, EPSG:4326), and what is known of its door.

    `lon` and `lat` are None where nobody knows where it is: it is listed, never a pin. `answer` is None in a layer without hours.
    `is_doubtful`: open by its hours, but these may not be promised.
    """

    layer: str
    position: int
    id: str
    name: str
    lon: float | None
    lat: float | None
    answer: Answer | None
    is_doubtful: bool
    is_sample: bool


@dataclass(frozen=True, slots=True)
class _Fact:
    """What the clock does not change of a place that is still there."""

    position: int
    name: str
    lonlat: tuple[float, float] | None
    is_sample: bool


_facts: KeptByLayer[Mapping[str, _Fact]] = KeptByLayer()


def list_shown(
    snapshot: Snapshot,
    *,
    layers: Sequence[str],
    area_id: str,
    at: datetime,
    only_open: bool,
    reports: Mapping[str, ReportSummary],
) -> list[ShownPlace]:
    """Known open doors first, then doubtful and unknown ones, then closed ones, then places without hours; by name within.

    `area_id` is a dong's id, or "" for the whole district; a place without a pin lies in no dong. `only_open` drops doors that are not
    open by their hours, never a place of a layer without hours. Places that closed for good are left out. Raises `UnknownLayer`,
    and `UnknownSite` for an area that is no dong with a border.
    """
    area = _area(snapshot, area_id) if area_id else None
    shown: list[ShownPlace] = []
    for name in layers:
        layer = snapshot.get_layer(name)
        shown += _shown_of(snapshot, layer, _facts_in(layer, area), at, reports)
    kept = (place for place in shown if not only_open or place.answer is None or place.answer.state is State.OPEN)
    return sorted(kept, key=lambda place: (rank_of(place), place.name, place.id))


def _area(snapshot: Snapshot, area_id: str) -> BaseGeometry:
    dongs = snapshot.layers.get(DONGS)
    found = next((dong.area for dong in list_dongs(dongs) if dong.id == area_id), None) if dongs else None
    if found is None:
        raise UnknownSite(layer=DONGS, id=area_id)
    return found


def _facts_in(layer: LayerSnapshot, area: BaseGeometry | None) -> Iterable[tuple[str, _Fact]]:
    facts = _facts.get(layer, (), lambda: _read(layer))
    if area is None:
        return facts.items()
    return [(site_id, facts[site_id]) for site_id in layer.index.intersecting(area) if site_id in facts]


def _shown_of(
    snapshot: Snapshot,
    layer: LayerSnapshot,
    facts: Iterable[tuple[str, _Fact]],
    at: datetime,
    reports: Mapping[str, ReportSummary],
) -> Iterable[ShownPlace]:
    if not LAYERS[layer.name].has_hours:
        for site_id, fact in facts:
            yield _place(layer.name, site_id, fact, None, is_doubtful=False)
        return
    answers = layer.opening.answers(at, snapshot.calendar)
    vouched = voucher(layer, at)
    for site_id, fact in facts:
        answer = answers[fact.position]
        # Only an open door promises anything.
        is_doubtful = answer.state is State.OPEN and vouched(fact.position, reports.get(site_id)).is_doubtful
        yield _place(layer.name, site_id, fact, answer, is_doubtful=is_doubtful)


def _place(layer_name: str, site_id: str, fact: _Fact, answer: Answer | None, *, is_doubtful: bool) -> ShownPlace:
    lon, lat = fact.lonlat or (None, None)
    return ShownPlace(layer_name, fact.position, site_id, fact.name, lon, lat, answer, is_doubtful, fact.is_sample)


def _read(layer: LayerSnapshot) -> Mapping[str, _Fact]:
    features = ((position, layer.feature(position)) for position in range(len(layer)))
    return {
        feature["id"]: _Fact(position, feature["properties"]["name"], _inside(feature["geometry"]), _has(feature, Status.SAMPLE))
        for position, feature in features
        if not _has(feature, Status.CLOSED)
    }


def _has(feature: Mapping[str, dict[str, Any]], status: Status) -> bool:
    return bool(feature["properties"]["status"] == status.value)


def _inside(geometry: dict[str, Any] | None) -> tuple[float, float] | None:
    if geometry is None:
        return None
    point = shape(geometry).representative_point()
    return point.x, point.y


def rank_of(place: ShownPlace) -> int:
    """Where its door puts a place: 0 known open, 1 open but not to be promised, 2 unknown, 3 closed, 4 no hours."""
    if place.answer is None:
        return _DOORLESS_RANK
    return _DOUBTFUL_RANK if place.is_doubtful else _RANKS[place.answer.state]
