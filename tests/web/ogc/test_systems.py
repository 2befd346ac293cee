"""Coordinate systems by URI, with the official order of their axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from geo_app.web.ogc.systems import CRS84, SYSTEMS, system_of
from geo_app.web.parameters import Unreadable

OFFICE = (126.7937, 35.1396)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.uri)
def test_the_order_of_axes_is_the_one_that_the_registry_states(system):
    first = CRS.from_user_input(system.uri).axis_info[0].direction
    assert (first == "north") == system.is_north_first


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.uri)
def test_a_place_is_written_as_proj_writes_it_by_the_same_uri(system):
    told = Transformer.from_crs(CRS84.uri, system.uri).transform(*OFFICE)
    assert tuple(system.written([OFFICE])[0]) == pytest.approx(told, abs=1e-9 if system.is_geographic else 6e-4)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.uri)
@given(lon=st.floats(124, 132), lat=st.floats(33, 39))
def test_what_was_written_is_read_back_to_the_millimetre(system, lon, lat):
    assert system.read(system.written([(lon, lat)]))[0] == pytest.approx((lon, lat), abs=2e-8)


def test_metres_are_told_to_the_millimetre():
    metres = system_of("http://www.opengis.net/def/crs/EPSG/0/5186").written([OFFICE])
    assert np.array_equal(metres, np.round(metres, 3))


@pytest.mark.parametrize(
    "uri", ["EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/5174", "", "http://www.opengis.net/def/crs/OGC/0/CRS84h"]
)
def test_another_system_is_refused_and_the_known_ones_are_named(uri):
    with pytest.raises(Unreadable, match="CRS84"):
        system_of(uri)
