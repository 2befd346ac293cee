"""`POST /scenarios`: the link is the key; it opens the question its maker saw, and stands in no log and no other site's eye."""

import json
import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geo_app.cli.server_log import quoted_path
from geo_app.desk import scenarios
from geo_app.domain.report import Limit
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.scenario_doors import MAX_NAME_CHARACTERS

JSON = {"Accept": "application/json"}
AT = "2026-11-24T02:00"
OPENED = "open:126.8093,35.204,Mo-Su 18:00-04:00,밤 쉼터"


@pytest.fixture
def make_client(workspace):
    def make(**environment):
        return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder), **environment}), workspace).test_client()

    return make


@pytest.fixture
def client(make_client):
    return make_client()


def save(client, **fields):
    answer = client.post("/scenarios", json={"name": "밤", "edits": OPENED, "at": AT, "minutes": 15, **fields}, headers=JSON)
    assert answer.status_code == 201, answer.text
    return json.loads(answer.data)


def change(client, token, **fields):
    return client.post(f"/scenarios/{token}", json=fields, headers=JSON)


def asked(client, query):
    answer = client.get(f"/api/coverage?{query}")
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)


def test_a_form_leads_to_the_page_of_its_link(client):
    answer = client.post("/scenarios", data={"name": "밤", "edits": OPENED, "at": AT, "lang": "en"})
    assert answer.status_code == 303
    assert answer.headers["Cache-Control"] == "no-store"
    address = urlsplit(answer.headers["Location"])
    assert (address.path, set(parse_qs(address.query))) == ("/plan", {"scenario", "lang"})
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "밤 쉼터" in page.text


def test_the_link_alone_asks_what_its_maker_asked(client):
    told = save(client, minutes=20, mode="bicycle")
    by_link = asked(client, f"scenario={told['token']}")
    in_full = {"at": AT, "minutes": 20, "mode": "bicycle", "edits": OPENED}
    by_hand = json.loads(client.get("/api/coverage", query_string=in_full).data)
    assert by_link == by_hand
    assert by_link["parameters"]["minutes"] == 20
    # An address with a question of its own asks that, with the changes of the scenario.
    assert asked(client, f"scenario={told['token']}&at={AT}")["parameters"]["minutes"] == 10


def test_a_program_is_told_the_links_and_may_nest_its_question(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    body = {"name": "밤", "edits": "open:126.8,35.1,매일 18시~익일 04시", "parameters": {"at": AT, "minutes": 15, "neighbours": False}}
    answer = client.post("/scenarios", json=body, headers={**JSON, "Host": "www.example.kr"})
    told = json.loads(answer.data)
    assert told["url"] == f"https://www.example.kr/shelter/plan?scenario={told['token']}"
    assert told["compare_url"].startswith("https://www.example.kr/shelter/plan/compare?a=base&b=")
    assert told["edits"] == "open:126.8,35.1,Mo-Su 18:00-04:00"
    assert (told["parameters"]["minutes"], told["parameters"]["neighbours"]) == ("15", "false")
    assert "edits" not in told["parameters"]


def test_what_is_not_sent_stays_as_it_was(client):
    token = save(client, note="메모")["token"]
    renamed = json.loads(change(client, token, do="rename", name="다른 이름").data)
    assert (renamed["name"], renamed["note"], renamed["edits"]) == ("다른 이름", "메모", "open:126.8093,35.204,Mo-Su 18:00-04:00,밤 쉼터")
    changed = json.loads(change(client, token, do="change", minutes=30).data)
    assert (changed["name"], changed["edits"], changed["parameters"]["minutes"]) == ("다른 이름", renamed["edits"], "30")
    assert changed["parameters"]["at"].startswith(AT)
    assert json.loads(change(client, token, edits="").data)["edits"] == ""
    assert json.loads(change(client, token, do="delete").data) == {"deleted": True}
    assert client.get(f"/api/coverage?scenario={token}").status_code == 404


def test_a_dead_link_is_told_helpfully(client):
    page = client.get("/plan?scenario=" + "x" * 22)
    assert page.status_code == 404
    assert "이 링크에 저장된 시나리오가 없습니다" in page.text
    told = json.loads(client.get("/api/coverage?scenario=" + "x" * 22).data)
    assert told["code"] == "unknown-scenario"
    assert change(client, "x" * 22, do="delete").status_code == 404


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"edits": "raze:sh-000006"}, "edits"),
        ({"minutes": 0}, "minutes"),
        ({"name": "n" * (MAX_NAME_CHARACTERS + 1)}, "name"),
        ({"note": "a\u0000b"}, "note"),
        ({"colour": "red"}, "colour"),
        ({"demand": "table:nothing"}, "demand"),
    ],
)
def test_bad_fields_are_named_and_nothing_is_kept(client, fields, named):
    answer = client.post("/scenarios", json={"edits": OPENED, "at": AT, **fields}, headers=JSON)
    assert answer.status_code == 400
    assert [item["parameter"] for item in json.loads(answer.data)["problems"]] == [named]


@pytest.mark.parametrize("body", [b"[", b"[]", b'{"parameters": []}', b'{"edits": {}}'])
def test_what_is_no_document_is_refused(client, body):
    assert client.post("/scenarios", data=body, headers={**JSON, "Content-Type": "application/json"}).status_code == 400


def test_a_page_under_a_link_is_not_indexed_and_tells_nobody_where_it_stood(client):
    token = save(client)["token"]
    for path in (f"/plan?scenario={token}", f"/plan/compare?a=base&b={token}", f"/api/coverage?scenario={token}"):
        answer = client.get(path)
        assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
    assert client.get("/plan").headers.getlist("Referrer-Policy") == ["same-origin"]


def test_another_sites_page_saves_nothing_but_a_page_under_a_link_may(client):
    from_elsewhere = {**JSON, "Origin": "https://elsewhere.example"}
    body = {"edits": OPENED, "at": AT}
    assert client.post("/scenarios", json=body, headers=from_elsewhere).status_code == 403
    # A form on a page without a referrer says "null" for where it comes from.
    hidden = {**JSON, "Origin": "null"}
    assert client.post("/scenarios", json=body, headers=hidden).status_code == 403
    token = save(client)["token"]
    assert client.post("/scenarios", json={**body, "scenario": token}, headers=hidden).status_code == 201
    assert client.post("/scenarios", json={**body, "scenario": "x" * 22}, headers=hidden).status_code == 404


def test_a_limit_is_told_in_words(client, monkeypatch):
    monkeypatch.setattr(scenarios, "SCENARIOS_AN_HOUR", {Limit.REPORTER: 1})
    save(client)
    full = client.post("/scenarios", data={"edits": OPENED, "at": AT}, headers={"Accept": "text/html"})
    assert full.status_code == 429
    assert 0 < int(full.headers["Retry-After"]) <= 3600
    assert "너무 많이 저장되어" in full.text


def test_no_log_and_no_page_of_errors_holds_a_token(client, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    token = save(client)["token"]
    change(client, token, do="rename", name="x")
    monkeypatch.setattr("geo_app.web.scenario_doors.get_shelf", lambda: 1 / 0)
    broken = change(client, token, do="rename", name="x")
    assert broken.status_code == 500
    assert token not in caplog.text
    assert token not in broken.text
    assert quoted_path(f"/scenarios/{token}") == "/scenarios/-"
    assert quoted_path(f"/shelter/scenarios/{token}") == "/shelter/scenarios/-"


def test_a_link_or_a_reload_keeps_nothing(client):
    assert client.get("/scenarios").headers["Location"] == "/plan"


def test_a_name_is_shown_as_text(client):
    token = save(client, name="<img src=x>{{7*7}}")["token"]
    page = client.get(f"/plan/compare?a=base&b={token}").text
    assert "<img src=x>" not in page
    assert "{{7*7}}" in page
    assert re.search(r"&lt;img src=x&gt;", page)
