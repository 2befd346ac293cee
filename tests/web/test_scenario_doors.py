"""`POST /scenarios`: the link is the key; it opens the question its maker saw, and stands in no log and no other site's eye."""

import json
import logging
import re
from datetime import datetime
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest

from geo_app.cli.server_log import quoted_path
from geo_app.cli.serving import REQUEST_LINE_BYTES
from geo_app.desk import scenarios
from geo_app.domain.calendar import SEOUL
from geo_app.domain.demand import DemandUnit
from geo_app.domain.report import Limit
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.scenario_doors import MAX_NAME_CHARACTERS
from geo_app.workspace.calendar_edits import Editor
from geo_app.workspace.demand_import import TableOrder, import_table, remove_table
from geo_app.workspace.founding import remove_samples, sample_ids

JSON = {"Accept": "application/json"}
AT = "2026-11-24T02:00"
EDITOR = Editor("tester", "구청 자료", datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL))
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
        assert answer.headers.getlist("Referrer-Policy") == ["same-origin"]
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_no_cache_on_the_way_keeps_what_a_link_opens(client):
    token = save(client)["token"]
    paths = ("/plan", "/api/coverage", "/api/coverage/week", "/plan/dongs.csv")
    for path in (*(f"{path}?scenario={token}" for path in paths), f"/api/coverage?%73cenario={token}", f"/plan/compare?a=base&b={token}"):
        assert client.get(path).headers.getlist("Cache-Control") == ["no-store"], path
    assert client.get(f"/api/coverage?at={AT}").headers["Cache-Control"].startswith("public")


def test_another_sites_page_saves_and_changes_nothing_whatever_link_it_knows(client):
    from_elsewhere = {**JSON, "Origin": "https://elsewhere.example"}
    body = {"edits": OPENED, "at": AT}
    assert client.post("/scenarios", json=body, headers=from_elsewhere).status_code == 403
    token = save(client)["token"]
    for strange in (from_elsewhere, {**JSON, "Origin": "null"}, {**JSON, "Sec-Fetch-Site": "cross-site"}):
        assert client.post("/scenarios", json=body, headers=strange).status_code == 403
        assert client.post("/scenarios", json={**body, "scenario": token}, headers=strange).status_code == 403
        assert client.post(f"/scenarios/{token}", json={"do": "delete"}, headers=strange).status_code == 403
    assert client.get(f"/api/coverage?scenario={token}").status_code == 200
    refused = client.post("/scenarios", data=body, headers={"Origin": "null"})
    assert "이 지도의 화면에서 다시 보내 주세요" in refused.text


def test_a_form_on_a_page_under_a_link_works_over_plain_http_too(client):
    token = save(client)["token"]
    # A browser that sends no Sec-Fetch-Site says where a form stood, for the page's policy is same-origin.
    own = {"Origin": "http://localhost"}
    assert client.post("/scenarios", data={"edits": OPENED, "at": AT, "scenario": token}, headers=own).status_code == 303
    assert client.post(f"/scenarios/{token}", data={"do": "rename", "name": "새 이름"}, headers=own).status_code == 303
    assert client.post("/scenarios", json={"edits": OPENED, "at": AT, "scenario": "x" * 22}, headers=JSON).status_code == 404


@pytest.mark.parametrize("edits", [";".join(["open:126.8,35.1,24/7," + name] * 20) for name in ("%25" * 60, "쉼" * 60)])
def test_what_cannot_be_linked_is_not_saved_and_says_so(client, edits):
    for answer in (
        client.post("/scenarios", json={"edits": edits, "at": AT}, headers=JSON),
        client.get("/api/coverage", query_string={"edits": edits, "at": AT}),
    ):
        assert answer.status_code == 400
        (problem,) = json.loads(answer.data)["problems"]
        assert (problem["code"], problem["parameter"]) == ("edits-too-long", "edits")
        assert "2400자" in problem["message"]
    page = client.get("/plan", query_string={"edits": edits, "at": AT})
    assert page.status_code == 400
    assert "이 변경대로는 계산할 수 없습니다" in page.text


def test_the_longest_changes_that_are_taken_can_be_opened_everywhere(client):
    names = "쉼" * 22
    edits = ";".join(f"open:126.80{number:02d},35.10{number:02d},24/7,{names}" for number in range(10))
    told = save(client, edits=edits)
    assert 2_300 < len(quote_plus(told["edits"])) <= 2_400
    token = told["token"]
    found = asked(client, f"scenario={token}")
    links = [found["permalink"], f"/plan?scenario={token}", f"/plan/compare?a=base&b={token}", f"/plan/dongs.csv?scenario={token}"]
    page = client.get(found["permalink"])
    links += [max(re.findall(r'href="([^"]+)"', page.text), key=len).replace("&amp;", "&")]
    for address in links:
        assert len(address) < REQUEST_LINE_BYTES - 100
        assert client.get(address).status_code == 200, address
    assert change(client, token, do="change", minutes=20).status_code == 200


def test_swapped_and_far_places_are_named(client):
    for edits, code in (("open:35.1,126.8,24/7", "edit-swapped"), ("close:sh-000006;open:0,0,24/7", "edit-outside")):
        answer = client.get("/api/coverage", query_string={"edits": edits, "at": AT})
        assert [item["code"] for item in json.loads(answer.data)["problems"]] == [code]
        assert answer.status_code == 400
    assert "위도와 경도가 바뀐 것" in client.get("/plan", query_string={"edits": "open:35.1,126.8,24/7", "at": AT}).text


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\ufeff", "\u2028", "\u0000"])
@pytest.mark.parametrize("field", ["name", "note"])
def test_marks_that_nobody_sees_are_not_kept(client, field, mark):
    answer = client.post("/scenarios", json={"edits": OPENED, "at": AT, field: f"a{mark}b"}, headers=JSON)
    assert answer.status_code == 400
    (problem,) = json.loads(answer.data)["problems"]
    assert (problem["code"], problem["parameter"]) == ("hidden-marks", field)
    assert f"U+{ord(mark):04X}" in problem["message"]
    assert save(client, **{field: "👩\u200d🔧 쉼터"})[field] == "👩\u200d🔧 쉼터"


def with_table(workspace, tmp_path):
    path = tmp_path / "night.csv"
    path.write_text("행정동,값\n수완동,400\n", encoding="utf-8")
    order = TableOrder(path, "night", "야간 종사자", 2025, "상권 자료", DemandUnit.PEOPLE)
    assert import_table(workspace, order, EDITOR).revision
    return workspace.load_snapshot().number


def test_a_scenario_whose_demand_is_gone_names_itself_and_leads_to_its_revision(client, workspace, tmp_path):
    made_on = with_table(workspace, tmp_path)
    client.get("/plan")
    token = save(client, demand="table:night", name="밤 계획")["token"]
    remove_table(workspace, "night", EDITOR)
    workspace.load_snapshot()
    for path in (f"/plan?scenario={token}", f"/plan/compare?a=base&b={token}", f"/plan/compare?a={token}&b=base"):
        page = client.get(path)
        assert page.status_code == 409, path
        assert "밤 계획" in page.text
        assert "table:night" in page.text
        assert f"개정 {made_on}호에서 열기" in page.text
        assert "주소에 읽을 수 없는" not in page.text
    (address,) = re.findall(r'href="([^"]+)">개정 \d+호에서 열기', page.text)
    opened = client.get(address.replace("&amp;", "&"))
    assert (opened.status_code, "밤 쉼터" in opened.text) == (200, True)
    told = json.loads(client.get(f"/api/coverage?scenario={token}").data)
    assert (told["code"], told["status"]) == ("scenario-misses", 409)
    assert token not in json.dumps(told)
    # Asked for another demand, the scenario answers; what somebody asks for herself is her own fault.
    assert client.get(f"/api/coverage?scenario={token}&demand=residents&at={AT}").status_code == 200
    assert json.loads(client.get(f"/api/coverage?scenario={token}&demand=table:other").data)["code"] == "bad-parameters"


def test_a_scenario_whose_place_is_gone_leads_to_its_revision(client, workspace):
    sample = min(site_id for _, site_id in sample_ids(workspace) if site_id.startswith("sh-"))
    made_on = workspace.load_snapshot().number
    token = save(client, edits=f"close:{sample}", name="문 닫기")["token"]
    remove_samples(workspace, actor="t", reason="t", at=datetime(2026, 11, 22, tzinfo=SEOUL))
    workspace.load_snapshot()
    page = client.get(f"/plan?scenario={token}")
    assert page.status_code == 409
    assert sample in page.text
    assert "문 닫기" in page.text
    assert client.get(f"/plan?scenario={token}&revision={made_on}").status_code == 200


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
