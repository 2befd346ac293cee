"""Hours that a planner types: both notations, and nothing guessed."""

import pytest

from geo_app.domain.hours import BadHours
from geo_app.workspace.typed_hours import read_typed_hours


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("24/7", ("24/7", "usual")),
        ("Mo-Fr 9:00-18:00|closed", ("Mo-Fr 09:00-18:00", "closed")),
        ("매일 18시~익일 04시", ("Mo-Su 18:00-04:00", None)),
        ("평일 9시~18시, 일·공휴일 휴무", ("Mo-Fr 09:00-18:00", "closed")),
    ],
)
def test_both_notations_are_read(text, told):
    assert read_typed_hours(text) == told


@pytest.mark.parametrize("text", ["", "아무 때나", "9시~6시", "x" * 3_000])
def test_what_is_not_certain_is_refused(text):
    with pytest.raises(BadHours):
        read_typed_hours(text)
