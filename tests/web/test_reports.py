"""`POST /reports`: one tap, from our own pages, limited, and nothing of who tapped in any log."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.record import canonical_json
from geo_app.domain.report import CHANGES_A_DAY, REPORTS_AN_HOUR, Limit
from geo_app.settings import load_settings
from geo_app.web.app import create_app

PLACE = {"layer": "shelters", "site": "sh-000001", "seen": "closed"}
JSON = {"Accept": "application/json"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def make_client(workspace):
    def make(**environment):
        settings = load_settings({"GEO_APP_HOME": str(workspace.home.folder), **environment})
        return create_app(settings, workspace).test_client()

    return make


@pytest.fixture
def client(make_client):
    return make_client()


@pytest.fixture
def told(workspace):
    """What riders say of the place, as every page of this process is told."""
    return lambda: workspace.reports.summaries(datetime.now(UTC)).get(PLACE["site"])


def tap(client, **changes):
    headers, address = changes.pop("headers", {}), changes.pop("address", "203.0.113.7")
    query = changes.pop("query", "")
    return client.post("/reports" + query, data={**PLACE, **changes}, headers=headers, environ_overrides={"REMOTE_ADDR": address})


@pytest.mark.parametrize("seen", ["open", "closed"])
def test_a_tap_leads_back_to_the_place_and_shows_at_once(client, told, seen):
    answer = tap(client, seen=seen, headers={"Accept": BROWSER})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sites/shelters/sh-000001?reported={seen}#report"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (told().closed_count, told().last_open_at is not None) == ((1, False) if seen == "closed" else (0, True))
    assert client.get(answer.headers["Location"].partition("#")[0]).status_code == 200


def test_a_reader_stays_in_her_language_and_under_the_prefix(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    answer = tap(client, query="?lang=en", headers={"Host": "www.example.kr"})
    assert answer.headers["Location"] == "/shelter/sites/shelters/sh-000001?reported=closed&lang=en#report"


def test_a_program_is_told_the_summary(client):
    answer = client.post("/reports", json=PLACE, headers=JSON)
    assert answer.status_code == 200
    document = json.loads(answer.data)
    assert {name: document[name] for name in PLACE} == PLACE
    assert document["outcome"] == "added"
    assert document["reports"]["closed_count"] == 1
    assert document["reports"]["needs_check"] is False
    assert document["reports"]["last_closed_at"].endswith("+09:00")
    assert document["reports"]["last_open_at"] is None


@pytest.fixture
def set_hours(workspace):
    """Give the place of the reports these hours, last checked that many days ago."""

    def publish(rule, days):
        record = json.loads(dict(workspace.ledger.iter_state("shelters", at=workspace.ledger.head_number()))[PLACE["site"]])
        checked = (datetime.now(SEOUL) - timedelta(days=days)).date().isoformat()
        hours = [{"text": "", "opening_hours": rule, "on_holidays": "usual"}]
        given = {**record, "hours": hours, "closures": [], "dated_hours": [], "provenance": {**record["provenance"], "checked_on": checked}}
        change = Change("shelters", PLACE["site"], canonical_json(given))
        workspace.publish([change], actor="t", reason="x", channel=Channel.OPERATOR, at=datetime.now(UTC))
        workspace.keeper.refresh()

    return publish


def seen_open(client, address="203.0.113.7"):
    return json.loads(tap(client, seen="open", headers=JSON, address=address).data)["reports"]["last_check_at"] is not None


def test_one_open_door_checks_hours_that_say_so_and_are_not_old(client, set_hours):
    set_hours("24/7", days=100)
    page = "/sites/shelters/sh-000001"
    assert "영업시간 확인 3달 전" in client.get(page).get_data(as_text=True)
    assert seen_open(client)
    assert "영업시간 확인 오늘" in client.get(page).get_data(as_text=True)


@pytest.mark.parametrize(("rule", "days"), [("off", 10), ("off", 200), (None, 10)])
def test_no_number_of_open_doors_checks_hours_that_say_otherwise(client, set_hours, told, rule, days):
    set_hours(rule, days)
    assert [seen_open(client, f"203.0.113.{number}") for number in range(4)] == [False] * 4
    assert told().last_open_at is not None


def test_old_hours_take_two_who_found_it_open(client, set_hours):
    set_hours("24/7", days=200)
    assert [seen_open(client, address) for address in ("203.0.113.7", "203.0.113.7", "203.0.113.8")] == [False, False, True]
    tap(client, address="203.0.113.9")
    assert json.loads(tap(client, address="203.0.113.9", headers=JSON).data)["reports"]["last_check_at"] is None


def test_turning_a_report_round_all_day_is_told_and_the_last_one_stands(client, told):
    statuses = [tap(client, seen=("closed", "open")[turn % 2]).status_code for turn in range(CHANGES_A_DAY + 2)]
    assert statuses == [303] * (CHANGES_A_DAY + 1) + [429]
    assert told().last_open_at is not None
    page = tap(client, headers={"Accept": BROWSER})
    assert "마지막 제보는 그대로 남아 있어요" in page.get_data(as_text=True)
    assert 0 < int(page.headers["Retry-After"]) <= 24 * 3600


def test_no_cookie_is_set_or_needed(client):
    for headers in ({}, JSON):
        assert "Set-Cookie" not in tap(client, headers=headers).headers


def test_a_double_tap_is_one_report(client, told):
    outcomes = [json.loads(tap(client, headers=JSON).data)["outcome"] for _ in range(3)]
    assert outcomes == ["added", "replaced", "replaced"]
    assert told().closed_count == 1


def test_two_riders_ask_for_a_check_and_the_place_stays_on_every_list(client, told):
    before = client.get("/layers/shelters.geojson").headers["ETag"]
    tap(client)
    tap(client, address="203.0.113.8")
    assert told().needs_check
    assert client.get("/layers/shelters.geojson").headers["ETag"] == before
    assert client.get("/sites/shelters/sh-000001").status_code == 200
    assert "/sites/shelters/sh-000001" in client.get("/list/shelters?q=" + name_of(client)).get_data(as_text=True)


def name_of(client):
    features = json.loads(client.get("/layers/shelters.geojson").data)["features"]
    return next(feature["properties"]["name"] for feature in features if feature["id"] == PLACE["site"])


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_never_reports(client, told, method):
    answer = getattr(client, method)("/reports?lang=en", headers={"Sec-Purpose": "prefetch"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?lang=en")
    assert getattr(client, method)("/reports?site=sh-000001&seen=closed").status_code == 400
    assert told() is None


def test_fields_in_the_address_are_not_a_report(client, told):
    assert client.post("/reports?layer=shelters&site=sh-000001&seen=closed").status_code == 400
    assert told() is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost"},
        {"Origin": "https://www.example.kr"},
    ],
)
def test_our_own_pages_may_report(make_client, told, headers):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr")
    assert tap(client, headers={"Host": "localhost", **headers}).status_code == 303
    assert told().closed_count == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "https://localhost.evil.example"},
        {"Origin": "http://["},
        {"Origin": ""},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_may_not(client, told, headers):
    answer = tap(client, headers={**headers, **JSON})
    assert answer.status_code == 403
    assert json.loads(answer.data)["code"] == "report-from-elsewhere"
    assert told() is None


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"layer": "cafes"}, 400, "bad-parameters"),
        ({"layer": "dongs"}, 400, "bad-parameters"),
        ({"seen": "burning"}, 400, "bad-parameters"),
        ({"site": ""}, 400, "bad-parameters"),
        ({"colour": "red"}, 400, "bad-parameters"),
        ({"site": "sh-999999"}, 404, "unknown-site"),
        ({"site": "vj-000001"}, 404, "unknown-site"),
    ],
)
def test_what_is_not_known_is_told_and_nothing_is_kept(client, workspace, changes, status, code):
    machine = tap(client, headers=JSON, **changes)
    assert (machine.status_code, machine.mimetype) == (status, "application/problem+json")
    assert json.loads(machine.data)["code"] == code
    page = tap(client, headers={"Accept": BROWSER}, **changes)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert workspace.reports.summaries(datetime.now(UTC)) == {}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"site": 7, "seen": "closed"}', b"[" * 60_000, b"\xff"])
def test_a_body_that_is_no_report_is_a_bad_request(client, body):
    answer = client.post("/reports", data=body, content_type="application/json", headers=JSON)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_place_closed_for_good_has_no_door_to_report(client, workspace, told):
    record = json.loads(dict(workspace.ledger.iter_state("shelters", at=workspace.ledger.head_number()))["sh-000001"])
    change = Change("shelters", "sh-000001", canonical_json({**record, "status": "closed"}))
    workspace.publish([change], actor="t", reason="x", channel=Channel.OPERATOR, at=datetime.now(UTC))
    workspace.keeper.refresh()
    answer = tap(client, headers={"Accept": BROWSER})
    assert answer.status_code == 409
    assert "문을 아주 닫은 곳이라" in answer.get_data(as_text=True)
    assert told() is None


def test_a_sample_may_be_reported_to_try_it_out(client, workspace):
    samples = [
        feature["id"]
        for feature in json.loads(client.get("/layers/shelters.geojson").data)["features"]
        if feature["properties"]["status"] == "sample"
    ]
    assert tap(client, site=samples[0]).status_code == 303


def test_too_many_taps_are_told_in_the_readers_language_and_when_to_come_back(client, workspace):
    ids = workspace.keeper.current.layers["shelters"].ids
    statuses = [tap(client, site=site_id).status_code for site_id in ids[: REPORTS_AN_HOUR[Limit.REPORTER] + 1]]
    assert statuses == [303] * REPORTS_AN_HOUR[Limit.REPORTER] + [429]
    for query, said in (("", "60분 뒤에 다시 눌러 주세요."), ("?lang=en", "Please try again in 60 min.")):
        page = tap(client, site=ids[30], query=query, headers={"Accept": BROWSER})
        assert page.status_code == 429
        assert said in page.get_data(as_text=True)
        assert 3500 < int(page.headers["Retry-After"]) <= 3600
    problem = json.loads(tap(client, site=ids[30], headers=JSON).data)
    assert (problem["code"], problem["status"]) == ("too-many-reports", 429)
    assert tap(client, site=ids[30], address="203.0.113.8").status_code == 303


def test_behind_a_trusted_proxy_riders_are_told_apart_and_otherwise_nobody_can_pose_as_many(make_client, told):
    trusted, bare = make_client(GEO_APP_TRUSTED_PROXIES="1"), make_client()
    for number in range(3):
        tap(bare, address="10.0.0.1", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert told().closed_count == 1
    for number in range(2):
        tap(trusted, address="10.0.0.1", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert told().closed_count == 3
    tap(trusted, address="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.0"})
    assert told().closed_count == 3


def test_no_log_line_holds_an_address_a_tag_or_a_key(client, workspace, caplog):
    with caplog.at_level(logging.DEBUG):
        tap(client)
        tap(client, site="sh-999999")
        workspace.desk.close()
        assert tap(client, site="sh-000002", headers=JSON).status_code == 503
    key = (workspace.home.folder / "reports.key").read_text(encoding="ascii").split()[1]
    for record in caplog.records:
        assert "203.0.113" not in record.getMessage()
        assert key not in record.getMessage()


def test_a_broken_desk_stops_reports_and_no_page(client, workspace):
    workspace.desk.close()
    assert tap(client).status_code == 503
    assert client.get("/sites/shelters/sh-000001").status_code == 200


def test_without_a_board_nobody_said_anything(client, monkeypatch):
    from dataclasses import replace

    from geo_app.web.house import EXTENSION, get_reports

    app = client.application
    monkeypatch.setitem(app.extensions, EXTENSION, replace(app.extensions[EXTENSION], reports=None))
    with app.test_request_context("/"):
        assert get_reports() == {}
    assert tap(client).status_code == 503


def test_the_limits_stand_in_the_documentation(client):
    document = json.loads(client.get("/api/openapi.json").data)["paths"]["/reports"]["post"]
    for most in REPORTS_AN_HOUR.values():
        assert f"{most:,}" in document["description"]
    assert set(document["responses"]) >= {"303", "403", "409", "429"}
    page = client.get("/api/").get_data(as_text=True)
    assert "POST /reports" in page
    assert "한 곳에 30건" in page
