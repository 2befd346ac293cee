"""What is kept is bounded by number and by bytes, and weighed by what it really holds."""

from dataclasses import dataclass

import numpy as np
import pytest
from shapely.geometry import LineString

from geo_app.planning.keeping import Kept, weigh


@dataclass(frozen=True, slots=True)
class Part:
    """Stands for an answer."""

    name: str
    values: np.ndarray


def test_the_bytes_are_bounded_and_the_least_used_goes_first():
    kept = Kept(10, 3_000)
    for key in "ab":
        kept.get(key, lambda: np.zeros(1_000, dtype=np.uint8))
    kept.get("a", pytest.fail)
    kept.get("c", lambda: np.zeros(1_000, dtype=np.uint8))
    assert (len(kept), kept.find("b")) == (2, None)
    assert kept.find("a") is not None


def test_what_is_too_heavy_stays_until_the_next():
    kept = Kept(10, 100)
    kept.get("a", lambda: np.zeros(1_000, dtype=np.uint8))
    assert len(kept) == 1
    kept.get("b", lambda: b"")
    assert (len(kept), kept.find("a")) == (1, None)


def test_without_a_weight_the_number_alone_counts():
    kept = Kept(2)
    for key in range(5):
        kept.get(key, lambda: np.zeros(1_000_000, dtype=np.uint8))
    assert len(kept) == 2


def test_a_value_made_twice_at_once_is_weighed_once():
    kept = Kept(10, 2_500)

    def make():
        kept.get("a", lambda: np.zeros(1_000, dtype=np.uint8))  # as another thread would, meanwhile
        return np.zeros(1_000, dtype=np.uint8)

    kept.get("a", make)
    kept.get("b", lambda: np.zeros(1_000, dtype=np.uint8))
    assert len(kept) == 2


def test_arrays_shapes_and_parts_are_weighed_with_what_they_hold():
    array = np.zeros(50_000)
    assert 400_000 <= weigh(array) < 401_000
    assert 800_000 <= weigh((Part("a", array), Part("b", array))) < 801_000
    assert weigh({"way": LineString([(place, 0) for place in range(10_000)])}) >= 160_000
    assert weigh(Part("가" * 1_000, array)) >= weigh(Part("", array)) + 2_000
