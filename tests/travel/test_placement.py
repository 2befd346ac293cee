"""Places on their nearest streets, against plain loops over all streets."""

from itertools import pairwise

import numpy as np
import pytest
from travel.lattice import EVERYBODY, GEOD, make_lattice, make_streets
from travel.made_up import random_streets

from geo_app.domain.errors import BadCoordinates
from geo_app.travel.placement import SNAP_LIMIT_M
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode
from geo_app.travel.streets import Access, RoadClass

STREET = [(126.79, 35.14), (126.80, 35.14)]


def place(streets, lonlat, mode=Mode.WALK):
    return StreetRouter(streets).place(np.array(lonlat, dtype=float).reshape(-1, 2), mode)


def north_of(lon, lat, metres):
    return GEOD.fwd(lon, lat, 0.0, metres)[:2]


def nearest_by_loops(streets, lon, lat, usable):
    """Geodesic metres to the nearest street by golden section along every straight piece, and the streets that near."""
    best = {}
    for edge in np.flatnonzero(usable):
        line = streets.line_lonlat[streets.line_offsets[edge] : streets.line_offsets[edge + 1]]
        for begin, end in pairwise(line):
            low, high = 0.0, 1.0
            for _ in range(60):
                first, second = low + (high - low) * 0.382, low + (high - low) * 0.618
                metres = [GEOD.inv(lon, lat, *(begin + (end - begin) * share))[2] for share in (first, second)]
                low, high = (low, second) if metres[0] < metres[1] else (first, high)
            best[edge] = min(best.get(edge, np.inf), GEOD.inv(lon, lat, *(begin + (end - begin) * low))[2])
    nearest = min(best.values())
    return nearest, {edge for edge, metres in best.items() if metres < nearest + 0.02}


@pytest.mark.parametrize("mode", list(Mode))
def test_every_place_is_on_the_street_that_loops_find_nearest(mode):
    streets = random_streets(3, n_nodes=14)
    usable = streets.access & {Mode.WALK: 3, Mode.BICYCLE: 12, Mode.MOTORBIKE: 48}[mode] != 0
    chance = np.random.default_rng(5)
    for lon, lat in zip(chance.uniform(126.79, 126.80, 12), chance.uniform(35.14, 35.15, 12), strict=True):
        placed = place(streets, (lon, lat), mode)
        metres, nearest = nearest_by_loops(streets, lon, lat, usable & ~streets.is_tunnel)
        assert placed.offset_m[0] == pytest.approx(metres, abs=0.02)
        assert placed.edge[0] in nearest


def test_the_fraction_follows_a_bent_street():
    bend = [(126.79, 35.14), (126.79, 35.15), (126.80, 35.15)]
    streets = make_streets([bend[0], bend[2]], [(0, 1)], lines=[bend])
    first_m, second_m = GEOD.inv(*bend[0], *bend[1])[2], GEOD.inv(*bend[1], *bend[2])[2]
    placed = place(streets, [(126.79, 35.145), (126.795, 35.15)])
    assert placed.fraction == pytest.approx([first_m / 2 / (first_m + second_m), (first_m + second_m / 2) / (first_m + second_m)], abs=1e-4)
    # A parallel bends by a centimetre from the chord between two points on it.
    assert placed.offset_m == pytest.approx([0, 0], abs=0.02)


def test_beyond_the_limit_there_is_no_street():
    streets = make_streets(STREET, [(0, 1)])
    placed = place(streets, [north_of(126.795, 35.14, SNAP_LIMIT_M - 1), north_of(126.795, 35.14, SNAP_LIMIT_M + 1), (-70.0, -33.0)])
    assert placed.edge.tolist() == [0, -1, -1]
    assert placed.offset_m[0] == pytest.approx(SNAP_LIMIT_M - 1, abs=0.05)
    assert np.isinf(placed.offset_m[1:]).all()


def test_a_mode_takes_no_street_that_is_closed_to_it():
    nodes = [*STREET, north_of(*STREET[0], 200), north_of(*STREET[1], 200)]
    streets = make_streets(nodes, [(0, 1), (2, 3)], access=[Access.WALK_FORWARD | Access.WALK_BACK, EVERYBODY])
    assert place(streets, (126.795, 35.14)).edge.tolist() == [0]
    assert place(streets, (126.795, 35.14), Mode.MOTORBIKE).edge.tolist() == [1]


def test_a_mode_without_any_street_places_nothing():
    streets = make_streets(STREET, [(0, 1)], access=Access.WALK_FORWARD)
    assert place(streets, STREET, Mode.BICYCLE).edge.tolist() == [-1, -1]


def test_nobody_enters_a_tunnel_in_the_middle():
    nodes = [*STREET, north_of(*STREET[0], 200), north_of(*STREET[1], 200)]
    streets = make_streets(nodes, [(0, 1), (2, 3)], is_tunnel=[True, False])
    assert place(streets, (126.795, 35.14)).edge.tolist() == [1]


def test_near_its_end_a_place_stands_at_the_node_itself():
    streets = make_lattice(rows=1, columns=2)
    placed = place(streets, [streets.node_lonlat[0], streets.node_lonlat[1] + 1e-9])
    assert placed.fraction.tolist() == [0.0, 1.0]


def test_of_equally_near_streets_the_first_listed_is_taken():
    streets = make_streets(STREET, [(0, 1), (0, 1), (1, 0)], road_class=RoadClass.PATH)
    assert place(streets, (126.7951, 35.1401)).edge.tolist() == [0]


def test_a_street_of_no_length_is_one_place():
    streets = make_streets([STREET[0], STREET[0]], [(0, 1)])
    placed = place(streets, north_of(*STREET[0], 100))
    assert placed.fraction.tolist() == [0.0]
    assert placed.offset_m == pytest.approx([100], abs=0.01)


def test_no_places_are_placed_nowhere_and_bad_ones_are_refused():
    streets = make_lattice()
    assert len(place(streets, np.empty((0, 2)))) == 0
    with pytest.raises(BadCoordinates):
        place(streets, (35.14, 126.79))
