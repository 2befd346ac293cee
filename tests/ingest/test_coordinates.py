"""Coordinates: plain decimals are read, every other way of writing is refused with its meaning offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.coordinates import guess_coordinate, parse_coordinate


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [("35.1395", 35.1395, 4), ("126.8", 126.8, 1), ("-7", -7.0, 0), ("+1.50", 1.5, 2), (".5", 0.5, 1), ("283000.", 283000.0, 0)],
)
def test_plain_decimals_are_read_with_their_decimals(text, number, decimals):
    assert parse_coordinate(text) == (number, decimals)


@pytest.mark.parametrize("text", ["NaN", "nan", "Infinity", "-inf", "1e400", "-1E999"])
def test_what_is_not_finite_is_said(text):
    with pytest.raises(BadCell) as caught:
        parse_coordinate(text)
    assert caught.value.code == "coordinate-not-finite"


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("35°08'22.2\"", "35.1395"),
        ("35도 8분 22.2초", "35.1395"),
        ("N 35° 8′ 22.2″", "35.1395"),
        ("35:08:22.2", "35.1395"),
        ("126°47'34.8\"E", "126.793"),
        ("35,1395", "35.1395"),
        ("３５．１３９５", "35.1395"),
        ("35.1395N", "35.1395"),
        ("35.1395°", "35.1395"),
        ("190,123.45", "190123.45"),
        ("3.51395e1", "35.1395000"),
        ("0x23", ""),
        ("모름", ""),
        ("35.13.95", ""),
        ("35..1", ""),
        ("--35", ""),
        ("1_000", ""),
    ],
)
def test_other_ways_are_refused_with_what_was_probably_meant(text, guess):
    with pytest.raises(BadCell) as caught:
        parse_coordinate(text)
    assert (caught.value.code, caught.value.details["guess"]) == ("bad-coordinate", guess)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_plain_guess(text):
    try:
        number, decimals = parse_coordinate(text)
    except BadCell as fault:
        guess = str(fault.details.get("guess", ""))
        assert not guess or parse_coordinate(guess)
    else:
        assert number == float(text)
        assert decimals >= 0


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59))
def test_degrees_minutes_seconds_come_back(degrees, minutes, seconds):
    guess = guess_coordinate(f"{degrees}°{minutes}'{seconds}\"")
    assert abs(float(guess) - (degrees + minutes / 60 + seconds / 3600)) < 1e-6
