"""`/shelters.bundle.json`: one small answer a minute, in the asker's coding, that takes nothing from her."""

import gzip
import json
from datetime import datetime, timedelta

import brotli
import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import ReportSummary
from geo_app.web import bundle as door
from geo_app.web.bundle import BundleCache

URL = "/shelters.bundle.json"
AT = datetime(2026, 11, 24, 2, 10, 30, tzinfo=SEOUL)


@pytest.fixture
def clock(monkeypatch):
    """The door's clock, held still at AT; a test may move it."""
    held = {"now": AT}
    monkeypatch.setattr(door, "seoul_now", lambda: held["now"])
    return held


def test_the_bundle_is_of_the_minute_and_everybody_may_read_it(client, clock):
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"
    told = json.loads(answer.data)
    assert told["made_at"] == "2026-11-24T02:10:00+09:00"
    assert (told["first_day"], str(told["revision"])) == ("2026-11-24", answer.headers["X-Revision"])


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_each_coding_holds_the_same_bundle_and_has_its_own_tag(client, clock, coding, unpack):
    plain, coded = client.get(URL), client.get(URL, headers={"Accept-Encoding": coding})
    assert coded.headers["Content-Encoding"] == coding
    assert unpack(coded.data) == plain.data
    assert plain.headers["ETag"] != coded.headers["ETag"]
    assert "Accept-Encoding" in coded.headers["Vary"]
    assert len(coded.data) <= 30 * 1024


def test_who_has_it_hears_304_until_the_minute_ends(client, clock):
    etag = client.get(URL).headers["ETag"]
    clock["now"] = AT + timedelta(seconds=29)
    again = client.get(URL, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    clock["now"] = AT + timedelta(seconds=30)
    assert client.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_a_position_in_the_address_is_refused(client):
    answer = client.get(f"{URL}?lon=126.79&lat=35.14")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_the_bundle_is_made_anew_for_another_minute_snapshot_or_report(demo_workspace, monkeypatch):
    made = []
    monkeypatch.setattr(door, "build_bundle", lambda *arguments: made.append(arguments) or {"number": len(made)})
    cache, snapshot = BundleCache(), demo_workspace.keeper.current
    first = cache.get(snapshot, AT, {})
    assert cache.get(snapshot, AT + timedelta(seconds=20), {}) is first
    reports = {"sh-000001": ReportSummary(1, AT)}
    assert cache.get(snapshot, AT, reports) is not first
    reports["sh-000001"] = ReportSummary(2, AT)
    cache.get(snapshot, AT, reports)
    cache.get(snapshot, AT + timedelta(minutes=1), reports)
    cache.get(type(snapshot)(99, snapshot.made_at, {}, {}), AT + timedelta(minutes=1), reports)
    assert len(made) == 5
    assert {arguments[1].second for arguments in made} == {0}
