"""Cells and pieces against the polygons they were cut from."""

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geo_app.planning.cells import build_cells, cut_cells
from geo_app.spatial.crs import GridXY, LonLat, lonlat_of_grid, to_grid
from geo_app.spatial.grid import parse_grid_code


def in_degrees(area):
    return shapely.transform(area, lambda xy: lonlat_of_grid(GridXY(xy)))


def areas(*boxes):
    held = np.empty(len(boxes), dtype=object)
    held[:] = [in_degrees(shapely.box(*box)) for box in boxes]
    return held


@pytest.fixture(scope="module")
def demo_cells(demo_workspace):
    return build_cells(demo_workspace.keeper.current)


def test_a_cell_that_two_dongs_share_is_cut_in_two():
    cells = cut_cells(
        ["dg-1", "dg-2"], ["가동", "나동"], areas((930_000, 1_680_000, 930_100, 1_680_250), (930_100, 1_680_000, 930_500, 1_680_250))
    )
    assert cells.codes == ("다라30aa80aa", "다라30ab80aa")
    assert cells.piece_cell.tolist() == [0, 0, 1]
    assert cells.piece_dong.tolist() == [0, 1, 1]
    assert cells.cell_dong.tolist() == [1, 1]
    assert cells.piece_area_m2 == pytest.approx([25_000, 37_500, 62_500], rel=1e-3)


def test_the_point_of_a_cell_is_its_centre_or_lies_in_its_largest_piece():
    cells = cut_cells(["dg-1"], ["가동"], areas((930_000, 1_680_000, 930_300, 1_680_250)))
    points = to_grid(LonLat(cells.point_lonlat))
    assert points[0] == pytest.approx((930_125, 1_680_125), abs=1e-3)
    assert 930_250 < points[1][0] < 930_300


def test_no_dongs_make_no_cells():
    cells = cut_cells([], [], np.empty(0, dtype=object))
    assert (len(cells), cells.piece_count, cells.point_lonlat.shape, cells.corners_lonlat.shape) == (0, 0, (0, 2), (0, 4, 2))
    assert cells.cell_dong.tolist() == []


def test_the_pieces_of_the_district_are_its_dongs_cut_up(demo_workspace, demo_cells):
    layer = demo_workspace.keeper.current.layers["dongs"]
    official = [layer.feature(position)["properties"]["area_m2"] for position in layer.pins.tolist()]
    assert demo_cells.sum_by_dong(demo_cells.piece_area_m2) == pytest.approx(official, rel=1e-4)
    assert len(set(demo_cells.codes)) == len(demo_cells) > 3_000
    assert (np.diff(demo_cells.piece_cell) >= 0).all()
    assert sorted(demo_cells.codes) == list(demo_cells.codes)


def test_every_piece_lies_in_its_cell_and_its_dong(demo_workspace, demo_cells):
    layer = demo_workspace.keeper.current.layers["dongs"]
    dongs = [shape(layer.feature(position)["geometry"]).buffer(1e-7) for position in layer.pins.tolist()]
    for piece in range(0, demo_cells.piece_count, 97):
        square = parse_grid_code(demo_cells.codes[demo_cells.piece_cell[piece]])
        box = shapely.box(square.x_min, square.y_min, square.x_min + 250, square.y_min + 250).buffer(1e-3)
        assert box.covers(demo_cells.piece_shapes[piece])
        assert dongs[demo_cells.piece_dong[piece]].covers(in_degrees(demo_cells.piece_shapes[piece]))


def test_every_cell_s_point_lies_in_the_district(demo_workspace, demo_cells):
    layer = demo_workspace.keeper.current.layers["dongs"]
    district = shapely.union_all([shape(layer.feature(position)["geometry"]) for position in layer.pins.tolist()]).buffer(1e-7)
    assert shapely.intersects_xy(district, demo_cells.point_lonlat[:, 0], demo_cells.point_lonlat[:, 1]).all()


def test_the_cells_of_a_layer_are_cut_once(demo_workspace, demo_cells):
    assert build_cells(demo_workspace.keeper.current) is demo_cells
