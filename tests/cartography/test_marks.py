import re

import pytest

from geo_app.assets import find_assets
from geo_app.cartography.colour import contrast_ratio
from geo_app.cartography.marks import GROUND_DARK, GROUND_LIGHT, LEGEND, MARKS
from geo_app.domain.layers import LAYERS
from geo_app.wording.catalogue import get_words

MARK_CONTRAST = 3.0
TEXT_CONTRAST = 4.5
STATE_CONTRAST = 7.0


def token_blocks():
    css = (find_assets("static") / "css" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"(:root[^{]*)\{([^{}]*)\}", css)
    return {selector.strip(): dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", body)) for selector, body in blocks}


LIGHT = token_blocks()[":root"]
DARK = token_blocks()[':root[data-theme="dark"]']


def test_dark_is_the_same_by_the_system_and_by_the_switch():
    assert token_blocks()[':root:not([data-theme="light"])'] == DARK


def test_the_style_sheet_has_the_colours_of_the_table():
    for layer, mark in MARKS.items():
        assert LIGHT[f"--mark-{layer}"] == mark.colour_light
        assert DARK[f"--mark-{layer}"] == mark.colour_dark
    assert (LIGHT["--land"], DARK["--land"]) == (GROUND_LIGHT, GROUND_DARK)


@pytest.mark.parametrize("layer", MARKS)
def test_a_mark_stands_out_on_the_ground_and_on_a_dong(layer):
    mark = MARKS[layer]
    for ground in (GROUND_LIGHT, LIGHT["--surface"]):
        assert contrast_ratio(mark.colour_light, ground) >= MARK_CONTRAST
    for ground in (GROUND_DARK, DARK["--surface"]):
        assert contrast_ratio(mark.colour_dark, ground) >= MARK_CONTRAST


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(theme):
    for ground in ("--land", "--surface", "--surface-2"):
        for ink in ("--ink", "--ink-2", "--accent"):
            assert contrast_ratio(theme[ink], theme[ground]) >= TEXT_CONTRAST, (ink, ground)
    assert contrast_ratio(theme["--dong-ink"], theme["--land"]) >= TEXT_CONTRAST
    for ink, ground in (
        ("--warn-ink", "--warn-ground"),
        ("--trouble-ink", "--trouble-ground"),
        ("--accent-ink", "--accent"),
        ("--accent", "--accent-soft"),
    ):
        assert contrast_ratio(theme[ink], theme[ground]) >= TEXT_CONTRAST, (ink, ground)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("state", ["open", "soon", "closed", "unknown"])
def test_a_state_sentence_can_be_read_by_tired_eyes(theme, state):
    assert contrast_ratio(theme[f"--state-{state}"], theme["--surface"]) >= STATE_CONTRAST


def test_every_layer_of_places_has_a_mark_and_no_two_share_a_shape_or_a_colour():
    assert set(MARKS) == {name for name, layer in LAYERS.items() if not layer.is_reference}
    for member in ("outline", "colour_light", "colour_dark", "word"):
        assert len({getattr(mark, member) for mark in MARKS.values()}) == len(MARKS)


def test_every_word_of_the_marks_is_translated():
    korean = get_words("ko")
    for word in [*(mark.word for mark in MARKS.values()), *(state.word for state in LEGEND)]:
        assert korean(word) != word
