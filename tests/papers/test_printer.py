"""Printed sheets: read back by pypdf, drawn and scanned by zxing, their letters looked up by fontTools."""

import io
import json
import threading
import time
from datetime import UTC, datetime
from itertools import product

import pypdf
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image

from geo_app.domain.layers import AMENITIES
from geo_app.papers import printer as printer_module
from geo_app.papers.fonts import find_font_files
from geo_app.papers.printer import BadSheet, Printer
from geo_app.papers.sheet import Size

SIX = ("ko", "en", "vi", "zh", "ru", "uz")
PAGE_URL = "https://www.gwangsan.go.kr/shelter/sites/shelters/sh-000001"
MADE_AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SHEETS = list(product(["a4", "a6"], SIX))
CROWDED = {
    "name": "뷁" * 2000, "address": "쀍" * 2000, "entry_note": "궯 " * 2000, "amenities": list(AMENITIES), "status": "sample",
    "hours": [{"text": "", "opening_hours": "Mo 09:00-12:00,13:00-15:00,18:00-03:00; Tu 10:00-11:00; We 11:00-12:00,15:00-04:00; "
               "Th 12:00-13:00; Fr 10:00-12:00,18:00-03:00; Sa[2] 10:00-20:00; Su[1,3] 08:00-12:00"}],
}  # fmt: skip


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data):
    return " ".join(read(data).pages[0].extract_text().split())


def sentences(sheet):
    """Every text of a sheet, the code's picture aside."""
    return [text for text in _leaves({**sheet, "code": {**sheet["code"], "svg": ""}}) if text]


def _leaves(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)


@pytest.mark.parametrize(("size", "lang"), SHEETS)
def test_every_letter_of_every_sheet_is_in_the_fonts(sheet_of, six_languages, size, lang):
    known = set().union(*(TTFont(path).getBestCmap() for path in find_font_files()))
    told = "".join(sentences(sheet_of(size, lang, status="sample", amenities=list(AMENITIES))))
    assert {sign for sign in told if ord(sign) not in known} == set()


@pytest.mark.parametrize(("size", "lang"), SHEETS)
def test_a_sheet_is_one_tagged_page_whose_text_can_be_taken_out(printer, sheet_of, six_languages, size, lang):
    sheet = sheet_of(size, lang, status="sample")
    document = read(printer.print_pdf(sheet, Size(size), made_at=MADE_AT))
    assert len(document.pages) == 1
    width, height = (round(float(side) / 72 * 25.4) for side in document.pages[0].mediabox[2:])
    assert (width, height) == {"a4": (210, 297), "a6": (105, 148)}[size]
    root = document.trailer["/Root"]
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == sheet["title"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    told = "".join(document.pages[0].extract_text().split())
    wanted = [sheet["name"], sheet["latin"], sheet["hours"]["title"], sheet["data"], sheet["entry"]["text"], *sheet["sample"]["told"]]
    wanted += [row[1] for row in sheet["hours"]["rows"]] + [item["text"] for item in sheet["greetings"]]
    if size == "a4":
        wanted += [item["what"] for item in sheet["greetings"]] + sheet["amenities"]["items"]
    assert [text for text in wanted if "".join(text.split()) not in told] == []


@pytest.mark.parametrize(("size", "lang"), SHEETS)
@pytest.mark.parametrize("status", ["confirmed", "sample"])
def test_the_code_is_scanned_at_150_dots_per_inch(printer, sheet_of, six_languages, size, lang, status):
    address = f"{PAGE_URL}?lang={lang}"
    sheet = sheet_of(size, lang, page_url=address, status=status)
    picture = Image.open(io.BytesIO(printer.draw_png(sheet, Size(size), dots_per_inch=150))).convert("L")
    found = zxingcpp.read_barcodes(picture)
    assert [(item.format, item.text) for item in found] == [(zxingcpp.BarcodeFormat.QRCode, address)]


def test_the_same_sheet_is_the_same_bytes_from_any_printer(sheet_of):
    sheet = sheet_of()
    first = Printer().print_pdf(sheet, Size.A4, made_at=MADE_AT)
    assert Printer().print_pdf(sheet, Size.A4, made_at=MADE_AT) == first
    assert read(first).metadata.creation_date == MADE_AT


@pytest.mark.parametrize("size", ["a4", "a6"])
@pytest.mark.parametrize(
    "name",
    [
        '#set page(width: 1cm) $x^2$ *굵게* _기울임_ `코드` "따옴표" \\ @ref <label>',
        '#sys.inputs #read("/etc/passwd") #panic()',
        "= 제목\n- 목록\n/ 말: 뜻",
        "// 주석 /* 주석 */ 카페",
        "${7*7} {{7*7}} {% raw %} </script>",
        "☕🛵",
        "",
        "ཀ་ཁ་ག",
    ],
)  # fmt: skip
def test_a_name_is_text_whatever_it_holds(printer, sheet_of, size, name):
    sheet = sheet_of(size, name=f"{name} 카페", entry_note=name, address=name)
    told = "".join(text_of(printer.print_pdf(sheet, Size(size), made_at=MADE_AT)).split())
    assert "".join(sheet["name"].split()) in told
    assert "2026-11-21기준,개정7" in told


@pytest.mark.parametrize(("size", "lang"), SHEETS)
def test_a_crowded_sheet_stays_one_page_and_keeps_its_last_line(printer, sheet_of, six_languages, size, lang):
    sheet = sheet_of(size, lang, **CROWDED)
    data = printer.print_pdf(sheet, Size(size), made_at=MADE_AT)
    assert len(read(data).pages) == 1
    assert "".join(sheet["data"].split()) in "".join(text_of(data).split())
    assert "뷁뷁뷁" in text_of(data)


def test_an_empty_place_still_has_a_sheet(printer, sheet_of):
    bare = sheet_of(kind=None, hours=None, entry=None, entry_note=None, amenities=None, address=None, checked_on=None)
    for size in Size:
        assert "영업시간 미확인" in text_of(printer.print_pdf(bare, size, made_at=MADE_AT))


@pytest.mark.parametrize("size", ["a4", "a6"])
@pytest.mark.parametrize("name", ["☕🛵", "\ue900", "\u3164"])
def test_a_place_whose_name_cannot_be_printed_still_has_a_sheet(printer, sheet_of, size, name):
    assert "sh-000001" in text_of(printer.print_pdf(sheet_of(size, name=name), Size(size), made_at=MADE_AT))


def test_what_cannot_be_set_in_type_is_a_fault_of_the_sheet(printer, sheet_of):
    with pytest.raises(BadSheet, match="heading"):
        printer.print_pdf({**sheet_of(), "name": ""}, Size.A4, made_at=MADE_AT)


def lines_of(data):
    """Texts with the distance of their baseline from the top edge in millimetres."""
    page, found = read(data).pages[0], []

    def take(text, frame, place, _font, _size):
        from_bottom = place[4] * frame[1] + place[5] * frame[3] + frame[5]
        found.append((text.strip(), (float(page.mediabox[3]) - from_bottom) / 72 * 25.4))

    page.extract_text(visitor_text=take)
    return [(text, height) for text, height in found if text]


@pytest.mark.parametrize("lang", SIX)
def test_each_day_of_two_sittings_keeps_to_one_line_of_a_sticker(printer, sheet_of, six_languages, lang):
    hours = [{"text": "", "opening_hours": "Mo-Fr 10:00-15:00,17:00-21:30; Sa 18:00-02:00"}]
    sheet = sheet_of("a6", lang, hours=hours)
    page = read(printer.print_pdf(sheet, Size.A6, made_at=MADE_AT)).pages[0].extract_text()
    lines = ["".join(line.split()) for line in page.splitlines()]
    for row in sheet["hours"]["rows"]:
        assert any("".join(row[1].split()) in line for line in lines), (row, lines)


@pytest.mark.parametrize("lang", SIX)
def test_no_greeting_of_a_sticker_is_parted_by_the_end_of_a_line(printer, sheet_of, six_languages, lang):
    sheet = sheet_of("a6", lang)
    page = read(printer.print_pdf(sheet, Size.A6, made_at=MADE_AT)).pages[0].extract_text()
    lines = ["".join(line.split()) for line in page.splitlines()]
    parted = [item["text"] for item in sheet["greetings"][1:] if not any("".join(item["text"].split()) in line for line in lines)]
    assert parted == []


def test_a_title_of_a_sticker_stands_close_to_what_it_is_the_title_of(printer, sheet_of):
    sheet = sheet_of("a6")
    lines = lines_of(printer.print_pdf(sheet, Size.A6, made_at=MADE_AT))
    title, rule = (
        next(height for text, height in lines if text and told.startswith(text))
        for told in (sheet["entry"]["title"], sheet["entry"]["text"])
    )
    assert 0 < rule - title < 6


def test_a_sheet_without_its_fonts_is_refused_and_not_blank(sheet_of, monkeypatch, tmp_path):
    (tmp_path / "none.ttf").write_bytes(b"")
    monkeypatch.setattr(printer_module, "find_font_files", lambda: (tmp_path / "none.ttf",))
    with pytest.raises(BadSheet):
        Printer().print_pdf(sheet_of(), Size.A4, made_at=MADE_AT)


def test_a_kept_sheet_is_built_once_and_the_oldest_goes_first(sheet_of):
    kept, built = Printer(kept=2), []

    def ask(key):
        return kept.keep_pdf(key, Size.A6, made_at=MADE_AT, build=lambda: built.append(key) or sheet_of("a6", name=f"카페 {key}"))

    first = ask("a")
    assert ask("a") == first
    ask("b")
    ask("a")
    ask("c")
    ask("a")
    ask("b")
    assert built == ["a", "b", "c", "b"]


def test_threads_share_a_printer_without_mixing_sheets(printer, sheet_of):
    names = [f"카페 {number}호점" for number in range(12)]
    told = {}

    def ask(name):
        told[name] = text_of(printer.print_pdf(sheet_of("a6", name=name), Size.A6, made_at=MADE_AT))

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [name for name in names if name not in told[name]] == []


def test_a_sheet_takes_a_fraction_of_a_second(printer, sheet_of):
    printer.print_pdf(sheet_of(), Size.A4, made_at=MADE_AT)
    fastest = min(
        _seconds(lambda number=number: printer.print_pdf(sheet_of(name=f"카페 {number}"), Size.A4, made_at=MADE_AT)) for number in range(5)
    )
    assert fastest < 0.5


def _seconds(work):
    """Of the processor: what else the machine does meanwhile is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_sheet_is_plain_json(sheet_of):
    sheet = sheet_of()
    assert json.loads(json.dumps(sheet, ensure_ascii=False)) == sheet
