"""`/changes.atom`: an entry a revision, nothing of who or why."""

from datetime import datetime

import pytest
from defusedxml import ElementTree

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.settings import load_settings
from geo_app.web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)


@pytest.fixture
def own(workspace):
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


def _entries(answer):
    return ElementTree.fromstring(answer.data).findall(f"{ATOM}entry")


def test_each_revision_is_an_entry_newest_first(client):
    answer = client.get("/changes.atom")
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    titles = [entry.findtext(f"{ATOM}title") for entry in _entries(answer)]
    assert titles == ["자료 개정 3호", "자료 개정 2호", "자료 개정 1호"]
    assert "쉼터 46건" in _entries(answer)[0].findtext(f"{ATOM}summary")


def test_a_new_revision_is_a_new_entry_and_the_others_keep_their_ids(own, workspace):
    before = own.get("/changes.atom")
    workspace.publish([Change("shelters", "sh-000001", None)], actor="김담당", reason="<비공개> 사유", channel=Channel.OPERATOR, at=AT)
    workspace.keeper.refresh()
    after = own.get("/changes.atom", headers={"If-None-Match": before.headers["ETag"]})
    ids = [entry.findtext(f"{ATOM}id") for entry in _entries(after)]
    assert ids[1:] == [entry.findtext(f"{ATOM}id") for entry in _entries(before)]
    assert len(set(ids)) == len(ids)
    assert ElementTree.fromstring(after.data).findtext(f"{ATOM}updated") == AT.isoformat()
    assert "김담당" not in after.text
    assert "사유" not in after.text
    assert own.get("/changes.atom", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304


def test_it_speaks_the_language_asked_for_and_only_knows_that(client):
    english = client.get("/changes.atom?lang=en")
    assert "Rest shelters: 46" in english.text
    assert english.headers["ETag"] != client.get("/changes.atom").headers["ETag"]
    for path in ("/changes.atom?lang=xx", "/changes.atom?q=1"):
        answer = client.get(path)
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_links_are_the_public_ones_and_lead_to_what_they_say(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.gwangsan.go.kr/shelter")
    answer = client.get("/shelter/changes.atom", base_url="https://www.gwangsan.go.kr")
    links = {link.get("rel"): link.get("href") for link in ElementTree.fromstring(answer.data).findall(f"{ATOM}link")}
    assert links == {
        "self": "https://www.gwangsan.go.kr/shelter/changes.atom",
        "alternate": "https://www.gwangsan.go.kr/shelter/about/data",
    }
    page = client.get("/shelter/about/data", base_url="https://www.gwangsan.go.kr").text
    for entry in _entries(answer):
        assert f'id="{entry.find(f"{ATOM}link").get("href").partition("#")[2]}"' in page
