"""CSV as it really comes: separators, quotes, line breaks, and rows that do not fit."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.ingest.limits import Limits

HEAD = "시설명,위도,경도,비고\n"


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_separators_and_line_ends_are_found(read, separator, newline):
    text = newline.join([separator.join(["시설명", "위도", "경도"]), separator.join(["카페", "35.1395", "126.7930"]), ""])
    reading = read("a.csv", text)
    assert [(row.line, row.draft.name) for row in reading.rows] == [(2, "카페")]


def test_quoted_newlines_are_part_of_the_cell_and_lines_count_as_an_editor_does(read):
    reading = read("a.csv", HEAD + '"카페\n달고나",35.1395,126.7930,"한 줄\n두 줄"\n둘,35.1396,126.7931,\n')
    assert [(row.line, row.draft.name) for row in reading.rows] == [(2, "카페 달고나"), (5, "둘")]
    assert reading.rows[0].draft.attributes["note"] == "한 줄\n두 줄"


def test_the_separator_hint_of_excel_is_skipped_and_lines_still_count(read):
    reading = read("a.csv", "sep=;\n시설명;위도;경도\n카페;35.1395;126.7930\n")
    assert [row.line for row in reading.rows] == [3]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("카페,35.1395", "ragged-row"),
        ("카페,35.1395,126.7930,메모,더", "ragged-row"),
        ("카\0페,35.1395,126.7930,", "nul-character"),
        ('"카페"x,35.1395,126.7930,', "bad-quotes"),
    ],
)
def test_a_row_that_does_not_fit_stays_out_alone(read, row, code):
    reading = read("a.csv", HEAD + f"앞,35.1391,126.7931,\n{row}\n뒤,35.1392,126.7932,\n")
    assert [draft.draft.name for draft in reading.rows] == ["앞", "뒤"]
    assert [(problem.code, problem.line) for problem in reading.problems] == [(code, 3)]
    assert reading.rejected_count == 1
    assert not reading.is_refused


def test_empty_cells_too_many_and_blank_lines_do_no_harm(read):
    reading = read("a.csv", HEAD + "카페,35.1395,126.7930,,,\n\n,,,\n둘,35.1396,126.7931,\n")
    assert [row.line for row in reading.rows] == [2, 5]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty-file"), (" \n \n", "empty-file"), (HEAD, "no-rows"), ("﻿", "empty-file"), (",,,\n", "empty-file")]
)
def test_files_without_places_are_refused(read, codes, text, code):
    reading = read("a.csv", text)
    assert codes(reading) == {code: 1}
    assert reading.is_refused


def test_two_headers_alike_are_refused_and_named(read):
    reading = read("a.csv", "시설명,위도,경도,위도\n카페,35.1,126.8,35.1\n")
    assert [(problem.code, problem.column) for problem in reading.problems] == [("duplicate-header", "위도")]


@pytest.mark.parametrize(
    ("limits", "text", "code"),
    [
        (Limits(rows=2), HEAD + "가,35.13951,126.7930,\n" * 3, "too-many-rows"),
        (Limits(), ",".join(f"c{number}" for number in range(100_000)) + "\n1\n", "too-many-columns"),
        (Limits(line_chars=1000), HEAD + "x" * 2000 + "\n", "line-too-long"),
        (Limits(file_bytes=1024 * 1024), HEAD + "x" * 1024 * 1024, "file-too-large"),
        (Limits(), HEAD + '"' + "x" * 200_000 + "\n", "cell-too-long"),
    ],
)
def test_each_limit_is_stated(read, limits, text, code):
    reading = read("a.csv", text, limits=limits)
    assert [problem.code for problem in reading.problems] == [code]
    assert any("limit" in name for name in reading.problems[0].details)


def test_a_line_of_64_mb_is_refused_before_it_is_parsed(read, codes):
    assert codes(read("a.csv", b"name,lat,lon\n" + b"x" * (63 * 1024 * 1024))) == {"line-too-long": 1}


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "xml"),
        ("a.csv", b'{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline read /etc/passwd"}', "json"),
        ("a.csv", b"PK\x03\x04rest", "zip"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1HWP", "old-office"),
        ("a.csv", b"HWP Document File V3.00", "old-office"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
        ("a.xlsx", b"name,lat", "text"),
        ("a.csv", b"%PDF-1.7", "pdf"),
        ("a.csv", b"\x1f\x8b\x08", "gzip"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16-le"), "binary"),
        ("a.geojson", b"<wfs:FeatureCollection/>", "xml"),
        ("a.geojson", b"name,lat,lon", "text"),
        ("a.csv", "<html>".encode("utf-16"), "xml"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(read, name, content, found):
    reading = read(name, content)
    assert [(problem.code, problem.details["found"]) for problem in reading.problems] == [("content-mismatch", found)]


@pytest.mark.parametrize("name", ["a.vrt", "a.kmz", "a.gpx", "a.zip", "a.xls", "a.hwp", "noending", "a.csv.exe"])
def test_other_endings_are_refused(read, codes, name):
    assert codes(read(name, "시설명,위도,경도\n")) == {"unsupported-format": 1}


def test_a_text_that_names_a_service_is_only_a_text_without_columns(read, codes):
    assert codes(read("a.csv", "WFS:http://127.0.0.1:9/wfs?service=WFS\n1\n")) == {"no-name-column": 1}


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters="'\u2028\u2029\ufffd"), max_size=20).map(str.strip)


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    separator=st.sampled_from([",", "\t", ";"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_wrote_is_what_is_read(read, rows, encoding, separator, newline):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator=newline)
    writer.writerow(["관리번호", "시설명", "비고", "주소"])
    for number, (name, note) in enumerate(rows):
        writer.writerow([f"K{number}", "카페 " + name, note, "광산구 수완로 1"])
    reading = read("a.csv", stream.getvalue().encode(encoding))
    found = [(row.draft.name, row.draft.attributes.get("note", "")) for row in reading.rows]
    assert [problem for problem in reading.problems if problem.is_error] == []
    assert found == [(_seen("카페 " + name), _seen(note)) for name, note in rows]


def _seen(text):
    from geo_app.ingest.text_cells import is_blank, plain_text

    seen = plain_text(text)
    return "" if is_blank(seen) else seen
