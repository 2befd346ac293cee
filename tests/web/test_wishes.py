"""`POST /wishes`: a place of the list and an hour, never a position; counts that give nobody away."""

import csv
import io
import json
import logging
import re

import openpyxl
import pytest

from geo_app.domain.report import Limit
from geo_app.domain.wish import WISHES_AN_HOUR, wish_time_of
from geo_app.finder.gazetteer import PlaceKind, list_places
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.house import seoul_now

JSON = {"Accept": "application/json"}


@pytest.fixture
def client(workspace):
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


@pytest.fixture
def places(workspace):
    found = {}
    for place in list_places(workspace.keeper.current):
        found.setdefault(place.kind, place)
    return found


def wish(client, place, when="weekday-02", number=1, **changes):
    headers = changes.pop("headers", JSON)
    data = {"place": place.id, "when": when, **changes}
    return client.post("/wishes", data=data, headers=headers, environ_overrides={"REMOTE_ADDR": f"203.0.113.{number}"})


def counted(client):
    answer = client.get("/api/wishes")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.data)["wishes"]


def wish_column(page, field):
    part = re.search(r'<section class="plan-part" id="wishes".*?</section>', page, re.DOTALL)[0]
    return re.findall(rf'<t[hd][^>]*data-field="{field}" data-sort[^>]*>([^<]*)', part)


def fill(client, places):
    """One kind of place three times, another once at another hour."""
    for number in (1, 2, 3):
        wish(client, places[PlaceKind.DONG], "sunday-23", number)
    wish(client, places[PlaceKind.COMPLEX], "weekday-02")


def test_a_press_without_a_script_leads_to_a_page_that_says_so(client, places):
    dong = places[PlaceKind.DONG]
    before = str(wish_time_of(seoul_now()))
    answer = wish(client, dong, "now", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/wishes?place={dong.id}&wished=yes"
    page = client.get(answer.headers["Location"]).text
    assert "의견을 받았어요" in page
    assert f'<option value="{dong.id}" selected>' in page
    (row,) = counted(client)
    assert f"{row['days']}-{row['hour']:02}" in (before, str(wish_time_of(seoul_now())))  # the hour may turn meanwhile


def test_fewer_than_three_are_not_told(client, places):
    dong = places[PlaceKind.DONG]
    told = []
    for number in (1, 1, 2, 3):
        wish(client, dong, number=number)
        told += [(row["count"], row["count_text"]) for row in counted(client)]
    assert told == [(None, "<3"), (None, "<3"), (None, "<3"), (3, "3")]
    (row,) = counted(client)
    assert (row["place"], row["name"], row["kind"], row["lon"], row["lat"]) == (dong.id, dong.name, "dong", dong.lon, dong.lat)
    assert wish_column(client.get("/wishes").text, "count") == ["3"]


def test_a_program_is_told_what_became_of_it(client, places):
    complex_ = places[PlaceKind.COMPLEX]
    answers = [client.post("/wishes", json={"place": complex_.id, "when": "sunday-23"}, headers=JSON) for _ in range(2)]
    assert [json.loads(answer.data)["outcome"] for answer in answers] == ["added", "replaced"]
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answers[0].headers


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"place": "dg-999999", "when": "now"},
        {"place": "126.79,35.14", "when": "now"},
        {"place": "dg-000003", "when": "weekday-24"},
        {"place": "dg-000003", "when": "now", "lon": "126.8"},
    ],
)
def test_what_is_no_wish_is_refused(client, fields):
    answer = client.post("/wishes", data=fields, headers=JSON)
    assert answer.status_code == 400
    assert json.loads(answer.data)["code"] == "bad-parameters"
    assert counted(client) == []


def test_a_shelter_is_no_place_to_wish_at(client, places):
    assert wish(client, places[PlaceKind.SITE]).status_code == 400


def test_no_other_sites_page_wishes_in_its_readers_name(client, places):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = wish(client, places[PlaceKind.DONG], headers={**JSON, **headers})
        assert (answer.status_code, json.loads(answer.data)["code"]) == (403, "sent-from-elsewhere")
    assert counted(client) == []


def test_a_limit_is_told_in_words(client, places, monkeypatch):
    monkeypatch.setitem(WISHES_AN_HOUR, Limit.REPORTER, 1)
    dong = places[PlaceKind.DONG]
    wish(client, dong)
    full = wish(client, dong, "weekday-03", headers={"Accept": "text/html"})
    assert full.status_code == 429
    assert 0 < int(full.headers["Retry-After"]) <= 3600
    assert "한 시간 안에 의견이 많이 들어와" in full.text


def test_the_finders_empty_answer_offers_it_with_dongs_only(client, workspace):
    page = client.get("/?at=2026-11-24T02:10&from=dg-000009").text
    form = re.search(r'<section id="empty">.*?(<form class="wish".*?</form>)', page, re.DOTALL)[1]
    assert 'method="post"' in form
    assert 'name="when" value="now"' in form
    offered = re.findall(r'<option value="([^"]+)"', form)
    dongs = {place.id for place in list_places(workspace.keeper.current) if place.kind is PlaceKind.DONG}
    assert set(offered) == dongs
    assert "selected" not in form


def test_a_wish_moves_no_demand(client, places):
    asked = "/api/coverage?at=2026-11-24T02:00"
    before = client.get(asked).data
    for number in range(4):
        wish(client, places[PlaceKind.DONG], number=number)
    assert client.get(asked).data == before


def test_no_log_holds_a_place_or_an_address(client, places, caplog):
    caplog.set_level(logging.DEBUG)
    wish(client, places[PlaceKind.DONG])
    wish(client, places[PlaceKind.DONG], "never")
    assert "203.0.113" not in caplog.text
    assert places[PlaceKind.DONG].id not in caplog.text


@pytest.mark.parametrize("path", ["/wishes?place=x", "/plan?at=2026-11-24T02:00"])
def test_the_table_is_sorted_by_links_without_a_script(client, places, path):
    fill(client, places)
    page = client.get(path).text
    assert wish_column(page, "count") == ["3", "&lt;3"]
    address = re.search(r'<th scope="col" data-field="time"[^>]*><a class="plan-sort" href="([^"]+)"', page)[1].replace("&amp;", "&")
    asked = path.partition("?")[2].replace(":", "%3A")
    assert asked in address.replace(":", "%3A")
    assert address.endswith("#wishes")
    again = client.get(address.partition("#")[0])
    assert again.status_code == 200
    assert wish_column(again.text, "count") == ["&lt;3", "3"]
    assert 'data-field="time" aria-sort="ascending"' in again.text


def test_a_thanks_is_not_said_again_by_sorting(client, places):
    fill(client, places)
    page = client.get("/wishes?wished=yes").text
    assert not any("wished" in address for address in re.findall(r'class="plan-sort" href="([^"]+)"', page))


@pytest.mark.parametrize("lang", ["ko", "ru"])
def test_the_wishes_are_files_that_stand_alone_and_tell_no_small_number(client, places, lang):
    fill(client, places)
    answer = client.get(f"/wishes.csv?lang={lang}")
    first, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    many, few = (dict(zip(first, row, strict=True)) for row in rows)
    assert ("3" in many.values(), "<3" in few.values(), "1" in few.values()) == (True, True, False)
    if lang == "ko":
        assert (many["요일"], many["시각"], many["의견 수"], few["의견 수"]) == ("일요일", "23", "3", "")
        assert "수요를 잰 값이 아님" in many["참고"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/wishes.xlsx?lang={lang}").data))
    assert [cell.value for cell in next(book.worksheets[0].iter_rows(max_row=1))] == first


def test_the_wishes_are_points_of_places_too(client, places):
    fill(client, places)
    features = json.loads(client.get("/wishes.geojson").data)["features"]
    complex_ = places[PlaceKind.COMPLEX]
    assert features[1]["geometry"] == {"type": "Point", "coordinates": [complex_.lon, complex_.lat]}
    assert features[1]["properties"]["count"] is None
    assert client.get("/wishes.gpkg").data.startswith(b"SQLite format 3")
    assert all(f'href="/wishes.{ext}"' in client.get("/wishes").text for ext in ("csv", "xlsx", "geojson", "gpkg", "kml"))


def test_there_is_no_other_file_of_wishes(client):
    assert client.get("/wishes.exe").status_code == 404
    assert client.get("/wishes.csv?x=1").status_code == 400
    assert client.get("/wishes.csv").status_code == 200
    assert client.get("/wishes?sort=by-dong.share").status_code == 400
