"""The doors on a machine outside: the same answers from a published file, and nothing that needs the office's own stores."""

import shutil
from datetime import datetime

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import GeoAppError
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.public_room import PublicRoom
from geo_app.workspace.publishing import public_key, publish_file
from geo_app.workspace.workspace import Workspace

AT = "2026-11-24T02:10"
JSON = {"Accept": "application/json"}
EDITS = "open:126.80,35.16,24/7"
SAME_DOORS = (
    "/layers/shelters.geojson", "/layers/dongs.geojson", "/api/nearest?lon=126.79&lat=35.14&at=" + AT, "/api/sites?q=카페",
    f"/api/coverage?at={AT}", f"/api/coverage/week?at={AT}", "/changes.atom", "/ogc/collections?f=json",
    "/ogc/collections/shelters/items?f=json&limit=3", "/export/shelters.csv", "/export/dongs.kml", f"/embed.svg?at={AT}",
)  # fmt: skip
PAGES = (
    "/",
    "/map",
    "/list/shelters",
    "/plan",
    "/about",
    "/about/privacy",
    "/about/data",
    "/embed",
    "/share",
    "/api/",
    "/wishes",
    "/sites/shelters/sh-000005",
)


@pytest.fixture(scope="module")
def rooms(demo_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rooms")
    workspace = Workspace(shutil.copytree(demo_template, folder / "instance"))
    workspace.load_snapshot()
    publish_file(workspace, folder / "file.zip", at=datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL))
    room = PublicRoom(folder / "out", folder / "file.zip", public_key(workspace))
    room.load_snapshot()
    yield workspace, room
    room.close()
    workspace.close()


@pytest.fixture(scope="module")
def inside(rooms):
    return create_app(load_settings({"GEO_APP_HOME": str(rooms[0].home.folder)}), rooms[0]).test_client()


@pytest.fixture(scope="module")
def outside(rooms):
    folder = rooms[1].home.folder
    environment = {"GEO_APP_HOME": str(folder), "GEO_APP_PUBLISHED_FILE": str(folder.parent / "file.zip")}
    return create_app(load_settings(environment), rooms[1]).test_client()


def told(answer):
    return {name: value for name, value in answer.headers if name not in ("Date", "Last-Modified")}


@pytest.mark.parametrize("path", SAME_DOORS)
def test_a_machine_door_answers_byte_for_byte_as_inside(inside, outside, path):
    one, two = inside.get(path), outside.get(path)
    assert (one.status_code, two.status_code, told(one)) == (200, 200, told(two))
    assert one.data == two.data


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there(outside, path):
    assert outside.get(path, headers={"Accept": "text/html"}).status_code == 200


def test_a_report_shows_at_once_and_lies_in_the_inbox(outside, rooms):
    answer = outside.post("/reports", json={"site": "sh-000005", "seen": "closed"}, headers=JSON)
    assert (answer.status_code, answer.get_json()["reports"]["closed_count"]) == (200, 1)
    assert rooms[1].reports.summaries(datetime.now(SEOUL))["sh-000005"].closed_count == 1
    with rooms[1].inbox.lend() as connection:
        assert connection.execute("SELECT site_id FROM reports").fetchall() == [("sh-000005",)]
    place = rooms[1].keeper.current.layers["dongs"].ids[0]
    assert outside.post("/wishes", json={"place": place, "when": "weekday-02"}, headers=JSON).get_json()["outcome"] == "added"


@pytest.mark.parametrize("path", ["/scenarios", "/scenarios/" + "a" * 22])
def test_no_scenario_can_be_kept_and_the_sentence_says_so(outside, path):
    answer = outside.post(path, json={"edits": EDITS}, headers=JSON)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "scenarios-not-kept")
    assert "시나리오" in answer.get_json()["detail"]
    page = outside.post(path, data={"edits": EDITS})
    assert page.status_code == 403
    assert "이 서버에서는 시나리오를 저장하거나 열 수 없습니다." in page.text


@pytest.mark.parametrize("path", ["/plan?scenario=" + "a" * 22, "/plan/compare?a=base&b=" + "a" * 22])
def test_no_scenario_can_be_opened(outside, path):
    assert outside.get(path).status_code == 403


def test_the_plan_hides_saving_and_still_tries_changes_out(inside, outside):
    query = {"at": AT, "edits": EDITS}
    one, two = inside.get("/plan", query_string=query).text, outside.get("/plan", query_string=query).text
    assert ('id="scenario-save"' in one, '"scenarios":' in one) == (True, True)
    assert ('id="scenario-save"' in two, '"scenarios":' in two) == (False, False)
    assert 'id="scenario-edits"' in two


def test_what_is_documented_is_what_there_is(inside, outside):
    one, two = (client.get("/api/openapi.json").get_json()["paths"] for client in (inside, outside))
    assert one.keys() - two.keys() == {"/scenarios", "/scenarios/{token}"}
    assert 'id="scenarios"' in inside.get("/about/privacy").text
    assert 'id="scenarios"' not in outside.get("/about/privacy").text
    assert "이 서버는 기관 밖에 있어요." in outside.get("/about/privacy").text
    assert "이 서버는 기관 밖에 있어요." not in inside.get("/about/privacy").text


def test_another_revision_is_unknown(outside):
    assert outside.get(f"/api/coverage?at={AT}&revision=3").status_code == 200
    answer = outside.get(f"/api/coverage?at={AT}&revision=2")
    assert (answer.status_code, answer.get_json()["code"]) == (404, "unknown-revision")


class Refusal(GeoAppError):
    code = "published-older"


def test_a_refused_file_is_told_and_turns_nobody_away(outside, rooms, monkeypatch):
    assert outside.get("/readyz").text == "ready: revision 3\n"
    monkeypatch.setattr(rooms[1].keeper, "_refusal", Refusal(path="/srv/secret/path"))
    answer = outside.get("/readyz")
    assert answer.status_code == 200
    assert answer.text == "ready: revision 3\nthe published file was refused and the last good one is served: published-older\n"
