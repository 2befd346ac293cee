"""Workbooks: values as a person typed them; bombs, far cells and formulas without values refused."""

import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from geo_app.ingest.limits import Limits

HEAD = ["시설명", "위도", "경도", "좌석수", "데이터기준일자", "비고", "전화번호"]
ROW = ["카페", 35.1395, 126.7930, 12.0, dt.date(2026, 11, 1), "메모", "062-123-4567"]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _book(*rows, sheets=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title in sheets:
        book.create_sheet(title).append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_part(content, name, part):
    source = zipfile.ZipFile(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, part if entry == name else source.read(entry))
    return stream.getvalue()


def _sheet(rows, prolog=""):
    return f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def _inline(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER_ROW = f'<row r="1">{_inline("A1", "시설명")}{_inline("B1", "주소")}</row>'


def test_values_come_as_a_person_typed_them(read):
    reading = read("a.xlsx", _book(HEAD, ROW))
    draft = reading.rows[0].draft
    assert (draft.name, draft.geometry.x, draft.geometry.y) == ("카페", 126.793, 35.1395)
    assert draft.attributes == {"seats": 12, "note": "메모", "phone": "062-123-4567"}
    assert draft.provenance.as_of == dt.date(2026, 11, 1)
    assert reading.format == "xlsx"
    assert reading.problems == []


def test_numbers_as_text_and_text_as_numbers_are_kept_apart(read):
    reading = read("a.xlsx", _book(["관리번호", "시설명", "주소"], [1234567890123, True, "광산구 1"], [0.5, "007", "광산구 2"]))
    assert [(row.draft.provenance.source_key, row.draft.name) for row in reading.rows] == [("1234567890123", "TRUE"), ("0.5", "007")]


def test_a_formula_without_a_value_keeps_its_row_out_and_names_the_column(read):
    reading = read("a.xlsx", _book(["시설명", "위도", "경도"], ["카페", "=35+0.1", 126.8], ["둘", 35.14, 126.81]))
    assert [(problem.code, problem.line, problem.column) for problem in reading.problems] == [("formula-without-value", 2, "위도")]
    assert [row.line for row in reading.rows] == [3]


def test_a_formula_with_its_value_is_read_by_the_value(read):
    cells = f'<row r="2">{_inline("A2", "카페")}<c r="B2" t="str"><f>"광산구 "&amp;"1"</f><v>광산구 1</v></c></row>'
    reading = read("a.xlsx", _with_part(_book(["x"]), SHEET, _sheet(HEADER_ROW + cells)))
    assert reading.rows[0].draft.address == "광산구 1"


def test_an_error_cell_keeps_its_row_out(read):
    cells = f'<row r="2">{_inline("A2", "카페")}<c r="B2" t="e"><v>#REF!</v></c></row>'
    reading = read("a.xlsx", _with_part(_book(["x"]), SHEET, _sheet(HEADER_ROW + cells)))
    assert [(problem.code, problem.value) for problem in reading.problems] == [("formula-error", "#REF!")]


def test_prefixes_phonetic_guides_and_escapes_do_not_disturb(read):
    rows = '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
    rows += "<x:r><x:t>시설</x:t></x:r><x:rPh><x:t>시</x:t></x:rPh><x:r><x:t>명</x:t></x:r></x:is></x:c>"
    rows += "</x:row>"
    rows += '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>카페_x005F_x000D_</x:t></x:is></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'.encode()
    reading = read("a.xlsx", _with_part(_book(["x"]), SHEET, part), layer="industrial-complexes")
    assert [row.draft.name for row in reading.rows] == ["카페_x000D_"]


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD2", "A1048576"])
def test_a_far_cell_costs_no_memory_and_is_refused(read, reference):
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    content = _with_part(_book(["x"]), SHEET, _sheet(f'{HEADER_ROW}<row r="{row}">{_inline(reference, "far")}</row>'))
    tracemalloc.start()
    reading = read("a.xlsx", content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reading.is_refused
    assert reading.problems[0].code in ("too-many-columns", "too-many-rows")
    assert peak < 8_000_000


def test_many_empty_elements_cost_no_memory(read):
    content = _with_part(_book(["x"]), SHEET, _sheet(HEADER_ROW + '<row r="2">' + "<c/>" * 200_000 + "</row>"))
    tracemalloc.start()
    reading = read("a.xlsx", content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [problem.code for problem in reading.problems] == ["no-rows"]
    assert peak < 8_000_000


def test_more_cells_than_the_limit_are_refused_even_empty(read, codes):
    content = _with_part(_book(["x"]), SHEET, _sheet(HEADER_ROW + '<row r="2">' + "<c/>" * 200 + "</row>"))
    assert codes(read("a.xlsx", content, limits=Limits(workbook_cells=150))) == {"workbook-too-large": 1}


@pytest.mark.parametrize(
    ("limits", "parts", "code"),
    [
        (Limits(workbook_bytes=100_000), {"xl/media/zeros.bin": b"\0" * 200_000}, "workbook-too-large"),
        (Limits(workbook_entries=20), {f"xl/media/{number}.bin": b"" for number in range(30)}, "workbook-too-large"),
        (Limits(shared_text_bytes=1_000), {"xl/sharedStrings.xml": b" " * 2_000}, "workbook-too-large"),
    ],
)
def test_packages_past_a_limit_are_refused_before_unpacking(read, limits, parts, code):
    stream = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(_book(HEAD, ROW)))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry not in parts:
                target.writestr(entry, source.read(entry))
        for name, part in parts.items():
            target.writestr(name, part)
    reading = read("a.xlsx", stream.getvalue(), limits=limits)
    assert [problem.code for problem in reading.problems] == [code]
    assert "limit" in reading.problems[0].details


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused_in_every_part(read, part, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("비밀")
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "{"b" * 1000}">]><worksheet>&a;&b;</worksheet>'
    )
    reading = read("a.xlsx", _with_part(_book(HEAD, ROW), part, bomb.encode()))
    assert [problem.code for problem in reading.problems] == ["workbook-has-entities"]


@pytest.mark.parametrize("damage", [lambda content: content[: len(content) // 2], lambda _: b"PK\x03\x04" + b"\0" * 100])
def test_a_damaged_package_is_refused(read, codes, damage):
    assert codes(read("a.xlsx", damage(_book(HEAD, ROW)))) == {"broken-workbook": 1}


def test_a_zip_that_is_no_workbook_is_refused(read, codes):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/hwp+zip")
    assert codes(read("a.xlsx", stream.getvalue())) == {"content-mismatch": 1}


def test_broken_xml_is_refused(read, codes):
    assert codes(read("a.xlsx", _with_part(_book(HEAD, ROW), SHEET, b"<worksheet><sheetData><row>"))) == {"broken-workbook": 1}


def test_further_sheets_are_said_to_be_left_out_but_not_our_own_notes(read, codes):
    assert codes(read("a.xlsx", _book(HEAD, ROW, sheets=["다른 자료"]))) == {"other-sheets-ignored": 1}
    assert codes(read("a.xlsx", _book(HEAD, ROW, sheets=["정보"]))) == {}


def test_an_empty_sheet_and_a_sheet_of_headers_are_refused(read, codes):
    assert codes(read("a.xlsx", _book())) == {"empty-file": 1}
    assert codes(read("a.xlsx", _book(HEAD))) == {"no-rows": 1}


def test_more_rows_than_the_limit_are_refused(read, codes):
    assert codes(read("a.xlsx", _book(HEAD, *([ROW] * 4)), limits=Limits(rows=3))) == {"too-many-rows": 1}
