"""Which dongs name a gap, and how two of one name are told apart."""

import numpy as np
from planning.small_world import small_world

from geo_app.planning.gap_names import most_dongs, tell_apart
from geo_app.planning.naming import GapPlace, Wind

SOUTH = GapPlace(("월곡2동",), "하남산단", "complex", Wind.SOUTH)
EAST = GapPlace(("월곡2동",), "하남산단", "complex", Wind.EAST)


def test_a_name_that_stands_alone_is_left_as_it_is():
    assert tell_apart([SOUTH, EAST], ["산정동", "산정동"]) == [SOUTH, EAST]
    assert tell_apart([], []) == []


def test_equal_names_are_told_apart_by_their_legal_dong():
    told = tell_apart([SOUTH, EAST, SOUTH], ["산정동", "산정동", "월곡동"])
    assert [(place.legal_dong, place.number) for place in told] == [("산정동", None), (None, None), ("월곡동", None)]


def test_where_the_legal_dong_is_the_same_or_unknown_they_are_numbered_in_their_order():
    for legal in ("산정동", None):
        assert [place.number for place in tell_apart([SOUTH, SOUTH], [legal, legal])] == [1, 2]
    told = tell_apart([SOUTH, SOUTH, SOUTH], ["산정동", "월곡동", "산정동"])
    assert [(place.legal_dong, place.number) for place in told] == [("산정동", 1), ("월곡동", None), ("산정동", 2)]


def test_the_dong_of_most_cells_comes_first_and_that_of_most_people_is_never_left_out(tmp_path):
    cells = small_world(tmp_path, [], {}).cells
    by_dong = {name: np.flatnonzero(cells.cell_dong == number) for number, name in enumerate(cells.dong_names)}
    many, few = sorted(by_dong, key=lambda name: -len(by_dong[name]))[:2]
    chosen = np.concatenate((by_dong[many], by_dong[few][:1]))
    weights = np.ones(len(cells))
    assert most_dongs(cells, chosen, weights) == (many,)
    weights[by_dong[few][0]] = 100.0
    assert most_dongs(cells, chosen, weights) == (many, few)
    assert most_dongs(cells, np.concatenate((by_dong[many], by_dong[few])), np.ones(len(cells))) == (many, few)
    assert most_dongs(cells, by_dong[few], weights) == (few,)
