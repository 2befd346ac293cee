"""Figures as people read them."""

import pytest

from geo_app.wording.catalogue import get_words
from geo_app.wording.figures import format_distance, format_figure

KO, EN = get_words("ko"), get_words("en")


@pytest.mark.parametrize(
    ("metres", "shown"),
    [(0, "0 m"), (4, "0 m"), (418, "420 m"), (994, "990 m"), (996, "1 km"), (3579, "3.6 km"), (12_300, "12.3 km")],
)
def test_a_distance_does_not_pretend(metres, shown):
    assert format_distance(metres, KO) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (21193, "jobs", "21,193개"),
        (1.1753, "share", "117.5 %"),
        (37, "facilities", "37곳"),
        (363, "people", "363명"),
        (5, None, "5"),
        ("약 5", "jobs", "약 5"),
    ],
)
def test_a_figure_stands_with_its_unit(value, unit, shown):
    assert format_figure(value, unit, KO) == shown


def test_english_figures():
    assert format_figure(1436, "questions", EN) == "1,436 questions"
