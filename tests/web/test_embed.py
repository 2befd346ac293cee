"""The frame: who may hold it, what it says without a script, what it never does."""

import gzip
import json
import re
from datetime import datetime

import pytest
from werkzeug.routing import Rule

from geo_app.assets import find_assets, join_script
from geo_app.cartography.marks import LEGEND
from geo_app.domain.hours import State
from geo_app.domain.layers import LAYERS
from geo_app.finder.shown import list_shown
from geo_app.web import embed_content
from geo_app.web.embed_content import mark_classes
from geo_app.wording.catalogue import LANGUAGES

NIGHT = "at=2026-11-24T02:10"
OFFICE = "https://www.gwangsan.go.kr"


def ancestors(answer):
    return re.search(r"frame-ancestors ([^;]*)", answer.headers["Content-Security-Policy"])[1]


def test_the_frame_alone_may_be_framed_and_by_those_named_only(make_client):
    client = make_client(GEO_APP_EMBED_ORIGINS=f"{OFFICE}, https://*.gwangsan.go.kr,http://127.0.0.1:5000")
    answer = client.get("/embed")
    assert ancestors(answer) == f"'self' {OFFICE} https://*.gwangsan.go.kr http://127.0.0.1:5000"
    assert "X-Frame-Options" not in answer.headers


def test_without_the_setting_only_our_own_pages_may_hold_it(client):
    assert ancestors(client.get("/embed")) == "'self'"


def test_every_other_answer_stays_out_of_frames(make_client):
    client = make_client(GEO_APP_EMBED_ORIGINS=OFFICE)
    rules: list[Rule] = [rule for rule in client.application.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    asked = [client.get(rule.rule) for rule in rules if rule.rule != "/embed"]
    assert len(asked) > 20
    for answer in (*asked, client.get("/no-such-page"), client.get("/embed/places.json"), client.get("/embed.js")):
        assert (ancestors(answer), answer.headers["X-Frame-Options"]) == ("'none'", "DENY"), answer.request.path


@pytest.mark.parametrize(("query", "status"), [("area=dg-999999", 404), ("area=x&no=1", 400)])
def test_an_error_in_the_frame_can_be_seen_in_the_frame(make_client, query, status):
    answer = make_client(GEO_APP_EMBED_ORIGINS=OFFICE).get(f"/embed?{query}")
    assert answer.status_code == status
    assert ancestors(answer) == f"'self' {OFFICE}"
    assert "X-Frame-Options" not in answer.headers
    assert 'target="_blank"' in answer.text
    assert "site-header" not in answer.text


def test_every_bad_parameter_is_named_in_the_frame(client):
    text = client.get("/embed?layers=x&theme=red&foo=1").text
    assert all(f"<code>{name}</code>" in text for name in ("layers", "theme", "foo"))


def test_it_sets_no_cookie_and_loads_no_script_that_keeps_anything(client):
    answer = client.get("/embed")
    assert "Set-Cookie" not in answer.headers
    scripts = re.findall(r'<script src="([^"]+)"', answer.text)
    assert [name.rpartition("/")[2] for name in scripts] == ["embed.js", "leaflet.js", "markercluster.js", "embed_map.js"]
    own = "".join(join_script(find_assets("static") / "js" / folder) for folder in ("embed", "embed_map"))
    assert not re.findall(r"localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker", own)


def test_the_list_is_whole_without_a_script(client, demo_workspace):
    answer = client.get(f"/embed?layers=shelters,village-jobs&{NIGHT}")
    listed = re.findall(r'data-layer="([^"]+)" data-id="([^"]+)"', answer.text)
    layers = demo_workspace.keeper.current.layers
    assert sorted(listed) == sorted((name, site_id) for name in ("shelters", "village-jobs") for site_id in layers[name].ids)
    assert re.search(r'class="state state-\w+">[^<]+</p>', answer.text)
    assert re.search(r'class="embed-time">[^<]*새벽 2시 10분 — 지금이 아닙니다', answer.text)
    assert 'href="/map?at=2026-11-24T02:10" target="_blank" rel="noopener"' in answer.text.replace("%3A", ":")


def test_now_is_told_as_the_time_it_is_seen_at(client):
    assert re.search(r"보는 기준 \d\d:\d\d", client.get("/embed").text)


def test_a_row_says_until_when_its_door_is_known_and_only_as_seen_now(client, demo_workspace):
    text = client.get("/embed").text
    told = dict(re.findall(r'data-id="([^"]+)"[^>]*data-until="([^"]+)"', text))
    states = dict(re.findall(r'data-id="([^"]+)".*?<p class="state state-(\w+)"', text, re.DOTALL))
    assert told.keys() <= states.keys()
    assert "unknown" not in {states[site_id] for site_id in told}
    layer = demo_workspace.keeper.current.layers["shelters"]
    at = datetime.fromisoformat(json.loads(re.search(r'id="embed-constants">(.*?)</script>', text)[1])["answered_at"])
    answers = zip(layer.ids, layer.opening.answers(at, demo_workspace.keeper.current.calendar), strict=True)
    known = {site_id: answer.until for site_id, answer in answers if answer.until and answer.state is not State.UNKNOWN}
    assert {site_id: datetime.fromisoformat(until) for site_id, until in told.items()} == known
    assert "data-until" not in client.get(f"/embed?{NIGHT}").text


def test_that_all_is_well_is_never_said_by_the_page_alone(client):
    body = client.get("/embed?check=true").text.partition('id="embed-constants"')[0]
    assert 'id="embed-check"' in body
    assert "정상으로 보입니다" not in body


def test_every_link_opens_beside_the_frame(client):
    body = client.get("/embed").text.partition("<body")[2]
    links = re.findall(r"<a [^>]*>", body)
    assert links
    assert all('target="_blank" rel="noopener"' in link for link in links)


def test_a_list_alone_brings_no_map(client):
    text = client.get("/embed?show=list").text
    assert "leaflet" not in text
    assert "js/embed.js" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_speaks_its_readers_language(client, lang):
    text = client.get(f"/embed?lang={lang}").text
    assert f'<html lang="{lang}">' in text
    links = re.findall(r'class="embed-name" href="([^"]+)"', text)
    assert all((f"lang={lang}" in link) == (lang != "ko") for link in links)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_part_of_the_page_itself(client, theme):
    assert f'data-theme="{theme}"' in client.get(f"/embed?theme={theme}").text
    assert "data-theme" not in client.get("/embed").text


def test_what_is_fetched_anew_is_what_the_page_holds(client):
    query = f"?layers=shelters&area=dg-000021&{NIGHT}&lang=en"
    answer = client.get(f"/embed/places.json{query}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    page, told = client.get(f"/embed{query}").text, answer.json
    assert told["head"].strip() in page
    assert told["places"].strip() in page
    constants = json.loads(re.search(r'id="embed-constants">(.*?)</script>', page)[1])
    assert constants["revision"] == told["revision"]
    assert client.get(constants["urls"]["places"]).json == told


def test_its_machine_doors_answer_problems_as_such(client):
    for address in ("/embed/places.json?x=1", "/embed.js?x=1"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_path_prefix_stands_in_every_address(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://localhost/shelter")
    text = client.get("/shelter/embed?lang=en").text
    named = re.findall(r'(?:href|src)="(/[^"]*)"', text)
    assert len(named) > 10
    assert all(address.startswith("/shelter/") for address in named)
    constants = json.loads(re.search(r'id="embed-constants">(.*?)</script>', text)[1])
    assert all(address.startswith("/shelter/") for address in constants["urls"].values() if address)


def test_the_script_for_hosts_is_known_again_and_names_no_site(client):
    answer = client.get("/embed.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "localhost" not in answer.text
    assert client.get("/embed.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_a_name_holds_is_text(client, monkeypatch):
    hostile = "</li></script><img src=x onerror=alert(1)>{{7*7}}\"'"
    genuine = embed_content.place_card
    monkeypatch.setattr(embed_content, "place_card", lambda *given: {**genuine(*given), "name": hostile, "address": hostile})
    for text in (client.get("/embed").text, client.get("/embed/places.json").json["places"]):
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text
        assert "{{7*7}}" in text


def test_more_places_than_a_frame_can_draw_are_counted(client, monkeypatch):
    monkeypatch.setattr(embed_content, "PLACES_LIMIT", 10)
    text = client.get("/embed").text
    assert len(re.findall('class="embed-place"', text)) == 10
    assert "41곳은 전체 지도에 더 있어요." in text


def test_marks_wear_the_classes_that_the_legend_explains(demo_workspace):
    snapshot = demo_workspace.keeper.current
    at = snapshot.made_at
    names = tuple(name for name, layer in LAYERS.items() if not layer.is_reference)
    known = {"is-recruiting", *(part for state in LEGEND for part in state.classes.split())}
    seen = set()
    for place in list_shown(snapshot, layers=names, area_id="", at=at, only_open=False, reports={}):
        seen |= set(mark_classes(place, snapshot.layers[place.layer].feature(place.position)["properties"], at.date()).split())
    assert {"is-open", "is-unknown", "is-sample", "is-range", "is-registered"} <= seen <= known


def test_the_page_is_light(client):
    assert len(gzip.compress(client.get("/embed").data)) < 12 * 1024
