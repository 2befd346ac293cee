"""Ways become a network that leads exactly where the ways lead, and as far."""

import heapq
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.ingest.roads.components import network_facts
from geo_app.ingest.roads.network import build_network, clip_way
from geo_app.ingest.roads.tags import EVERYBODY, NOBODY, WALK
from geo_app.ingest.roads.way import Box, RoadRule, RoadWay
from geo_app.spatial.geodesy import distance_m
from geo_app.travel.streets import Access, RoadClass

EVERYWHERE = Box(-180, -90, 180, 90)
STREET = RoadRule(RoadClass.RESIDENTIAL, EVERYBODY)
PATH = RoadRule(RoadClass.PATH, WALK)
ONE_WAY = RoadRule(RoadClass.RESIDENTIAL, WALK | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD)
COLUMNS = 4


def place(node):
    """A lattice of 12 numbered points, about 100 m apart and a little crooked."""
    row, column = divmod(node, COLUMNS)
    return 126.8 + column * 0.0011 + row * 0.00013, 35.15 + row * 0.0009 + column * 0.00007


def way(nodes, rule=STREET):
    return RoadWay(np.array(nodes, dtype=np.int64), np.array([place(node) for node in nodes]), rule)


def lengths(edges, starts):
    """Plain Dijkstra over (from, to, metres) triples: {(start, node): metres}."""
    out = {}
    for start in starts:
        heap, seen = [(0.0, start)], set()
        while heap:
            far, node = heapq.heappop(heap)
            if node in seen:
                continue
            seen.add(node)
            out[start, node] = far
            for first, last, metres in edges:
                if first == node:
                    heapq.heappush(heap, (far + metres, last))
    return out


def directed(first, last, metres, access, forward, back):
    return [(first, last, metres)] * bool(access & forward) + [(last, first, metres)] * bool(access & back)


RULES = st.sampled_from(
    [STREET, PATH, ONE_WAY, RoadRule(RoadClass.STEPS, WALK), RoadRule(RoadClass.PRIMARY, EVERYBODY, is_tunnel=True, max_speed_kmh=60)]
)
LINES = st.lists(st.integers(0, 11), min_size=2, max_size=6).filter(lambda nodes: all(one != other for one, other in pairwise(nodes)))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(LINES, RULES), min_size=1, max_size=7))
def test_every_way_between_junctions_is_as_long_as_in_the_file(drawn):
    streets = build_network([way(nodes, rule) for nodes, rule in drawn], EVERYWHERE)
    number = {tuple(np.round(place(node), 7)): node for node in range(12)}
    nodes = [number[tuple(lonlat)] for lonlat in streets.node_lonlat.tolist()]
    for forward, back in ((Access.WALK_FORWARD, Access.WALK_BACK), (Access.MOTORBIKE_FORWARD, Access.MOTORBIKE_BACK)):
        raw = [
            edge
            for line, rule in drawn
            for one, other in pairwise(line)
            for edge in directed(one, other, distance_m(*place(one), *place(other)), rule.access, forward, back)
        ]
        made = [
            edge
            for first, last, metres, access in zip(
                streets.edge_from.tolist(), streets.edge_to.tolist(), streets.length_m.tolist(), streets.access.tolist(), strict=True
            )
            for edge in directed(nodes[first], nodes[last], metres, access, forward, back)
        ]
        expected = {pair: far for pair, far in lengths(raw, nodes).items() if pair[1] in nodes}
        got = lengths(made, nodes)
        assert got.keys() == expected.keys()
        for pair, far in expected.items():
            assert got[pair] == pytest.approx(far, rel=1e-4, abs=0.05)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(LINES, RULES), min_size=1, max_size=7))
def test_every_straight_stretch_of_the_file_is_in_the_network_once(drawn):
    streets = build_network([way(nodes, rule) for nodes, rule in drawn], EVERYWHERE)
    drawn_m = sum(distance_m(*place(one), *place(other)) for line, _ in drawn for one, other in pairwise(line))
    assert float(streets.length_m.sum()) == pytest.approx(drawn_m, rel=1e-4)
    # A node is an end, a junction, a change of rule, or where a ring begins.
    degrees = np.bincount(np.concatenate((streets.edge_from, streets.edge_to)), minlength=streets.n_nodes)
    assert (degrees > 0).all()


def test_a_chain_of_ways_is_one_edge_with_all_its_points():
    streets = build_network([way([0, 1, 2]), way([3, 2]), way([3, 7])], EVERYWHERE)
    assert (streets.n_edges, streets.n_nodes, len(streets.line_lonlat)) == (1, 2, 5)


def test_a_chain_is_not_joined_where_the_rule_changes():
    streets = build_network([way([0, 1, 2]), way([2, 3], PATH)], EVERYWHERE)
    assert sorted(streets.road_class.tolist()) == [RoadClass.RESIDENTIAL, RoadClass.PATH]
    assert streets.n_nodes == 3


def test_one_way_pieces_drawn_against_each_other_are_not_joined():
    apart = build_network([way([0, 1], ONE_WAY), way([2, 1], ONE_WAY)], EVERYWHERE)
    joined = build_network([way([0, 1], ONE_WAY), way([1, 2], ONE_WAY)], EVERYWHERE)
    assert (apart.n_edges, joined.n_edges) == (2, 1)


def test_two_ways_cross_only_where_they_share_a_point():
    bridge = build_network([way([0, 1, 2]), way([5, 9])], EVERYWHERE)
    assert network_facts(bridge)["components"] == 2
    crossing = build_network([way([0, 1, 2]), way([5, 1])], EVERYWHERE)
    assert (network_facts(crossing)["components"], crossing.n_edges) == (1, 3)


def test_a_ring_road_without_a_junction_is_one_edge_back_to_its_beginning():
    streets = build_network([way([0, 1, 5, 4, 0])], EVERYWHERE)
    assert streets.edge_from.tolist() == streets.edge_to.tolist() == [0]
    assert len(streets.line_lonlat) == 5


def test_clipping_keeps_whole_the_stretches_that_touch_the_box_and_drops_the_rest():
    line = way([0, 1, 2, 3])
    (west, south), (east, north) = place(1), place(1)
    around = Box(west - 1e-5, south - 1e-5, east + 1e-5, north + 1e-5)
    parts = list(clip_way(line, around))
    assert [part.nodes.tolist() for part in parts] == [[0, 1, 2]]
    assert build_network([line], Box(10, 10, 11, 11)) is None


def test_a_stretch_that_only_passes_through_the_box_stays():
    crossing = RoadWay(np.array([1, 2]), np.array([[126.0, 35.0], [127.0, 35.0]]), STREET)
    assert len(list(clip_way(crossing, Box(126.4, 34.9, 126.5, 35.1)))) == 1


def test_a_point_twice_in_a_row_makes_no_street():
    assert build_network([way([4, 4])], EVERYWHERE) is None


def test_islands_are_kept_and_reported():
    streets = build_network([way([0, 1, 2, 3]), way([8, 9])], EVERYWHERE)
    facts = network_facts(streets)
    assert facts["components"] == 2
    assert facts["largest_share"] == pytest.approx(0.75, abs=0.02)


def test_a_street_that_nobody_may_use_joins_nothing():
    closed = RoadRule(RoadClass.MOTORWAY, NOBODY)
    facts = network_facts(build_network([way([0, 1]), way([1, 2], closed), way([2, 3])], EVERYWHERE))
    assert (facts["components"], facts["edges"]) == (2, 3)


def test_a_one_way_island_is_joined_for_walkers_and_not_for_motorbikes():
    """A motorbike can ride into the street 5-6-7 and never out again."""
    streets = build_network([way([0, 1, 5, 4, 0]), way([5, 6, 7], ONE_WAY)], EVERYWHERE)
    facts = network_facts(streets)["modes"]
    assert facts["walk"]["connected_share"] == 1.0
    assert facts["motorbike"]["connected_share"] == pytest.approx(2 / 3, abs=0.03)
    assert facts["motorbike"]["length_m"] == facts["walk"]["length_m"]
