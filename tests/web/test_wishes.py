"""`POST /wishes`: a place of the list and an hour, never a position; counts that give nobody away."""

import json
import logging
import re

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
    assert '<td class="number">3</td>' in client.get("/wishes").text


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
