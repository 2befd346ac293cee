import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from geo_app.cartography.picture_text import BOLD_FACTOR, fit_forms, fit_text, flow, plain_text, text_width_px, wrap_text
from geo_app.papers.fonts import find_font_files

SENTENCES = [
    "광산구 수완동 · 이동노동자 쉼터", "보는 시각: 2026-11-24 12:10 — 지금이 아닙니다", "Quận Gwangsan · Bản đồ Nơi làm & Nơi nghỉ",
    "光山区 · 移动劳动者休息站", "Квансан-гу · Карта работы и отдыха", "Gwangsan tumani · Ish va dam olish xaritasi", "WWWW MMMM @@@@",
]  # fmt: skip


def drawn_width(text, size, font):
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[glyphs.get(ord(sign), ".notdef")][0] for sign in text) * size / font["head"].unitsPerEm


@pytest.mark.parametrize("text", SENTENCES[:6])
def test_no_sentence_is_wider_in_the_fonts_of_ours_than_it_is_thought_to_be(text):
    regular, bold, han = (TTFont(path) for path in find_font_files())
    font = han if any("\u4e00" <= sign <= "\u9fff" for sign in text) else regular
    assert drawn_width(text, 10, font) <= text_width_px(text, 10) * 1.02
    if font is regular:
        assert drawn_width(text, 10, bold) <= text_width_px(text, 10 * BOLD_FACTOR) * 1.02


@given(st.text(max_size=60), st.floats(0, 300))
def test_fitted_text_fits_and_is_a_beginning(text, room):
    fitted = fit_text(text, 12, room)
    assert text_width_px(fitted, 12) <= room or fitted == ""
    assert plain_text(text).startswith(fitted.removesuffix("…"))


def test_a_long_form_becomes_smaller_before_it_gives_way_to_a_shorter_one():
    forms = ("a long sentence of words", "a sentence", "words")
    assert fit_forms(forms, (12, 10), 400) == (forms[0], 12)
    assert fit_forms(forms, (12, 10), text_width_px(forms[0], 10)) == (forms[0], 10)
    assert fit_forms(forms, (12, 10), text_width_px(forms[1], 12)) == (forms[1], 12)
    assert fit_forms(forms, (12, 10), 5) == ("", 10)


@given(st.text(max_size=120), st.integers(1, 3))
def test_wrapped_text_has_no_more_lines_than_asked_and_each_fits(text, most):
    lines = wrap_text(text, 10, 120, most)
    assert len(lines) <= most
    assert all(text_width_px(line, 10) <= 120 for line in lines)


@given(st.lists(st.floats(1, 90), max_size=20))
def test_a_flow_keeps_the_order_and_overfills_no_row(widths):
    rows = flow(widths, 100, 5)
    assert [position for row in rows for position in row] == list(range(len(widths)))
    assert all(sum(widths[item] for item in row) + 5 * (len(row) - 1) <= 100.0001 for row in rows)
