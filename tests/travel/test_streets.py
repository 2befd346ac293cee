"""A street network is its arrays: they come back as they went in, and what is no network is refused by name."""

import numpy as np
import pytest
from travel.lattice import make_lattice, make_streets

from geo_app.travel.streets import ARRAYS, Access, BadStreets, RoadClass, Streets


def arrays_with(**changed):
    return {**make_lattice(rows=2, columns=2).arrays(), **changed}


def test_a_network_comes_back_from_its_arrays_without_a_copy():
    streets = make_lattice()
    again = Streets.from_arrays(streets.arrays())
    assert again.digest == streets.digest
    assert all(np.shares_memory(again.arrays()[name], streets.arrays()[name]) for name in ARRAYS)


def test_memory_mapped_arrays_stay_mapped(tmp_path):
    streets = make_lattice()
    for name, array in streets.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {name: np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
    again = Streets.from_arrays(mapped)
    assert again.digest == streets.digest
    assert all(np.shares_memory(again.arrays()[name], mapped[name]) for name in ARRAYS)


def test_nobody_can_write_to_a_network():
    with pytest.raises(ValueError, match="read-only"):
        make_lattice().length_m[0] = 1.0


def test_the_lattice_has_the_length_it_was_asked_for():
    assert make_lattice(spacing_m=250.0).length_m == pytest.approx(250.0, rel=2e-4)  # a parallel is shorter further north


@pytest.mark.parametrize("name", ARRAYS)
def test_every_array_counts_in_the_digest(name):
    streets = make_lattice()
    changed = {key: array.copy() for key, array in streets.arrays().items()}
    first = changed[name].reshape(-1)
    first[0] = not first[0] if name == "is_tunnel" else first[0] + 1
    assert Streets(**changed).digest != streets.digest


def test_the_digest_is_the_same_in_every_process():
    assert make_lattice().digest == make_lattice().digest
    assert (
        make_streets([(126.5, 35.0), (126.5, 35.5)], [(0, 1)]).digest == "0d05b96e1364eed9510a4190606a507514a090c1ff1977faf8b628f7735fd5f8"
    )


@pytest.mark.parametrize("name", ARRAYS)
def test_a_missing_array_is_named(name):
    arrays = arrays_with()
    del arrays[name]
    with pytest.raises(BadStreets) as fault:
        Streets.from_arrays(arrays)
    assert fault.value.values == {"array": name, "reason": "missing"}


@pytest.mark.parametrize(
    ("array", "changed", "reason"),
    [
        ("weight", np.zeros(4), "unknown"),
        ("length_m", np.zeros(3, dtype=np.float32), "shape"),
        ("edge_from", np.zeros((4, 1), dtype=np.int32), "shape"),
        ("edge_from", np.array([0.0, 2.0, 0.0, 1.0]), "type"),
        ("edge_from", np.array([0, 2, 0, 2**32 + 1]), "range"),
        ("edge_from", np.array([0, 2, 0, 4]), "range"),
        ("edge_to", np.array([1, 3, 2, -1]), "range"),
        ("edge_to", np.array([1, 3, 2, 0]), "ends"),
        ("length_m", np.array([1.0, 1.0, 1.0, np.inf]), "range"),
        ("length_m", np.array([1.0, 1.0, 1.0, 1e300]), "range"),
        ("length_m", np.array([1.0, -1.0, 1.0, 1.0]), "range"),
        ("road_class", np.array([0, 0, 0, 13], dtype=np.uint8), "range"),
        ("road_class", np.array([0, 0, 0, 256]), "range"),
        ("access", np.array([0, 0, 0, 64], dtype=np.uint8), "range"),
        ("is_tunnel", np.array(["a", "b", "c", "d"]), "type"),
        ("line_offsets", np.array([0, 2, 4, 8]), "shape"),
        ("line_offsets", np.array([0, 2, 4, 7, 8]), "range"),
        ("line_offsets", np.array([0, 2, 4, 6, 9]), "range"),
        ("node_lonlat", np.full((4, 2), np.nan), "range"),
        ("node_lonlat", np.full((4, 2), (35.1, 126.8)), "range"),
        ("node_lonlat", np.zeros((4, 3)), "shape"),
        ("line_lonlat", np.full((8, 2), (126.8, 35.1)), "ends"),
    ],
)
def test_what_is_no_network_is_refused(array, changed, reason):
    with pytest.raises(BadStreets) as fault:
        Streets.from_arrays(arrays_with(**{array: changed}))
    assert (fault.value.values["array"].replace("line_lonlat", array), fault.value.values["reason"]) == (array, reason)


def test_no_street_at_all_is_no_network():
    with pytest.raises(BadStreets) as fault:
        make_streets([(126.8, 35.1)], [])
    assert fault.value.values["reason"] == "empty"


def test_the_stored_numbers_of_classes_and_access_do_not_move():
    names = "MOTORWAY TRUNK PRIMARY SECONDARY TERTIARY RESIDENTIAL SERVICE PEDESTRIAN PATH STEPS CYCLEWAY TRACK OTHER"
    assert [road.name for road in sorted(RoadClass)] == names.split()
    assert [access.value for access in Access] == [1, 2, 4, 8, 16, 32]
