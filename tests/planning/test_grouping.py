"""Cells put together by hours and by touch."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.small_world import CELL_COUNT, small_world

from geo_app.planning import grouping
from geo_app.planning.grouping import ALIKE_SHARE, join_parts, like_leaders, number_parts


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=8))
def test_columns_that_are_led_by_one_share_most_of_their_hours_with_it(columns):
    lost = np.zeros((168, len(columns)), dtype=bool)
    lost[:6] = np.asarray(columns).T
    lost[7] = True
    leaders = like_leaders(lost, np.ones(len(columns)), is_always=np.zeros(len(columns), dtype=bool))
    for group in set(leaders.tolist()):
        members = [set(np.flatnonzero(lost[:, column])) for column in np.flatnonzero(leaders == group)]
        assert any(all(len(lead & member) >= ALIKE_SHARE * len(lead | member) - 1e-6 for member in members) for lead in members)


def test_cells_that_touch_at_a_corner_hang_together_where_their_labels_are_equal(tmp_path):
    cells = small_world(tmp_path, [], {}).cells
    steps = {tuple(corner): position for position, corner in enumerate((cells.corner_xy // 250).tolist())}
    (x, y) = min(steps)
    one, corner, far = steps[x, y], steps[x + 1, y + 1], steps[x + 3, y]
    chosen = np.asarray([one, corner, far])
    same, other = np.zeros((3, 2), dtype=int), np.asarray([[0, 0], [0, 1], [0, 0]])
    assert number_parts(cells, chosen, same).tolist() == [0, 0, 1]
    assert number_parts(cells, chosen, other).tolist() == [0, 1, 2]
    assert number_parts(cells, np.arange(CELL_COUNT), np.zeros((CELL_COUNT, 1))).max() == 0


def row_of_five(cells):
    """Positions of five cells side by side."""
    steps = {tuple(corner): position for position, corner in enumerate((cells.corner_xy // 250).tolist())}
    y = sorted(y for _, y in steps)[len(steps) // 2]
    return np.asarray([steps[x, y] for x in sorted(x for x, row in steps if row == y)][:5])


def test_neighbours_of_one_kind_and_name_are_joined_while_small_enough(tmp_path, monkeypatch):
    cells = small_world(tmp_path, [], {}).cells
    row, part, one = row_of_five(cells), np.arange(5), np.zeros(5, dtype=int)
    joined = lambda **changes: join_parts(cells, row, part, **{"name": one, "kind": one[:, None], **changes}).tolist()  # noqa: E731
    assert len(set(joined())) == 1
    kinds = np.asarray([0, 0, 1, 0, 0])
    assert len(set(joined(kind=kinds[:, None]))) == 3
    monkeypatch.setattr(grouping, "MOST_JOINED_CELLS", 2)
    assert [joined().count(number) for number in set(joined())].count(2) == 2


def test_only_a_crumb_is_joined_to_a_neighbour_of_another_name(tmp_path, monkeypatch):
    cells = small_world(tmp_path, [], {}).cells
    row, part, kind = row_of_five(cells), np.asarray([0, 0, 1, 1, 1]), np.zeros((5, 1), dtype=int)
    names = np.asarray([7, 7, 9, 9, 9])
    assert len(set(join_parts(cells, row, part, names, kind).tolist())) == 1
    monkeypatch.setattr(grouping, "CRUMB_CELLS", 1)
    assert join_parts(cells, row, part, names, kind).tolist() == [0, 0, 1, 1, 1]
