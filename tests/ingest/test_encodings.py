"""Every encoding of Korean offices is read right and said; a mixture is refused by its line."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = "시설명,위도,경도\n카페 달고나,35.1395,126.7930\n쉼터 둘,35.14,126.80123\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16")],
)
def test_each_encoding_is_read_right_and_said(read, encoding, said):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    reading = read("a.csv", mark + TEXT.encode(encoding))
    assert [row.draft.name for row in reading.rows] == ["카페 달고나", "쉼터 둘"]
    assert reading.encoding == said


def test_big_endian_utf_16_is_read_too(read):
    assert read("a.csv", b"\xfe\xff" + TEXT.encode("utf-16-be")).rows[0].draft.name == "카페 달고나"


def test_hangul_of_a_mac_comes_out_composed(read):
    reading = read("a.csv", unicodedata.normalize("NFD", TEXT))
    assert reading.rows[0].draft.name == "카페 달고나"
    assert reading.mapping == {unicodedata.normalize("NFC", name): field for name, field in reading.mapping.items()}


def test_utf_8_that_also_decodes_as_cp949_is_read_as_utf_8(read):
    content = "name,lat,lon\n카페,35.1395,126.7930\n".encode()
    content.decode("cp949")  # the trap itself: no error
    reading = read("a.csv", content)
    assert reading.rows[0].draft.name == "카페"
    assert reading.encoding == "utf-8"


@pytest.mark.parametrize("mixed_line", [1, 2, 3])
@pytest.mark.parametrize(("main", "stranger"), [("cp949", "utf-8"), ("utf-8", "cp949")])
def test_a_line_in_another_encoding_refuses_the_file_and_is_named(read, main, stranger, mixed_line):
    lines = ["시설명,위도,경도", "카페 달고나,35.1395,126.7930", "하남 쉼터,35.14,126.8012", "끝 쉼터,35.15,126.8013"]
    content = b"\n".join(line.encode(stranger if number == mixed_line else main) for number, line in enumerate(lines))
    reading = read("a.csv", content)
    assert reading.is_refused
    assert reading.rows == []
    assert [(problem.code, problem.line) for problem in reading.problems] == [("mixed-encodings", mixed_line + 1)]


def test_bytes_of_no_encoding_are_refused_by_their_line(read):
    reading = read("a.csv", "시설명,위도,경도\n".encode() + b"\xff\xfe\xfd\x81,1,2\n")
    assert [(problem.code, problem.line) for problem in reading.problems] == [("mixed-encodings", 2)]


def test_cp949_lines_after_the_mark_of_utf_8_are_refused(read):
    reading = read("a.csv", b"\xef\xbb\xbfname,lat,lon\n" + "가나,35.1,126.8\n".encode("cp949"))
    assert [(problem.code, problem.line) for problem in reading.problems] == [("mixed-encodings", 2)]


def test_half_of_a_utf_16_letter_is_refused(read, codes):
    assert codes(read("a.csv", TEXT.encode("utf-16") + b"\x00")) == {"unknown-encoding": 1}


HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(HANGUL, min_size=1, max_size=6, unique=True), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]))
def test_names_come_back_from_every_encoding(read, names, encoding):
    text = "시설명,주소\r\n" + "".join(f"{name},광산구 수완로 {number}\r\n" for number, name in enumerate(names))
    reading = read("a.csv", text.encode(encoding))
    assert [row.draft.name for row in reading.rows] == names
