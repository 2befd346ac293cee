"""Hours as a planner says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.planning.hour_spans import HourSpan, expand, merge_hours


@given(st.sets(st.integers(0, 167)))
def test_spans_hold_exactly_the_hours_they_were_made_of(hours):
    assert expand(merge_hours(hours)) == hours


@given(st.sets(st.integers(0, 167)))
def test_every_span_is_written_within_its_bounds_and_none_twice(hours):
    spans = merge_hours(hours)
    for span in spans:
        assert 0 <= span.from_hour < 24
        assert span.from_hour < span.to_hour <= span.from_hour + 24
        assert list(span.weekdays) == sorted(set(span.weekdays))
    assert sum(len(span.weekdays) * (span.to_hour - span.from_hour) for span in spans) == len(hours)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (range(168), (HourSpan((0, 1, 2, 3, 4, 5, 6), 0, 24),)),
        ([24 * day + hour for day in range(1, 6) for hour in range(1, 6)], (HourSpan((1, 2, 3, 4, 5), 1, 6),)),
        ([166, 167, 0, 1], (HourSpan((6,), 22, 26),)),
        (range(20, 72), (HourSpan((1, 2), 0, 24), HourSpan((0,), 20, 24))),
        ([5], (HourSpan((0,), 5, 6),)),
    ],
)
def test_a_week_is_told_in_the_fewest_words(hours, expected):
    assert merge_hours(hours) == expected
