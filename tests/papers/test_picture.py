import io
import threading
import time

import numpy as np
import pytest
from PIL import Image

from geo_app.papers.picture import PicturePrinter
from geo_app.papers.printer import BadSheet

FONTS = "Pretendard, 'Apple SD Gothic Neo', 'Noto Sans SC', system-ui, sans-serif"


def svg_of(text, width=320, height=60):
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{FONTS}">'
    )
    return f'{head}<rect width="100%" height="100%" fill="#fff"/><text x="10" y="40" font-size="24" fill="#000">{text}</text></svg>'


def pixels(printer, text, **size):
    data = printer.draw_png(svg_of(text, **size), width_px=size.get("width", 320), height_px=size.get("height", 60))
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


@pytest.fixture(scope="module")
def printer():
    return PicturePrinter()


@pytest.mark.parametrize("size", [(320, 240), (641, 481), (1600, 1200)])
def test_a_picture_has_the_pixels_it_was_asked_for(printer, size):
    assert pixels(printer, "x", width=size[0], height=size[1]).shape == (size[1], size[0])


@pytest.mark.parametrize(
    ("one", "other"), [("쉼터", "일터"), ("休息", "工作"), ("отдых", "работа"), ("nghỉ", "việc"), ("oʻrin", "dam"), ("Rest", "Work")]
)
def test_the_letters_of_all_languages_are_drawn_and_not_boxes(printer, one, other):
    first, second = pixels(printer, one), pixels(printer, other)
    assert (first < 128).sum() > 60
    # Boxes of missing letters would be alike.
    assert len(one) != len(other) or (first != second).sum() > 40


def test_equal_pictures_have_equal_bytes(printer):
    drawn = {PicturePrinter().draw_png(svg_of("쉼터"), width_px=320, height_px=60) for _ in range(2)}
    assert drawn == {printer.draw_png(svg_of("쉼터"), width_px=320, height_px=60)}


def test_what_is_no_picture_is_refused_and_the_next_one_is_drawn(printer):
    with pytest.raises(BadSheet):
        printer.draw_png("<svg", width_px=320, height_px=60)
    assert pixels(printer, "x").shape == (60, 320)


def test_a_picture_that_names_a_file_is_refused_and_marks_of_typst_are_text(printer):
    with pytest.raises(BadSheet):
        printer.draw_png(svg_of('</text><image href="file:///etc/hostname" width="9" height="9"/><text>'), width_px=320, height_px=60)
    assert (pixels(printer, "#read()") < 128).sum() > 60


def test_threads_share_one_printer(printer):
    expected, faults = pixels(printer, "쉼터 3"), []

    def draw():
        faults.extend(1 for _ in range(5) if not np.array_equal(pixels(printer, "쉼터 3"), expected))

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_next_picture_takes_little_time(printer):
    pixels(printer, "warm", width=640, height=480)
    before = time.process_time()
    pixels(printer, "쉼터", width=640, height=480)
    assert time.process_time() - before < 0.5
