"""Well-known binary: shapely's bytes read as shapely reads them, and nothing else gets past us."""

import struct
from contextlib import suppress

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.limits import LIMITS, Limits
from geo_app.ingest.wkb import read_gpkg_geometry, read_wkb

NUMBER = st.floats(-1e6, 1e6, allow_nan=False)
POSITION = st.tuples(NUMBER, NUMBER)
RING = st.lists(POSITION, min_size=3, max_size=6, unique=True).map(lambda ring: [*ring, ring[0]])
POLYGON = st.lists(RING, min_size=1, max_size=3).map(lambda rings: shapely.Polygon(rings[0], rings[1:]))
SHAPE = st.one_of(
    POSITION.map(shapely.Point), POLYGON, st.lists(POLYGON, min_size=1, max_size=3).map(shapely.MultiPolygon),
    st.lists(POSITION, min_size=1, max_size=3).map(shapely.MultiPoint),
)  # fmt: skip
HEAD = b"GP\x00\x01" + struct.pack("<i", 4326)


def _lists(value):
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


@given(shape=SHAPE, byte_order=st.sampled_from([0, 1]), flavor=st.sampled_from(["iso", "extended"]), height=st.booleans())
def test_what_shapely_writes_is_read_as_it_was(shape, byte_order, flavor, height):
    given_shape = shapely.force_3d(shape, 7.0) if height else shapely.set_srid(shape, 5186)
    blob = shapely.to_wkb(given_shape, byte_order=byte_order, flavor=flavor, include_srid=flavor == "extended" and not height)
    assert read_wkb(blob, LIMITS) == _lists_of(shapely.geometry.mapping(shape))


def _lists_of(mapping):
    return {"type": mapping["type"], "coordinates": _lists(mapping["coordinates"])}


@settings(max_examples=300)
@given(blob=st.one_of(st.binary(max_size=60), SHAPE.flatmap(lambda shape: _broken(shapely.to_wkb(shape)))))
def test_whatever_the_bytes_they_are_read_or_refused(blob):
    for read in (read_wkb, lambda data, limits: read_gpkg_geometry(HEAD + data, limits), read_gpkg_geometry):
        with suppress(BadCell):
            told = read(blob, LIMITS)
            assert told is None or told["type"] in ("Point", "MultiPoint", "Polygon", "MultiPolygon")


def _broken(blob):
    return st.tuples(st.integers(0, len(blob) - 1), st.integers(0, 255)).map(
        lambda change: blob[: change[0]] + bytes([change[1]]) + blob[change[0] + 1 :]
    )


def test_collections_in_collections_are_refused_at_the_first():
    nested = b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 500_000
    with pytest.raises(BadCell) as refusal:
        read_wkb(nested, LIMITS)
    assert (refusal.value.code, refusal.value.details["found"]) == ("wrong-geometry", "GeometryCollection")
    inside = b"\x01\x06\x00\x00\x00\x01\x00\x00\x00" * 500_000
    with pytest.raises(BadCell):
        read_wkb(inside, LIMITS)


def test_counts_that_no_file_could_hold_cost_nothing():
    with pytest.raises(BadCell) as refusal:
        read_wkb(b"\x01\x03\x00\x00\x00\x01\x00\x00\x00" + struct.pack("<I", 0xFFFF_FFFF), LIMITS)
    assert refusal.value.code == "too-many-vertices"
    with pytest.raises(BadCell):
        read_wkb(b"\x01\x06\x00\x00\x00" + struct.pack("<I", 0xFFFF_FFFF), LIMITS)


def test_vertices_are_counted_over_all_rings():
    blob = shapely.to_wkb(shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]))
    assert read_wkb(blob, Limits(vertices=10))["type"] == "MultiPolygon"
    with pytest.raises(BadCell):
        read_wkb(blob, Limits(vertices=9))


@pytest.mark.parametrize(("flags", "envelope_bytes"), [(0x01, 0), (0x03, 32), (0x05, 48), (0x07, 48), (0x09, 64)])
def test_an_envelope_of_any_size_is_passed_over(flags, envelope_bytes):
    blob = b"GP\x00" + bytes([flags]) + struct.pack("<i", 4326) + b"\xff" * envelope_bytes + shapely.to_wkb(shapely.Point(1, 2))
    assert read_gpkg_geometry(blob, LIMITS) == {"type": "Point", "coordinates": [1.0, 2.0]}
    assert read_gpkg_geometry(b"GP\x00" + bytes([flags | 0x10]) + struct.pack("<i", 0) + b"\0" * envelope_bytes, LIMITS) is None


def test_a_kind_of_no_thousand_that_anybody_uses_is_named():
    blob = struct.pack("<BIdd", 1, 5001, 126.8, 35.1)
    with pytest.raises(BadCell) as fault:
        read_wkb(blob, LIMITS)
    assert fault.value.code == "wrong-geometry"


@pytest.mark.parametrize("empty", [struct.pack("<BII", 1, 3, 200_000) + b"\0" * 800_000, struct.pack("<BII", 1, 6, 200_000)])
def test_empty_rings_and_parts_count_too(empty):
    with pytest.raises(BadCell) as fault:
        read_wkb(empty, LIMITS)
    assert fault.value.code == "too-many-vertices"
