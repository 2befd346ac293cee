"""Two answers side by side: gains and losses by cell, areas ordered by what they gain."""

from types import SimpleNamespace

import numpy as np
import pytest

from geo_app.planning.answers import AreaShare
from geo_app.planning.compare import compare_answers, hour_changes


def area(key, covered, demand=100.0):
    share = None if covered is None or not demand else covered / demand
    return AreaShare(key, f"name of {key}", None, demand, covered, share, None, None, None, None)


def answer(covered, by_dong=(), by_complex=()):
    weight = np.array([10.0, 20.0, 30.0, 0.0])
    return SimpleNamespace(cell_weight=weight, cell_covered=np.array(covered, dtype=bool), by_dong=by_dong, by_complex=by_complex)


def test_gained_and_lost_are_counted_cell_by_cell():
    found = compare_answers(answer([1, 1, 0, 0]), answer([0, 1, 1, 1]))
    assert (found.gained, found.lost) == (30.0, 10.0)


@pytest.mark.parametrize("covered", [[0, 0, 0, 0], [1, 1, 1, 1]])
def test_equal_answers_differ_in_nothing(covered):
    found = compare_answers(answer(covered), answer(covered))
    assert (found.gained, found.lost) == (0.0, 0.0)


def test_areas_stand_by_their_gain_and_those_without_a_known_one_last():
    before = (area("a", 50.0), area("b", 50.0), area("c", None), area("d", 50.0), area("e", 50.0))
    after = (area("a", 40.0), area("b", 70.0), area("c", None), area("d", 50.0), area("x", 1.0))
    found = compare_answers(answer([0] * 4, before), answer([0] * 4, after))
    assert [item.before.key for item in found.by_dong] == ["b", "d", "a", "c"]
    assert [item.served_change for item in found.by_dong] == [20.0, 0.0, -10.0, None]
    assert found.by_dong[0].share_change == pytest.approx(0.2)
    assert found.by_dong[-1].share_change is None


def test_an_area_of_unknown_number_is_ordered_by_its_share():
    before = AreaShare("ic", "n", None, None, None, 0.2, None, None, None, None)
    after = AreaShare("ic", "n", None, None, None, 0.5, None, None, None, None)
    (change,) = compare_answers(answer([0] * 4, (), (before,)), answer([0] * 4, (), (after,))).by_complex
    assert change.served_change is None
    assert change.share_change == pytest.approx(0.3)


def test_an_hour_without_demand_has_no_change():
    before, after = SimpleNamespace(shares=np.array([0.25, np.nan])), SimpleNamespace(shares=np.array([0.5, np.nan]))
    changes = hour_changes(before, after)
    assert changes[0] == 0.25
    assert np.isnan(changes[1])
