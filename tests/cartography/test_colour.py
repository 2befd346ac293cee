import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.cartography.colour import contrast_ratio, relative_luminance

colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02X}{:02X}{:02X}".format(*rgb))


def test_published_contrasts_come_out_as_published():
    # Values of WebAIM's and Adobe's contrast checkers for well-known greys.
    assert contrast_ratio("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast_ratio("#FFFFFF", "#777777") == pytest.approx(4.48, abs=0.005)
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)


@given(colours, colours)
def test_contrast_is_the_same_in_either_order_and_within_its_range(first, second):
    assert contrast_ratio(first, second) == contrast_ratio(second, first)
    assert 1 <= contrast_ratio(first, second) <= 21.0001


@given(colours)
def test_luminance_lies_between_black_and_white(colour):
    assert 0 <= relative_luminance(colour) <= 1.0000001
