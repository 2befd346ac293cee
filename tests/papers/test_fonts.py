"""What the fonts can show, and text made ready for paper. fontTools is the second reader of the fonts."""

import shutil
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from geo_app.papers.fonts import BOX, FAMILIES, FILES, FontsMissing, find_font_files, known_characters, printable, read_coverage


@pytest.mark.parametrize("path", find_font_files(), ids=lambda path: path.name)
def test_coverage_is_what_fonttools_reads(path):
    assert read_coverage(path.read_bytes()) == frozenset(TTFont(path).getBestCmap())


@pytest.mark.parametrize("path", find_font_files(), ids=lambda path: path.name)
def test_a_font_unpacked_at_the_build_is_whole(path):
    font = TTFont(path, checkChecksums=2)
    assert font["name"].getDebugName(16) or font["name"].getDebugName(1)
    assert {font["name"].getDebugName(16), font["name"].getDebugName(1)} & set(FAMILIES)
    assert all(font[tag] is not None for tag in font.keys())  # noqa: SIM118 - a font iterates by number


def test_all_hangul_and_the_letters_of_six_languages_are_there():
    hangul = {chr(code) for code in range(0xAC00, 0xD7A4)}
    vietnamese = set("ĂÂĐÊÔƠƯăâđêôơưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    russian = {chr(code) for code in range(0x410, 0x450)} | set("Ёё№«»")
    uzbek = set("ʻʼ‘’") | set("ҚқҒғҲҳЎў")
    # The first-level characters of GB 2312, which ordinary Chinese is written with.
    chinese = {bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF) if (row, cell) < (0xD7, 0xFA)}
    missing = {sign for sign in hangul | vietnamese | russian | uzbek | chinese | set("·–—…□") if ord(sign) not in known_characters()}
    assert missing == set()


def test_a_missing_font_is_named(tmp_path):
    for path in find_font_files()[:2]:
        shutil.copy(path, tmp_path)
    with pytest.raises(FontsMissing) as fault:
        find_font_files(tmp_path)
    assert fault.value.values["file"] == FILES[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  하남\n 카페\t2호 ", "하남 카페 2호"),
        (unicodedata.normalize("NFD", "별빛카페"), "별빛카페"),
        ("카페 ☕🛵 2호", "카페 2호"),
        ("a\u202eb\u200bc\x00d\ue000e", "abcde"),
        ("ཀ카페", f"{BOX}카페"),
        ('#set $x$ *a* _b_ `c` "d" \\ @e <f> ${g}', '#set $x$ *a* _b_ `c` "d" \\ @e <f> ${g}'),
        ("뷁" * 2000, "뷁" * 39 + "…"),
        ("", ""),
    ],
)
def test_text_is_made_ready_for_paper(text, expected):
    assert printable(text, 40) == expected


@given(st.text(max_size=300), st.integers(2, 60))
def test_whatever_is_written_can_be_shown_on_one_bounded_line(text, limit):
    told = printable(text, limit)
    assert len(told) <= limit
    assert told == told.strip()
    assert {ord(sign) for sign in told} <= known_characters() | {ord(" "), ord("…")}
    assert printable(told, limit) == told
