"""The national grid: codes there and back, squares over areas against brute force."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.errors import BadArgument
from geo_app.spatial.crs import GridXY, LonLat, lonlat_of_grid, to_grid
from geo_app.spatial.grid import SIZES_M, cells_over, corners_lonlat, grid_boxes, grid_code, parse_grid_code

DISTRICT_HALL = (126.7937, 35.1396)


@pytest.mark.parametrize(
    ("code", "x_min", "y_min", "size_m"),
    [
        ("가가0000", 700_000, 1_300_000, 1_000),
        ("다사5352", 953_000, 1_952_000, 1_000),
        ("다사53a52b", 953_000, 1_952_500, 500),
        ("다사53bb52aa", 953_750, 1_952_000, 250),
        ("다사531529", 953_100, 1_952_900, 100),
        ("다사53755325", 953_750, 1_953_250, 10),
    ],
)
def test_a_code_of_each_size_names_its_square(code, x_min, y_min, size_m):
    square = parse_grid_code(code)
    assert (square.x_min, square.y_min, square.size_m) == (x_min, y_min, size_m)
    assert grid_code(x_min, y_min, size_m) == code


def test_a_square_that_another_program_publishes_is_met():
    # A public calculator of 250 m squares, written with the digits of 10 m, gives 다사53005425 for 37.5880° N, 126.9680° E.
    x, y = (int(value // 250) * 250 for value in to_grid(LonLat(np.asarray([(126.9680, 37.5880)])))[0])
    assert grid_code(x, y, 10) == "다사53005425"
    assert grid_code(x, y) == "다사53aa54ab"


def test_a_square_of_a_hundred_kilometres_is_the_one_that_the_lists_name():
    # 서울 다사, 세종 다바 (https://ko.wikipedia.org/wiki/국가지점번호).
    for lonlat, letters in [((126.978, 37.5665), "다사"), ((127.289, 36.480), "다바"), (DISTRICT_HALL, "다라")]:
        x, y = (int(value // 1000) * 1000 for value in to_grid(LonLat(np.asarray([lonlat])))[0])
        assert grid_code(x, y, 1000).startswith(letters)


@given(size_m=st.sampled_from(SIZES_M), data=st.data())
def test_every_square_comes_back_from_its_code(size_m, data):
    x_min = 700_000 + size_m * data.draw(st.integers(0, 700_000 // size_m - 1))
    y_min = 1_300_000 + size_m * data.draw(st.integers(0, 800_000 // size_m - 1))
    square = parse_grid_code(f" {grid_code(x_min, y_min, size_m).upper()} ")
    assert (square.x_min, square.y_min, square.size_m) == (x_min, y_min, size_m)


@given(st.text(alphabet="가다라사하ab0123456789 ", max_size=14))
def test_any_other_text_is_refused_or_means_one_square(text):
    try:
        square = parse_grid_code(text)
    except BadArgument:
        return
    assert grid_code(square.x_min, square.y_min, square.size_m) == text.replace(" ", "")


@pytest.mark.parametrize("code", ["", "다사53ab52b", "다사53a52", "하하5352", "다사53", "다사5352x", "53525352"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(BadArgument):
        parse_grid_code(code)


@pytest.mark.parametrize(("x_min", "size_m"), [(953_100, 250), (953_000, 300), (600_000, 250), (1_400_000, 250)])
def test_a_corner_that_is_none_has_no_code(x_min, size_m):
    with pytest.raises(BadArgument):
        grid_code(x_min, 1_952_000, size_m)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)), min_size=3, max_size=8, unique=True))
def test_the_squares_over_an_area_are_those_that_share_ground_with_it(corners):
    hull = shapely.MultiPoint([(930_000 + x, 1_680_000 + y) for x, y in corners]).convex_hull
    if hull.area < 1:
        return
    lonlat = shapely.transform(hull, lambda xy: lonlat_of_grid(GridXY(xy)))
    found = {tuple(corner) for corner in cells_over(lonlat).tolist()}
    back = shapely.transform(lonlat, lambda degrees: to_grid(LonLat(degrees)))
    for x in range(929_750, 932_500, 250):
        for y in range(1_679_750, 1_682_500, 250):
            # Through degrees and back a corner moves by nanometres: what only touches a square may share a hair of ground with it.
            box = shapely.box(x, y, x + 250, y + 250)
            if back.intersection(box).area > 1e-3:
                assert (x, y) in found
            elif back.distance(box) > 1e-6:
                assert (x, y) not in found


def test_an_empty_area_has_no_squares():
    assert cells_over(shapely.Polygon()).shape == (0, 2)


def test_corners_go_round_from_the_south_west():
    corners = np.asarray([[930_000, 1_680_000]])
    ring = corners_lonlat(corners)[0]
    assert np.allclose(to_grid(LonLat(ring)), [(930_000, 1_680_000), (930_250, 1_680_000), (930_250, 1_680_250), (930_000, 1_680_250)])
    assert shapely.Polygon(ring).exterior.is_ccw
    assert grid_boxes(corners)[0].area == 62_500
