"""Posters and calendars over HTTP."""

import io
import re

import pypdf
import pytest
import zxingcpp
from icalendar import Calendar as ICalendar
from PIL import Image

from geo_app.domain.report import Seen
from geo_app.papers.printer import Printer
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.house import seoul_now

SAMPLE = "/sites/shelters/sh-000009"


def text_of(answer):
    return " ".join(pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())


@pytest.mark.parametrize("size", ["a4", "a6"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_poster_is_a_pdf_in_the_language_asked_for(client, size, lang):
    answer = client.get(f"{SAMPLE}/poster.pdf?size={size}&lang={lang}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="sh-000009-{size}-{lang}.pdf"'
    document = pypdf.PdfReader(io.BytesIO(answer.data))
    assert document.trailer["/Root"]["/Lang"] == lang
    assert "예시" in text_of(answer)
    assert re.search(r"2026-11-21 기준, 개정 \d+|As of 2026-11-21, revision \d+", text_of(answer))


def test_a_poster_is_revalidated_and_not_sent_twice(client):
    first = client.get(f"{SAMPLE}/poster.pdf")
    again = client.get(f"{SAMPLE}/poster.pdf", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{SAMPLE}/poster.pdf").data == first.data
    assert client.head(f"{SAMPLE}/poster.pdf").status_code == 200


def test_a_poster_is_printed_once_for_many_askers(make_client, monkeypatch):
    compiled = []
    compile_sheet = Printer._compile
    monkeypatch.setattr(Printer, "_compile", lambda self, *args, **named: compiled.append(1) or compile_sheet(self, *args, **named))
    client = make_client()
    for _ in range(5):
        client.get(f"{SAMPLE}/poster.pdf?size=a6")
    client.get(f"{SAMPLE}/poster.pdf?size=a6&lang=en")
    assert len(compiled) == 2


@pytest.mark.parametrize(("lang", "tail"), [("ko", ""), ("en", "?lang=en")])
def test_the_code_leads_to_the_public_page_of_the_place(make_client, monkeypatch, lang, tail):
    sheets = []
    compile_sheet = Printer._compile
    monkeypatch.setattr(
        Printer, "_compile", lambda self, sheet, *args, **named: sheets.append((self, sheet)) or compile_sheet(self, sheet, *args, **named)
    )
    client = make_client(GEO_APP_PUBLIC_URL="https://www.gwangsan.go.kr/shelter")
    assert client.get(f"{SAMPLE}/poster.pdf?lang={lang}").status_code == 200
    ((printer, sheet),) = sheets
    monkeypatch.undo()
    from geo_app.papers.sheet import Size

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(printer.draw_png(sheet, Size.A4, dots_per_inch=150))))
    assert code.text == f"https://www.gwangsan.go.kr/shelter{SAMPLE}{tail}"
    path = code.text.removeprefix("https://www.gwangsan.go.kr")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "query", ["size=a3", "size=A4", "lang=xx", "lang=ko&lang=en", "colour=red", "size=a4&at=now"]
)  # fmt: skip
def test_a_poster_that_cannot_be_is_a_page_that_names_the_parameter(client, query):
    answer = client.get(f"{SAMPLE}/poster.pdf?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert query.partition("=")[0] in answer.get_data(as_text=True) or "colour" in query or "at=" in query


@pytest.mark.parametrize(
    "path",
    [
        "/sites/shelters/sh-999999/poster.pdf",
        "/sites/nothing/sh-000009/poster.pdf",
        "/sites/industrial-complexes/ic-000001/poster.pdf",
        "/sites/shelters/sh-999999/hours.ics",
        "/sites/industrial-complexes/ic-000001/hours.ics",
        "/sites/nothing/sh-000009/hours.ics",
    ],
)
def test_what_has_no_paper_is_not_found(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_every_shelter_of_the_demo_has_a_poster_and_a_calendar(client, demo_workspace):
    layer = demo_workspace.keeper.current.get_layer("shelters")
    for site_id in layer.ids:
        poster = client.get(f"/sites/shelters/{site_id}/poster.pdf?size=a6")
        assert poster.data.startswith(b"%PDF-"), site_id
        name = "".join(layer.get_feature(site_id)["properties"]["name"].split())
        assert name in "".join(text_of(poster).split())
        hours = client.get(f"/sites/shelters/{site_id}/hours.ics?at=2026-11-21")
        assert ICalendar.from_ical(hours.data).walk("VEVENT"), site_id


def test_a_calendar_is_one_that_phones_take(client):
    answer = client.get(f"{SAMPLE}/hours.ics?at=2026-11-21&lang=en")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="sh-000009.ics"'
    events = ICalendar.from_ical(answer.data).walk("VEVENT")
    assert events[0]["summary"].startswith("Open: 예시")
    assert events[0]["url"] == "http://localhost/sites/shelters/sh-000009?lang=en"
    again = client.get(f"{SAMPLE}/hours.ics?at=2026-11-21&lang=en", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_calendar_of_old_hours_is_tentative_and_says_when_they_were_checked(client, demo_workspace):
    layer = demo_workspace.load_snapshot().layers["shelters"]
    checked = {site_id: layer.get_feature(site_id)["properties"].get("checked_on") or "" for site_id in layer.ids}
    site_id = next(site_id for site_id, day in checked.items() if "2026-01-01" < day < "2026-05-01")
    answer = client.get(f"/sites/shelters/{site_id}/hours.ics?at=2026-11-21&lang=en")
    events = ICalendar.from_ical(answer.data).walk("VEVENT")
    assert {event["status"] for event in events} == {"TENTATIVE"}
    assert all(f"Hours checked on {checked[site_id]}" in event["description"].split("\n") for event in events)


@pytest.mark.parametrize("seen_closed", [1, 2])
def test_two_riders_who_found_it_closed_make_a_calendar_tentative(workspace, seen_closed):
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    layer = workspace.load_snapshot().layers["shelters"]
    told = {site_id: layer.get_feature(site_id)["properties"] for site_id in layer.ids}
    always = [site_id for site_id, item in told.items() if [row.get("opening_hours") for row in item.get("hours", ())] == ["24/7"]]
    site_id = next(site_id for site_id in always if told[site_id]["checked_on"] > "2026-09-01" and "closures" not in told[site_id])
    for number in range(seen_closed):
        workspace.reports.add(site_id, Seen.CLOSED, at=seoul_now(), address=f"192.0.2.{number}")
    events = ICalendar.from_ical(client.get(f"/sites/shelters/{site_id}/hours.ics").data).walk("VEVENT")
    is_doubtful = seen_closed > 1
    assert {event["status"] for event in events} == {"TENTATIVE" if is_doubtful else "CONFIRMED"}
    assert {event["summary"].startswith("열려 있을 수 있음") for event in events} == {is_doubtful}
    assert all(("확인 필요 · 닫힘 제보 2건" in event["description"]) is is_doubtful for event in events)


@pytest.mark.parametrize("query", ["at=soon", "lang=xx", "size=a4"])
def test_a_calendar_that_cannot_be_is_bad(client, query):
    assert client.get(f"{SAMPLE}/hours.ics?{query}").status_code == 400
