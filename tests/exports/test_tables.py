"""Tables of an analysis as files: nothing lost, nothing computed, all or nothing, the same bytes."""

import csv
import datetime as dt
import json
import sqlite3
import zipfile

import openpyxl
import pytest
import shapely
from openpyxl.xml.functions import register_namespace

from geo_app.domain.errors import BadArgument
from geo_app.exports.exporting import FORMATS
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column, export_table
from geo_app.wording.text_width import text_width

MADE_AT = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
ROWS = [
    {"key": "dg-000001", "name": "=1+1", "share": 0.25, "count": 3, "is_open": True},
    {"key": "dg-000002", "name": '송정1동; "인용"\n둘째 줄', "share": None, "count": 0, "is_open": False},
]
POINTS = (shapely.Point(126.8, 35.15), None)


def table(rows=ROWS, geometry=POINTS):
    columns = tuple(Column(name, f"제목 {name}") for name in ("key", "name", "share", "count", "is_open"))
    metadata = AnalysisMetadata("dongs", 7, MADE_AT, {"asked_mode": "walk", "notes": "=HYPERLINK(1)"})
    return AnalysisTable("dongs", columns, rows, None if geometry is None else list(geometry), metadata)


def test_csv_has_titles_above_and_makes_text_safe(tmp_path):
    assert export_table(table(), tmp_path / "t.csv") == []
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, first, second = csv.reader(stream)
    assert header == ["제목 key", "제목 name", "제목 share", "제목 count", "제목 is_open"]
    assert first == ["dg-000001", "'=1+1", "0.25", "3", "true"]
    assert second == ["dg-000002", '송정1동; "인용"\n둘째 줄', "", "0", "false"]


def test_xlsx_holds_values_and_a_sheet_of_notes(tmp_path):
    assert export_table(table(), tmp_path / "t.xlsx") == []
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    first, second = list(book["dongs"].iter_rows(values_only=True))[1:]
    assert first == ("dg-000001", "'=1+1", 0.25, 3, True)
    assert second[2] is None
    notes = dict(book["정보"].iter_rows(values_only=True))
    assert notes == {
        "table": "dongs", "revision": 7, "made_at": "2026-11-21T12:00:00+09:00", "asked_mode": "walk", "notes": "'=HYPERLINK(1)",
    }  # fmt: skip
    assert book.properties.created == dt.datetime(2026, 11, 21, 3, 0)  # noqa: DTZ001 openpyxl reads it so
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert archive.testzip() is None


def test_a_workbook_is_the_same_whatever_names_other_libraries_gave_to_namespaces(tmp_path):
    terms = "http://purl.org/dc/terms/"
    assert export_table(table(), tmp_path / "a.xlsx") == []
    register_namespace("dct", terms)
    try:
        assert export_table(table(), tmp_path / "b.xlsx") == []
    finally:
        register_namespace("dcterms", terms)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_geojson_and_gpkg_hold_names_values_and_geometry(tmp_path):
    export_table(table(), tmp_path / "t.geojson")
    collection = json.loads((tmp_path / "t.geojson").read_text(encoding="utf-8"))
    assert (collection["revision"], collection["asked_mode"]) == (7, "walk")
    assert [feature["properties"] for feature in collection["features"]] == ROWS
    assert [feature["geometry"] for feature in collection["features"]] == [{"type": "Point", "coordinates": [126.8, 35.15]}, None]
    export_table(table(), tmp_path / "t.gpkg")
    with sqlite3.connect(tmp_path / "t.gpkg") as package:
        rows = package.execute("SELECT key, name, share, count, is_open, geom IS NULL FROM dongs ORDER BY key").fetchall()
        assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert rows == [("dg-000001", "=1+1", 0.25, 3, 1, 0), ("dg-000002", ROWS[1]["name"], None, 0, 0, 1)]


@pytest.mark.parametrize("ext", FORMATS)
@pytest.mark.parametrize("rows", [ROWS, []])
def test_a_table_without_geometry_or_rows_is_a_file_too(tmp_path, ext, rows):
    assert export_table(table(rows, None), tmp_path / f"t.{ext}") == []
    assert (tmp_path / f"t.{ext}").stat().st_size > 0


def test_what_an_encoding_cannot_hold_is_named_and_nothing_is_written(tmp_path):
    rows = [{**ROWS[0], "name": "Quán ủ"}]
    (problem,) = export_table(table(rows, None), tmp_path / "t.csv", encoding="cp949")
    assert (problem.code, problem.line, problem.column) == ("cannot-encode", 2, "name")
    assert list(tmp_path.iterdir()) == []


def test_a_format_nobody_knows_is_refused(tmp_path):
    with pytest.raises(BadArgument):
        export_table(table(), tmp_path / "t.pdf")


def told_table():
    """Codes with words, a basis, and notes in the reader's words."""
    columns = (
        Column("key", "코드"), Column("name", "이름"), Column("share", "비율"), Column("uncovered", "닿지 않는 수요"),
        Column("is_open", "열림", {True: "예", False: "아니요"}),
    )  # fmt: skip
    rows = [{**row, "uncovered": 8919.387} for row in ROWS]
    metadata = AnalysisMetadata("dongs", 7, MADE_AT, {"asked_mode": "walk"}, (("이동", "걸어서"), ("개정", 7)))
    return AnalysisTable("dongs", columns, rows, list(POINTS), metadata, ((Column("basis_mode", "이동"), "걸어서–"),))


def test_csv_has_words_for_codes_and_its_basis_in_every_row_behind_its_own_columns(tmp_path):
    export_table(told_table(), tmp_path / "t.csv", encoding="cp949")
    with (tmp_path / "t.csv").open(encoding="cp949", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == ["코드", "이름", "비율", "닿지 않는 수요", "열림", "이동"]
    assert [row[-2:] for row in rows] == [["예", "걸어서-"], ["아니요", "걸어서-"]]


def test_programs_get_codes_and_no_basis_among_the_columns(tmp_path):
    export_table(told_table(), tmp_path / "t.geojson")
    features = json.loads((tmp_path / "t.geojson").read_text(encoding="utf-8"))["features"]
    assert [feature["properties"]["is_open"] for feature in features] == [True, False]
    assert set(features[0]["properties"]) == {"key", "name", "share", "uncovered", "is_open"}


def test_a_workbook_opens_with_a_bold_head_that_stays_wide_columns_and_numbers_to_read(tmp_path):
    export_table(told_table(), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["dongs"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    # Hangul is twice as wide as a Latin letter: no head is cut off.
    for cell in sheet[1]:
        assert sheet.column_dimensions[cell.column_letter].width > text_width(cell.value)
    assert (sheet["C2"].number_format, sheet["D2"].number_format) == ("0.000", "#,##0.0")
    assert sheet["D2"].value == 8919.387  # only shown shorter
    assert sheet["E3"].value == "아니요"
    assert list(book["정보"].iter_rows(values_only=True)) == [("이동", "걸어서"), ("개정", 7)]


def test_a_head_that_an_encoding_cannot_hold_is_named_too(tmp_path):
    made = table(ROWS, None)
    columns = (Column("key", "Tỷ lệ"), *made.columns[1:])
    (problem,) = export_table(AnalysisTable("dongs", columns, ROWS, None, made.metadata), tmp_path / "t.csv", encoding="cp949")
    assert (problem.code, problem.line, problem.column) == ("cannot-encode", 1, "key")
    assert list(tmp_path.iterdir()) == []
