"""Complexes with nothing usable near, and who there could host."""

import math

import numpy as np
import pytest
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, complex_record, lonlat, shelter, small_world, square

from geo_app.planning.hosts import find_hosts
from geo_app.planning.question import CoverageQuestion

COMPLEXES = [
    complex_record(1, square(0, 0, 500, 300), 1000), complex_record(2, square(600, 0, 1000, 300), 3000),
    complex_record(3, square(0, 600, 200, 900), 50), complex_record(4, square(300, 600, 500, 900), None),
    complex_record(5, square(9000, 9000, 9500, 9500), 9000),
]  # fmt: skip


def place(layer, prefix, number, x_m, y_m, kind, **changes):
    return {
        **shelter(number, x_m=x_m, y_m=y_m), "id": f"{prefix}-{number:06d}", "layer": layer, "name": f"{layer} {number}", "kind": kind,
        "hours": [], "attributes": {}, **changes,
    }  # fmt: skip


def company(number, x_m, y_m, **changes):
    return place("improved-companies", "co", number, x_m, y_m, "facility", **changes)


def facility(number, x_m, y_m, kind="dong-office", **changes):
    return place("public-facilities", "pf", number, x_m, y_m, kind, **changes)


def world_with(folder, rows, companies=(), facilities=(), ways=None):
    layers = {"industrial_complexes": COMPLEXES, "improved_companies": companies, "public_facilities": facilities}
    world = small_world(folder, [shelter(1)], rows, **layers)
    for point, row in (ways or {}).items():
        world.times.rows[lonlat(*point)] = np.asarray(row)
    return world


def ask(**changes):
    return CoverageQuestion(at=leaving(MONDAY, 26 * 60), minutes=5.0, **changes)


NOWHERE = {"sh-000001": [math.inf] * CELL_COUNT}


def test_complexes_with_enough_workers_that_nothing_serves_are_listed_worst_first(tmp_path):
    needs = find_hosts(world_with(tmp_path, NOWHERE), ask(), 1000)
    assert [(need.complex, need.share, need.has_nothing) for need in needs] == [("ic-000002", 0.0, True), ("ic-000001", 0.0, True)]
    assert [need.uncovered for need in needs] == [pytest.approx(3000), pytest.approx(1000)]
    assert [need.complex for need in find_hosts(world_with(tmp_path, NOWHERE), ask(), 1001)] == ["ic-000002"]


def test_a_complex_that_is_wholly_served_has_no_need_and_one_in_part_is_told_so(tmp_path):
    served = world_with(tmp_path, {"sh-000001": [1.0] * CELL_COUNT})
    assert find_hosts(served, ask(), 1000) == ()
    first = served.complexes[0]
    part = np.full(CELL_COUNT, math.inf)
    part[first.cells[0]] = 1.0
    needs = {need.complex: need for need in find_hosts(world_with(tmp_path, {"sh-000001": part}), ask(), 1000)}
    assert not needs["ic-000001"].has_nothing
    assert needs["ic-000001"].share == pytest.approx(first.cell_share[0] / first.cell_share.sum())


def test_hosts_are_exact_places_that_would_serve_workers_the_best_first(tmp_path):
    companies = [company(1, 50, 50), company(2, 60, 50), company(3, 70, 50, precision="complex"), company(4, 80, 50, status="closed")]
    facilities = [facility(1, 40, 50), facility(2, 30, 50, kind="toilet")]
    plain = world_with(tmp_path, NOWHERE).complexes[0]
    half = np.full(CELL_COUNT, math.inf)
    half[plain.cells[0]] = 4.0
    ways = {(50, 50): [6.0] * CELL_COUNT, (60, 50): half, (40, 50): [5.0] * CELL_COUNT}
    needs = find_hosts(world_with(tmp_path, NOWHERE, companies, facilities, ways), ask(), 1000)
    (first,) = [need for need in needs if need.complex == "ic-000001"]
    assert [(host.layer, host.id) for host in first.hosts] == [("public-facilities", "pf-000001"), ("improved-companies", "co-000002")]
    assert [host.gain for host in first.hosts] == [pytest.approx(1000), pytest.approx(1000 * plain.cell_share[0])]
    assert [host.distance_m for host in first.hosts] == [0.0, 0.0]


def test_how_far_a_host_is_from_the_ground_is_measured_to_its_border(tmp_path):
    world = world_with(tmp_path, NOWHERE, [company(1, 550, 100)], ways={(550, 100): [5.0] * CELL_COUNT})
    hosts = {need.complex: need.hosts for need in find_hosts(world, ask(), 1000)}
    assert [hosts[number][0].distance_m for number in ("ic-000001", "ic-000002")] == [pytest.approx(50, abs=0.2)] * 2


def test_a_place_too_far_to_serve_anybody_is_no_host(tmp_path):
    world = world_with(tmp_path, NOWHERE, [company(1, 550, 100)], ways={(550, 100): [5.1] * CELL_COUNT})
    assert {need.hosts for need in find_hosts(world, ask(), 1000)} == {()}
