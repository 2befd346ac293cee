"""Streets as they are stored and frozen: what goes in comes out to the last bit, whole or not at all."""

import base64
import json
import shutil
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.errors import BadRecord
from geo_app.snapshot.street_pack import (
    META_FILE,
    StreetPack,
    is_whole_street_pack,
    read_street_body,
    read_street_meta,
    street_body,
    write_street_pack,
)
from geo_app.travel.streets import ARRAYS, Access, BadStreets, RoadClass, Streets

META = {"source": "시험", "data_date": "2026-11-01", "edges": 1}
LONLAT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def streets_of(lines):
    """One edge a line, each between two nodes of its own."""
    points = [np.round(np.array(line, dtype=np.float64), 7) + 0.0 for line in lines]
    count = len(points)
    numbers = np.arange(count, dtype=np.int32)
    return Streets.from_arrays(
        {
            "node_lonlat": np.concatenate([line[[0, -1]] for line in points]),
            "edge_from": 2 * numbers,
            "edge_to": 2 * numbers + 1,
            "length_m": np.arange(count, dtype=np.float32) + 1.5,
            "road_class": np.full(count, RoadClass.SERVICE, dtype=np.uint8),
            "access": np.full(count, int(Access.WALK_FORWARD), dtype=np.uint8),
            "is_tunnel": numbers % 2 == 0,
            "max_speed_kmh": np.full(count, 30, dtype=np.uint8),
            "line_offsets": np.cumsum([0, *(len(line) for line in points)]).astype(np.int64),
            "line_lonlat": np.concatenate(points),
        }
    )


SMALL = streets_of([[(126.8, 35.15), (126.81, 35.151)], [(126.7, 35.1), (126.71, 35.11), (126.72, 35.1)]])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LONLAT, min_size=2, max_size=5), min_size=1, max_size=5))
def test_any_network_comes_back_to_the_last_bit(lines):
    streets = streets_of(lines)
    back, meta = read_street_body(street_body(streets, META))
    assert back.digest == streets.digest == meta["digest"]
    for name in ARRAYS:
        np.testing.assert_array_equal(back.arrays()[name], streets.arrays()[name])


def test_finer_coordinates_are_stored_to_the_centimetre():
    fine = np.array([(126.8000000123, 35.15), (126.81, 35.15100000049)])
    arrays = {**streets_of([fine]).arrays(), "node_lonlat": fine, "line_lonlat": fine}
    back, meta = read_street_body(street_body(Streets.from_arrays(arrays), META))
    assert np.abs(back.line_lonlat - fine).max() <= 0.5e-7
    assert back.digest == meta["digest"]


def test_equal_streets_have_equal_bodies():
    assert street_body(SMALL, META) == street_body(SMALL, dict(reversed(META.items())))


def test_a_pack_is_mapped_into_memory_and_outlives_its_folder(tmp_path):
    write_street_pack(tmp_path / "pack", street_body(SMALL, META), 7)
    pack = StreetPack(tmp_path / "pack")
    assert is_whole_street_pack(tmp_path / "pack")
    shutil.rmtree(tmp_path / "pack")
    assert pack.meta == {**META, "digest": SMALL.digest, "revision": 7}
    assert pack.streets.digest == SMALL.digest
    assert pack.streets is pack.streets
    holder = pack.streets.line_lonlat
    while holder.base is not None and not isinstance(holder, np.memmap):
        holder = holder.base
    assert isinstance(holder, np.memmap)  # mapped, so that the workers of one machine share it


def test_a_revision_that_removed_the_streets_has_a_pack_without_any(tmp_path):
    write_street_pack(tmp_path / "pack", None, 8)
    assert is_whole_street_pack(tmp_path / "pack")
    pack = StreetPack(tmp_path / "pack")
    assert pack.streets is None
    assert pack.meta is None


@pytest.mark.parametrize("name", [META_FILE, "edge_from.npy", "line_lonlat.npy"])
def test_a_pack_that_lost_a_file_is_not_whole(tmp_path, name):
    write_street_pack(tmp_path / "pack", street_body(SMALL, META), 7)
    (tmp_path / "pack" / name).unlink()
    assert not is_whole_street_pack(tmp_path / "pack")


def test_a_stored_network_that_cannot_be_read_leaves_no_pack(tmp_path):
    with pytest.raises(BadRecord):
        write_street_pack(tmp_path / "pack", json.dumps({"meta": {}, "arrays": "AAAA"}), 7)
    assert list(tmp_path.iterdir()) == []


def _with_arrays(change):
    stored = json.loads(street_body(SMALL, META))
    plain = change(zlib.decompress(base64.b64decode(stored["arrays"])))
    return json.dumps({**stored, "arrays": base64.b64encode(zlib.compress(plain)).decode()})


@pytest.mark.parametrize(
    "body",
    [
        '{"meta": {}}',
        "[]",
        '{"meta": {}, "arrays": "%%%"}',
        street_body(SMALL, META).replace(SMALL.digest, "0" * 64),
        _with_arrays(lambda plain: plain[:-3]),
        _with_arrays(lambda plain: plain + b"x"),
        _with_arrays(lambda plain: plain.replace(b'"<i4"', b'"<X9"')),
        _with_arrays(lambda plain: plain[:-1] + bytes([plain[-1] ^ 1])),
    ],
)
def test_a_stored_network_that_was_tampered_with_is_refused(body):
    with pytest.raises((BadRecord, BadStreets)):
        read_street_body(body)


def test_what_a_network_says_of_itself_is_read_without_its_arrays():
    assert read_street_meta(street_body(SMALL, META)) == {**META, "digest": SMALL.digest}
