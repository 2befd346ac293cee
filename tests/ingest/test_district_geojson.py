import json
import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon

from geo_app.ingest.district_geojson import geodesic_area_m2, rounded_area, write_features
from geo_app.spatial.crs import to_lonlat


def star(corners, radii, lon=126.8, lat=35.15):
    turns = [2 * math.pi * index / corners for index in range(corners)]
    return Polygon([(lon + radii[index] * math.cos(turn), lat + radii[index] * math.sin(turn)) for index, turn in enumerate(turns)])


@given(st.lists(st.floats(min_value=0.001, max_value=0.05), min_size=4, max_size=40))
def test_rounding_keeps_an_area_valid_and_within_a_few_decimetres(radii):
    area = star(len(radii), radii)
    rounded = rounded_area(area)
    assert rounded.is_valid
    assert rounded.exterior.is_ccw
    assert rounded.hausdorff_distance(area) < 2e-6
    assert all(round(value, 6) == value for pair in rounded.exterior.coords for value in pair)


def test_a_spike_that_rounding_folds_over_itself_is_mended():
    folded = Polygon([(0, 0), (1, 0), (1, 1), (0.50000004, 0.0000004), (0.5, 1), (0, 1)])
    assert rounded_area(folded).is_valid
    assert rounded_area(folded).area == pytest.approx(folded.area, abs=1e-5)


def test_one_part_becomes_a_polygon_and_two_stay_two():
    one, two = shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)
    assert rounded_area(MultiPolygon([one])).geom_type == "Polygon"
    assert len(rounded_area(MultiPolygon([one, two])).geoms) == 2


def test_a_square_kilometre_of_the_metric_plane_is_a_square_kilometre():
    square = shapely.segmentize(shapely.box(180_000, 280_000, 181_000, 281_000), 50)
    hole = shapely.box(180_200, 280_200, 180_300, 280_300)
    on_globe = shapely.transform(square.difference(hole), to_lonlat)
    assert geodesic_area_m2(on_globe) == pytest.approx(990_000, rel=5e-5)


def test_features_are_written_one_a_line_and_read_back(tmp_path):
    path = tmp_path / "areas.geojson"
    assert write_features(path, [(shapely.box(0, 0, 1, 1), {"name": "가"}), (shapely.box(1, 0, 2, 1), {"name": "나"})]) == 2
    read = json.loads(path.read_text(encoding="utf-8"))
    assert [feature["properties"]["name"] for feature in read["features"]] == ["가", "나"]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4
