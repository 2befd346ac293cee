import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from travel.lattice import make_lattice

from geo_app.cartography.backdrop import STEPS_PER_DEGREE, Level, draw_backdrop
from geo_app.spatial.geodesy import distance_m
from geo_app.travel.streets import RoadClass, Streets


def unpacked(level: bytes) -> list[tuple[int, list[tuple[float, float]]]]:
    """Width and degrees of each line: the reader's side of the format, written apart."""
    document = orjson.loads(level)
    assert document["steps"] == STEPS_PER_DEGREE
    lines = []
    for width, *steps in document["lines"]:
        points, lon, lat = [], 0, 0
        for east, north in zip(steps[::2], steps[1::2], strict=True):
            lon, lat = lon + east, lat + north
            points.append((lon / STEPS_PER_DEGREE, lat / STEPS_PER_DEGREE))
        lines.append((width, points))
    return lines


def changed(streets: Streets, **arrays):
    return Streets.from_arrays({**streets.arrays(), **arrays})


def lattice(road_class: RoadClass) -> Streets:
    streets = make_lattice(126.79, 35.14, 4, 5, 120.0)
    return changed(streets, road_class=streets.road_class * 0 + road_class)


@pytest.mark.parametrize("road_class", list(RoadClass))
def test_every_kind_of_street_is_drawn_in_one_level_only(road_class):
    streets = lattice(road_class)
    counts = [len(unpacked(draw_backdrop(streets, level))) for level in Level]
    assert sorted(counts) == [0, 0, streets.n_edges]


def test_lines_begin_and_end_at_the_junctions_to_a_metre():
    streets = lattice(RoadClass.RESIDENTIAL)
    drawn = unpacked(draw_backdrop(streets, Level.MIDDLE))
    for edge, (_, points) in enumerate(drawn):
        for node, (lon, lat) in ((streets.edge_from[edge], points[0]), (streets.edge_to[edge], points[-1])):
            assert distance_m(*map(float, streets.node_lonlat[node]), lon, lat) < 1.2


def test_tunnels_are_left_out_and_equal_streets_give_equal_bytes():
    streets = lattice(RoadClass.PRIMARY)
    is_tunnel = streets.is_tunnel.copy()
    is_tunnel[3] = True
    assert len(unpacked(draw_backdrop(changed(streets, is_tunnel=is_tunnel), Level.MAJOR))) == streets.n_edges - 1
    assert draw_backdrop(streets, Level.MAJOR) == draw_backdrop(lattice(RoadClass.PRIMARY), Level.MAJOR)


@given(st.data())
def test_the_widest_lines_are_drawn_last(data):
    streets = lattice(RoadClass.MOTORWAY)
    classes = data.draw(st.lists(st.sampled_from([0, 1, 2, 3]), min_size=streets.n_edges, max_size=streets.n_edges))
    drawn = unpacked(draw_backdrop(changed(streets, road_class=classes), Level.MAJOR))
    widths = [width for width, _ in drawn]
    assert widths == sorted(widths, reverse=True)
    assert len(drawn) == streets.n_edges
