"""What a planner would call the place of a cell."""

import json

import numpy as np
import pytest
from planning.small_world import CELL_COUNT, complex_record, lonlat, small_world, square
from shapely.geometry import mapping

from geo_app.planning.naming import WINDS, Wind


def station(name, x_m, y_m):
    lon, lat = lonlat(x_m, y_m)
    return {"id": "st-1", "name": name, "latin": name, "lon": lon, "lat": lat, "source_url": "https://example.kr", "as_of": "2026-01-01"}


def name_of(world, *cells, weights=None):
    return world.cell_names.place(np.asarray(cells), np.ones(CELL_COUNT) if weights is None else weights, ("가동",))


def test_cells_on_several_sides_are_around_it_unless_most_of_the_demand_lies_on_one(tmp_path):
    world = small_world(tmp_path, [], {}, documents={"stations": json.dumps([station("역", 500, 450)])})
    sides = {name_of(world, cell).wind: cell for cell in range(CELL_COUNT) if name_of(world, cell).kind == "station"}
    north, south, east = (sides[wind] for wind in (Wind.NORTH, Wind.SOUTH, Wind.EAST))
    around = name_of(world, north, south, east)
    assert (around.landmark, around.wind, around.is_wide) == ("역", None, True)
    weights = np.ones(CELL_COUNT)
    weights[east] = 5.0
    assert name_of(world, north, south, east, weights=weights) == name_of(world, east)


def test_a_complex_known_only_as_a_circle_says_so(tmp_path):
    record = complex_record(1, square(0, 0, 500, 500), 10)
    rough = {
        **record,
        "geometry": {"type": "Point", "coordinates": lonlat(250, 250)},
        "attributes": {**record["attributes"], "area_m2": 200_000},
    }
    for item, is_rough in ((record, False), (rough, True)):
        world = small_world(tmp_path, [], {}, industrial_complexes=[item])
        assert {name_of(world, cell).is_rough for cell in range(CELL_COUNT)} == {is_rough}


def test_a_cell_knows_its_legal_dong_where_the_district_has_them(tmp_path):
    assert set(small_world(tmp_path, [], {}).cell_names.legal_dongs) == {None}
    legal = [
        {
            "id": f"ld-{number}", "layer": "legal-dongs", "name": name, "kind": "legal", "status": "confirmed", "precision": "address",
            "visibility": "public", "geometry": mapping(square(west, -500, east, 1500)), "attributes": {}, "provenance": {"source": "test"},
        }
        for number, (name, west, east) in enumerate([("서동", -500, 500), ("동동", 500, 1500)])
    ]  # fmt: skip
    world = small_world(tmp_path, [], {}, legal_dongs=legal)
    for dong, lon in zip(world.cell_names.legal_dongs, world.cells.point_lonlat[:, 0].tolist(), strict=True):
        assert dong == ("서동" if lon < lonlat(500, 300)[0] else "동동")


def test_without_landmarks_a_cell_is_in_a_part_of_its_dong(tmp_path):
    names = small_world(tmp_path, [], {}).cell_names
    assert {names.landmarks[number].kind for number in names.landmark.tolist()} == {"dong"}


@pytest.mark.parametrize(("x_m", "y_m"), [(-3000, 450), (500, -3000)])
def test_a_landmark_far_away_names_nothing(tmp_path, x_m, y_m):
    world = small_world(tmp_path, [], {}, documents={"stations": json.dumps([station("역", x_m, y_m)])})
    assert "역" not in {name_of(world, cell).landmark for cell in range(CELL_COUNT)}


def test_the_side_of_a_station_is_where_one_looks_from_it(tmp_path):
    world = small_world(tmp_path, [], {}, documents={"stations": json.dumps([station("역", 500, 450)])})
    points = world.cells.point_lonlat - np.asarray(lonlat(500, 450))
    for cell, (east, north) in enumerate(points.tolist()):
        place = name_of(world, cell)
        if place.kind == "station":
            degrees = np.degrees(np.arctan2(east * np.cos(np.radians(35.2)), north)) % 360
            assert place.wind is WINDS[round(degrees / 45) % 8]
    assert {name_of(world, cell).kind for cell in range(CELL_COUNT)} >= {"station"}


def test_a_complex_speaks_before_a_station_and_one_is_in_it(tmp_path):
    world = small_world(
        tmp_path, [], {}, documents={"stations": json.dumps([station("역", 100, 100)])},
        industrial_complexes=[complex_record(1, square(0, 0, 500, 500), 10)],
    )  # fmt: skip
    places = [name_of(world, cell) for cell in range(CELL_COUNT)]
    assert {place.landmark for place in places} == {"1산단"}
    assert {place.wind for place in places} >= {None, Wind.NORTH_EAST}


def test_cells_of_one_name_have_one_zone(tmp_path):
    names = small_world(tmp_path, [], {}).cell_names
    by_zone = {}
    for cell, zone in enumerate(names.zone.tolist()):
        by_zone.setdefault(zone, set()).add(names.place(np.asarray([cell]), np.ones(CELL_COUNT), ()))
    assert all(len(places) == 1 for places in by_zone.values())
    assert len(by_zone) == len({next(iter(places)) for places in by_zone.values()})
