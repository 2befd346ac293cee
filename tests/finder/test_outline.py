"""The district's outline: small, and never wrong about who is inside."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from geo_app.finder.areas import list_dongs
from geo_app.finder.outline import build_outline, district_outline, is_outside
from geo_app.spatial.crs import LonLat, to_metric

BLURRED_M = 101.0  # widened and simplified by 50 m each, and a metre of rounding


def metric(geometry):
    return shapely.transform(geometry, lambda pairs: to_metric(LonLat(pairs)))


def test_the_district_lies_wholly_inside_and_nothing_far_from_it(demo):
    whole = metric(shapely.union_all([dong.area for dong in list_dongs(demo.layers["dongs"])]))
    outline = metric(Polygon(*[district_outline(demo)[0]]))
    assert whole.difference(outline).area == 0
    assert outline.difference(whole.buffer(BLURRED_M)).area == 0
    assert sum(len(ring) for ring in district_outline(demo)) < 250


@settings(max_examples=200, deadline=None)
@given(lon=st.floats(126.6, 126.9), lat=st.floats(35.0, 35.3))
def test_inside_is_what_shapely_says_of_the_same_rings(demo, lon, lat):
    outline = district_outline(demo)
    assert is_outside(outline, lon, lat) is not Polygon(outline[0], outline[1:]).covers(Point(lon, lat))


def test_every_shelter_with_a_dong_stands_inside(demo):
    layer = demo.layers["shelters"]
    for position in layer.pins.tolist():
        feature = layer.feature(position)
        assert not is_outside(district_outline(demo), *feature["geometry"]["coordinates"])


def test_holes_and_parts_are_kept():
    holed = Polygon(box(126.7, 35.1, 126.8, 35.2).exterior.coords, [box(126.74, 35.14, 126.76, 35.16).exterior.coords])
    outline = build_outline([holed, box(126.9, 35.1, 126.92, 35.12)])
    asked = {(126.75, 35.15): True, (126.72, 35.15): False, (126.91, 35.11): False, (126.85, 35.11): True}
    assert {point: is_outside(outline, *point) for point in asked} == asked
    assert len(outline) == 3


def test_without_dongs_nobody_is_outside():
    assert build_outline([]) == ()
    assert not is_outside((), 0.0, 0.0)


def test_the_border_of_the_district_is_inside(demo):
    whole = shapely.union_all([dong.area for dong in list_dongs(demo.layers["dongs"])])
    border = shapely.get_coordinates(whole.boundary)
    steps = np.linspace(0, len(border) - 1, 400).astype(int)
    assert not [pair for pair in border[steps].tolist() if is_outside(district_outline(demo), *pair)]
