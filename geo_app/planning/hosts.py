"""Which complex has nothing usable near, and who there could host a shelter: two layers asked through each other by the R-tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np

from geo_app.domain.provenance import POINT_PRECISIONS, Status
from geo_app.planning.answers import BoolArray
from geo_app.planning.complexes import Complex
from geo_app.planning.edits import Edit
from geo_app.planning.plan_site import CLOSED, PLANNED
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach import limit_of
from geo_app.planning.slices import cover_slice
from geo_app.planning.world import PlanningWorld
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.travel.speeds import BICYCLE_SPEED_KMH, WALK_SPEED_KMH, Mode

HOST_LAYERS: Final = ("improved-companies", "public-facilities")
TOILET: Final = "toilet"  # nobody rests in one
DEFAULT_MIN_EMPLOYEES: Final = 1000
MOST_HOSTS: Final = 5
# Of many candidates near one complex only the nearest are measured on the way.
MOST_MEASURED: Final = 200
# No way is shorter than the straight line at the best speed: farther off nobody could serve any of a complex's ground.
_FASTEST_KMH: Final = {Mode.WALK: WALK_SPEED_KMH, Mode.BICYCLE: BICYCLE_SPEED_KMH, Mode.MOTORBIKE: 80.0}


@dataclass(frozen=True, slots=True)
class Host:
    """A place that could take a shelter in: exact, not closed, not itself one of those counted.

    `distance_m`: geodesic metres from the complex, 0 inside; `gain`: workers of the complex who would be served more, were its door open
    to everybody at `at`. `lon`, `lat` in EPSG:4326.
    """

    layer: str
    id: str
    name: str
    lon: float
    lat: float
    distance_m: float
    gain: float
    is_sample: bool


@dataclass(frozen=True, slots=True)
class ComplexNeed:
    """A complex (`complex` is its id) whose workers are not all served at `at`. `share` 0–1 of its ground in the district is covered.

    `employees` of the whole complex; `uncovered`: workers on its ground in the district that are not served. `has_nothing`: nowhere in
    it is anything usable within the minutes. `hosts`: by gain, then distance; none where nobody known could host.
    """

    complex: str
    name: str
    employees: int
    share: float
    uncovered: float
    has_nothing: bool
    is_rough: bool
    hosts: tuple[Host, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Slice:
    """(n,) bool: cells covered at `at`, and cells that one more usable place would make covered."""

    covered: BoolArray
    lacking_one: BoolArray


def find_hosts(
    world: PlanningWorld, question: CoverageQuestion, min_employees: int = DEFAULT_MIN_EMPLOYEES, edits: Sequence[Edit] = ()
) -> tuple[ComplexNeed, ...]:
    """The complexes with at least `min_employees` that are not wholly covered, most workers not served first.

    Raises `UnknownSite`, `UnknownEditedSite`.
    """
    now = _ask_slice(world, question, edits)
    needs = [
        _need(world, question, item, item.employees, now)
        for item in world.complexes
        if item.employees is not None and item.employees >= min_employees and item.share_of(now.covered) < 1
    ]
    return tuple(sorted(needs, key=lambda need: (-need.uncovered, need.name, need.complex)))


def _ask_slice(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit]) -> _Slice:
    situation = world.situation(question, edits)
    reach = world.reach(question.mode, world.period(question.mode, question.hour_of_week), situation.lonlat)
    near = cover_slice(situation, reach, question.week_min) & (reach.minutes <= limit_of(question.minutes))
    counts = near.sum(axis=0)
    return _Slice(counts >= question.nth, counts == question.nth - 1)


def _need(world: PlanningWorld, question: CoverageQuestion, item: Complex, employees: int, now: _Slice) -> ComplexNeed:
    share = item.share_of(now.covered)
    return ComplexNeed(
        complex=item.id,
        name=item.name,
        employees=employees,
        share=share,
        uncovered=(item.workers or 0.0) * (1 - share),
        has_nothing=not now.covered[item.cells].any(),
        is_rough=item.is_rough,
        hosts=_find_hosts(world, question, item, now),
    )


def _find_hosts(world: PlanningWorld, question: CoverageQuestion, item: Complex, now: _Slice) -> tuple[Host, ...]:
    reach_m = question.minutes / 60 * _FASTEST_KMH[question.mode] * 1000
    candidates = [
        (name, feature)
        for name in HOST_LAYERS
        if name != question.layer and name in world.snapshot.layers
        for feature in islice(_list_candidates(world.snapshot.layers[name], item, item.radius_m + reach_m), MOST_MEASURED)
    ]
    if not candidates:
        return ()
    lonlat = np.asarray([feature["geometry"]["coordinates"] for _, feature in candidates], dtype=np.float64)
    period = world.period(question.mode, question.hour_of_week)
    near = world.times.table(question.mode, period, lonlat)[:, item.cells] <= limit_of(question.minutes)
    gains = np.where(near & now.lacking_one[item.cells], item.cell_share, 0.0).sum(axis=1) * (item.employees or 0)
    hosts = [_host(name, feature, item, gain) for (name, feature), gain in zip(candidates, gains.tolist(), strict=True) if gain > 0]
    return tuple(sorted(hosts, key=lambda host: (-host.gain, host.distance_m, host.id))[:MOST_HOSTS])


def _list_candidates(layer: LayerSnapshot, item: Complex, radius_m: float) -> Iterator[dict[str, Any]]:
    for hit in layer.index.within(item.lon, item.lat, radius_m):
        feature = layer.feature(int(layer.pins[hit.position]))
        properties = feature["properties"]
        is_there = properties["precision"] in POINT_PRECISIONS and properties["status"] not in (CLOSED, PLANNED)
        if is_there and properties.get("kind") != TOILET:
            yield feature


def _host(layer: str, feature: dict[str, Any], item: Complex, gain: float) -> Host:
    lon, lat = feature["geometry"]["coordinates"]
    properties = feature["properties"]
    return Host(
        layer=layer,
        id=feature["id"],
        name=properties["name"],
        lon=lon,
        lat=lat,
        distance_m=item.distance_m(lon, lat),
        gain=gain,
        is_sample=properties["status"] == Status.SAMPLE,
    )
