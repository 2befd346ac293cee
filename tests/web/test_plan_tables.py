"""Tables of the planner: ordered by value, unknown last, and headings that lead to the order they promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.web.parameters import Unreadable
from geo_app.web.plan_tables import Cell, Row, Sort, sort_reader, sort_rows

VALUES = st.lists(st.one_of(st.none(), st.floats(-100, 100)), max_size=12)


def rows_of(values):
    return [Row(str(place), {"share": Cell("", value)}) for place, value in enumerate(values)]


@given(VALUES, st.booleans())
def test_rows_stand_by_value_and_unknown_ones_last_either_way(values, down):
    found = [row.cells["share"].value for row in sort_rows(rows_of(values), "share", is_descending=down)]
    known = sorted((value for value in values if value is not None), reverse=down)
    assert found == known + [None] * (len(values) - len(known))


def test_equal_rows_stay_as_they_stood():
    assert [row.key for row in sort_rows(rows_of([1.0, 0.0, 1.0]), "share", is_descending=True)] == ["0", "2", "1"]


def test_an_order_is_read_back_as_it_is_written():
    read = sort_reader({"by-dong": ("name", "share")})
    for sort in (Sort("by-dong", "share", is_descending=True), Sort("by-dong", "name", is_descending=False)):
        assert read(str(sort)) == sort


@pytest.mark.parametrize("text", ["", "by-dong", "by-dong.", "by-dong.--share", "by-dong.height", "gaps.share"])
def test_an_order_of_no_table_or_column_is_refused(text):
    with pytest.raises(Unreadable):
        sort_reader({"by-dong": ("name", "share")})(text)
