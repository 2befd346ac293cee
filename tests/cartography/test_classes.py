"""Classes of choropleths: no value falls between two, least spread within each, colours that everybody and every printer tells apart."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.assets import find_assets
from geo_app.cartography.classes import (
    DARK_TO_LIGHT_5,
    DARK_TO_LIGHT_6,
    INKS_5,
    NO_CLASS,
    SHARES,
    WALK_MINUTES,
    ClassScale,
    natural_scale,
    pick_colours,
)
from geo_app.cartography.colour import contrast_ratio, relative_luminance

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear sRGB.
BLINDNESS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
LEAST_DIFFERENCE = 0.03  # of linear light in the channel that differs most


def spread(values, breaks):
    groups = np.searchsorted(breaks, values, side="left")
    return sum(((values[groups == g] - values[groups == g].mean()) ** 2).sum() for g in np.unique(groups))


def seen(colour, matrix):
    channels = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.clip(np.array(matrix) @ linear, 0, 1)


def test_a_value_on_a_break_belongs_to_the_class_below():
    assert WALK_MINUTES.classes_of([0, 5, 5.001, 10, 30, 30.1]).tolist() == [0, 0, 1, 1, 4, 5]
    assert SHARES.classes_of([0, 0.1, 0.11, 0.7, 0.71, 1]).tolist() == [0, 0, 1, 3, 4, 4]


def test_what_nobody_knows_or_reaches_is_in_no_class():
    assert WALK_MINUTES.classes_of([np.nan, np.inf, 3]).tolist() == [NO_CLASS, NO_CLASS, 0]
    assert WALK_MINUTES.counts([np.nan, 3, 4, 99]) == (2, 0, 0, 0, 0, 1)


@given(st.lists(st.floats(0.01, 1e6), max_size=60), st.integers(1, 5))
def test_every_positive_value_has_a_class_and_every_class_a_value(values, class_count):
    scale = natural_scale(values, class_count)
    assert sum(scale.counts(values)) == len(values)
    assert not values or all(scale.counts(values))
    assert len(scale.colours) <= class_count


@given(st.lists(st.integers(1, 40), min_size=4, max_size=9, unique=True), st.integers(2, 3))
def test_natural_breaks_spread_least_of_all_ways_to_cut(numbers, class_count):
    values = np.sort(np.array(numbers, dtype=float))
    best = min(spread(values, list(cut)) for cut in combinations(values[:-1], class_count - 1))
    assert spread(values, list(natural_scale(values, class_count).breaks)) == pytest.approx(best)


def test_nobody_makes_one_class_that_stays_empty():
    assert natural_scale([0, 0, np.nan]).counts([0, 0, np.nan][2:]) == (0,)
    assert natural_scale([]).breaks == ()


def test_breaks_that_do_not_ascend_or_do_not_fit_the_colours_are_refused():
    for breaks, colours in (((2, 1), ("a", "b", "c")), ((1, 1), ("a", "b", "c")), ((1,), ("a",))):
        with pytest.raises(ValueError):
            ClassScale(breaks, colours)
    with pytest.raises(ValueError):
        pick_colours(6)


@pytest.mark.parametrize("colours", [DARK_TO_LIGHT_5, DARK_TO_LIGHT_6])
def test_grey_print_keeps_the_order(colours):
    light = [relative_luminance(colour) for colour in colours]
    assert light == sorted(light)
    assert all(contrast_ratio(a, b) > 1.3 for a, b in pairwise(colours))


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("colours", [DARK_TO_LIGHT_5, DARK_TO_LIGHT_6])
def test_colour_blind_readers_tell_the_classes_apart(colours, kind):
    told = [seen(colour, BLINDNESS[kind]) for colour in colours]
    assert all(np.abs(a - b).max() > LEAST_DIFFERENCE for a, b in combinations(told, 2))


def test_figures_on_a_class_can_be_read():
    assert all(contrast_ratio(ink, ground) >= 4.5 for ink, ground in zip(INKS_5, DARK_TO_LIGHT_5, strict=True))


def test_the_style_sheets_carry_the_same_colours():
    css = "\n".join((find_assets("static") / "css" / name).read_text(encoding="utf-8") for name in ("plan.css", "plan_map.css"))
    told = dict(re.findall(r"--((?:share|cell)-\d(?:-ink)?): (#[0-9A-F]{6});", css))
    shares = {f"share-{place}": colour for place, colour in enumerate(DARK_TO_LIGHT_5)}
    inks = {f"share-{place}-ink": colour for place, colour in enumerate(INKS_5)}
    cells = {f"cell-{place}": colour for place, colour in enumerate(WALK_MINUTES.colours)}
    assert told == {**shares, **inks, **cells}
