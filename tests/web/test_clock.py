"""What visitors are told at hard hours: both sides of midnight, 설날, a substitute holiday, a day that staff add, an alert."""

import sys
from datetime import date, datetime

import pytest
from shapely.geometry import Point

from geo_app.cli import main
from geo_app.domain.calendar import SEOUL, AlertKind
from geo_app.domain.change import Channel
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Precision, Provenance
from geo_app.domain.site import DatedHours, HoursStatement, SiteDraft
from geo_app.settings import load_settings
from geo_app.web.app import create_app

SPOT = (126.7961, 35.1412)
NIGHT = HoursStatement("매일 18시~익일 4시, 공휴일 휴무", "Mo-Su 18:00-04:00", "closed")
DAY = HoursStatement("매일 10시~22시, 공휴일 휴무", "Mo-Su 10:00-22:00", "closed")
FEAST = HoursStatement("매일 10시~22시, 명절 당일 휴무", "Mo-Su 10:00-22:00", "closed-seollal-chuseok")
HEAT = HoursStatement("폭염특보 때 8시~24시", "Mo-Su 08:00-24:00", "usual", alert=AlertKind.HEAT_WAVE)
PLACES = {
    "밤 쉼터": {"hours": (NIGHT,)},
    "낮 쉼터": {"hours": (DAY,)},
    "명절 쉼터": {"hours": (FEAST,)},
    "무더위 쉼터": {"hours": (DAY, HEAT)},
    "행사 쉼터": {"hours": (DAY,), "dated_hours": (DatedHours(date(2026, 12, 25), date(2026, 12, 25), "22:00-26:00", "성탄 행사"),)},
}


@pytest.fixture
def clock_client(workspace):
    """A client over a district in which the five places stand at one spot."""
    drafts = [
        SiteDraft("shelters", name, Provenance("test", name), kind="cafe", precision=Precision.ADDRESS, geometry=Point(*SPOT), **said)
        for name, said in PLACES.items()
    ]
    changes = list(workspace.new_changes(LAYERS["shelters"], drafts))
    workspace.publish(changes, actor="t", reason="시계", channel=Channel.OPERATOR, at=datetime(2026, 11, 21, 13, 0, tzinfo=SEOUL))
    workspace.keeper.refresh()
    settings = load_settings({"GEO_APP_HOME": str(workspace.home.folder)})
    return create_app(settings, workspace).test_client()


@pytest.fixture
def freeze(monkeypatch):
    """Stops the clock of every view at a time in Seoul."""

    def at(text):
        stopped = datetime.fromisoformat(text).replace(tzinfo=SEOUL)
        for name, module in list(sys.modules.items()):
            if name.startswith("geo_app.web.") and hasattr(module, "seoul_now"):
                monkeypatch.setattr(module, "seoul_now", lambda: stopped)

    return at


@pytest.fixture
def operate(workspace, monkeypatch, capsys):
    """Runs a command on the same data folder, as staff do beside a running server."""

    def run(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("GEO_APP_HOME", str(workspace.home.folder))
            patch.setattr(sys, "argv", ["geo-app", *arguments])
            with pytest.raises(SystemExit) as end:
                main()
        assert not end.value.code, capsys.readouterr().err

    return run


def ask(client, name, at=None):
    """(is_open, closes_at, opens_at) of a place, now or at a time."""
    query = {"lon": SPOT[0], "lat": SPOT[1], "limit": 20, **({"at": at} if at else {})}
    found = client.get("/api/nearest", query_string=query).get_json()["features"]
    (told,) = [item["properties"] for item in found if item["properties"]["name"] == name]
    return told["is_open"], told["closes_at"], told["opens_at"]


def page(client, name, at=None):
    """The text of a place's own page."""
    found = client.get("/api/nearest", query_string={"lon": SPOT[0], "lat": SPOT[1], "limit": 20}).get_json()["features"]
    (site_id,) = [item["id"] for item in found if item["properties"]["name"] == name]
    answer = client.get(f"/sites/shelters/{site_id}", query_string={"at": at} if at else {})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_two_minutes_about_midnight_are_one_shift(clock_client, freeze):
    closes = "2026-11-25T04:00+09:00"
    freeze("2026-11-24T23:59")
    assert ask(clock_client, "밤 쉼터") == (True, closes, None)
    assert "새벽 4시" in page(clock_client, "밤 쉼터")
    freeze("2026-11-25T00:01")
    assert ask(clock_client, "밤 쉼터") == (True, closes, None)
    assert "새벽 4시" in page(clock_client, "밤 쉼터")
    assert ask(clock_client, "낮 쉼터") == (False, None, "2026-11-25T10:00+09:00")


def test_a_time_that_is_asked_for_is_judged_as_the_clock_would(clock_client, freeze):
    for moment in ("2026-11-24T23:59", "2026-11-25T00:01", "2026-02-17T12:00"):
        freeze(moment)
        assert [ask(clock_client, name) for name in PLACES] == [ask(clock_client, name, moment) for name in PLACES]


def test_on_seollal_the_eves_shift_runs_out_and_the_feast_is_kept(clock_client, freeze):
    freeze("2026-02-16T02:00")  # 설날 전날, 02:00: the shift of the 15th, which is no holiday
    assert ask(clock_client, "밤 쉼터") == (True, "2026-02-16T04:00+09:00", None)
    freeze("2026-02-17T00:01")  # the shift of the 16th never began
    assert ask(clock_client, "밤 쉼터") == (False, None, "2026-02-19T18:00+09:00")
    freeze("2026-02-17T12:00")
    assert ask(clock_client, "명절 쉼터") == (False, None, "2026-02-18T10:00+09:00")
    freeze("2026-02-18T12:00")  # a holiday, but not the very day
    assert ask(clock_client, "명절 쉼터") == (True, "2026-02-18T22:00+09:00", None)
    assert ask(clock_client, "낮 쉼터")[0] is False


def test_a_substitute_holiday_is_kept(clock_client, freeze):
    freeze("2026-08-17T12:00")  # 광복절 fell on a Saturday
    assert ask(clock_client, "낮 쉼터") == (False, None, "2026-08-18T10:00+09:00")
    assert ask(clock_client, "명절 쉼터")[0] is True


def test_a_temporary_holiday_added_by_staff_is_seen_by_the_running_app(clock_client, workspace, freeze, operate):
    freeze("2026-12-28T12:00")
    assert ask(clock_client, "낮 쉼터")[0] is True
    operate(
        "holidays", "add", "2026-12-28", "임시공휴일", "--kind", "temporary", "--source", "관보 2026-321", "--reason", "국무회의 의결"
    )  # fmt: skip
    assert workspace.keeper.refresh()  # what the watching thread does four times a second
    assert ask(clock_client, "낮 쉼터") == (False, None, "2026-12-29T10:00+09:00")
    assert ask(clock_client, "밤 쉼터", "2026-12-28T03:59") == (True, "2026-12-28T04:00+09:00", None)
    assert ask(clock_client, "밤 쉼터", "2026-12-29T01:00")[0] is False
    operate("holidays", "remove", "2026-12-28", "--reason", "잘못 넣음")
    assert workspace.keeper.refresh()
    assert ask(clock_client, "낮 쉼터")[0] is True


def test_a_heat_wave_alert_brings_its_hours_and_ends_by_itself(clock_client, workspace, freeze, operate):
    freeze("2026-07-20T23:00")
    assert ask(clock_client, "무더위 쉼터")[0] is False
    operate("alerts", "add", "폭염", "2026-7-20", "--until", "2026-7-21", "--source", "기상청", "--reason", "폭염특보 발효")
    assert workspace.keeper.refresh()
    assert ask(clock_client, "무더위 쉼터") == (True, "2026-07-21T00:00+09:00", None)
    assert ask(clock_client, "낮 쉼터")[0] is False
    freeze("2026-07-22T23:00")
    assert ask(clock_client, "무더위 쉼터") == (False, None, "2026-07-23T10:00+09:00")


def test_dated_hours_hold_on_a_holiday_past_midnight(clock_client, freeze):
    freeze("2026-12-25T23:59")
    assert ask(clock_client, "행사 쉼터") == (True, "2026-12-26T02:00+09:00", None)
    freeze("2026-12-26T00:01")
    assert ask(clock_client, "행사 쉼터") == (True, "2026-12-26T02:00+09:00", None)
    assert ask(clock_client, "낮 쉼터")[0] is False
