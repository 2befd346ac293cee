"""What a planner would call the place of a cell."""

import json

import numpy as np
import pytest
from planning.small_world import CELL_COUNT, complex_record, lonlat, small_world, square

from geo_app.planning.naming import WINDS, Wind


def station(name, x_m, y_m):
    lon, lat = lonlat(x_m, y_m)
    return {"id": "st-1", "name": name, "latin": name, "lon": lon, "lat": lat, "source_url": "https://example.kr", "as_of": "2026-01-01"}


def test_without_landmarks_a_cell_is_in_a_part_of_its_dong(tmp_path):
    names = small_world(tmp_path, [], {}).cell_names
    assert {names.landmarks[number].kind for number in names.landmark.tolist()} == {"dong"}


@pytest.mark.parametrize(("x_m", "y_m"), [(-3000, 450), (500, -3000)])
def test_a_landmark_far_away_names_nothing(tmp_path, x_m, y_m):
    world = small_world(tmp_path, [], {}, documents={"stations": json.dumps([station("역", x_m, y_m)])})
    assert "역" not in {world.cell_names.place(cell, "").landmark for cell in range(CELL_COUNT)}


def test_the_side_of_a_station_is_where_one_looks_from_it(tmp_path):
    world = small_world(tmp_path, [], {}, documents={"stations": json.dumps([station("역", 500, 450)])})
    points = world.cells.point_lonlat - np.asarray(lonlat(500, 450))
    for cell, (east, north) in enumerate(points.tolist()):
        place = world.cell_names.place(cell, "가동")
        if place.kind == "station":
            degrees = np.degrees(np.arctan2(east * np.cos(np.radians(35.2)), north)) % 360
            assert place.wind is WINDS[round(degrees / 45) % 8]
    assert {world.cell_names.place(cell, "").kind for cell in range(CELL_COUNT)} >= {"station"}


def test_a_complex_speaks_before_a_station_and_one_is_in_it(tmp_path):
    world = small_world(
        tmp_path, [], {}, documents={"stations": json.dumps([station("역", 100, 100)])},
        industrial_complexes=[complex_record(1, square(0, 0, 500, 500), 10)],
    )  # fmt: skip
    places = [world.cell_names.place(cell, "가동") for cell in range(CELL_COUNT)]
    assert {place.landmark for place in places} == {"1산단"}
    assert {place.wind for place in places} >= {None, Wind.NORTH_EAST}


def test_cells_of_one_name_have_one_zone(tmp_path):
    names = small_world(tmp_path, [], {}).cell_names
    by_zone = {}
    for cell, zone in enumerate(names.zone.tolist()):
        by_zone.setdefault(zone, set()).add(names.place(cell, ""))
    assert all(len(places) == 1 for places in by_zone.values())
    assert len(by_zone) == len({next(iter(places)) for places in by_zone.values()})
