"""`geo-app doctor`, and what `geo-app serve` says before it starts."""

import json
import sqlite3
from datetime import date, datetime, timedelta

import pytest

from geo_app.cli import doctor as doctor_command
from geo_app.cli import serving
from geo_app.domain.calendar import SEOUL
from geo_app.papers.fonts import FontsMissing

HTTPS = {"GEO_APP_PUBLIC_URL": "https://www.gwangsan.go.kr/shelter"}
LAST_COVERED = date(2028, 12, 31)


def faults(done):
    return [item["message"] for item in json.loads(done.stdout)["findings"] if not item["good"]]


def told(done):
    return "\n".join(item["message"] for item in json.loads(done.stdout)["findings"] if item["good"])


def at(patch, day):
    patch.setattr(doctor_command, "now", lambda: datetime(day.year, day.month, day.day, 12, tzinfo=SEOUL))


@pytest.mark.parametrize(
    ("environment", "is_fault"),
    [
        (HTTPS, True),
        ({**HTTPS, "GEO_APP_TRUSTED_PROXIES": "1"}, False),
        ({"GEO_APP_PUBLIC_URL": "http://127.0.0.1:8000"}, False),
        ({}, False),
    ],
)
def test_a_proxy_that_nobody_counts_is_told_with_its_setting(run, environment, is_fault):
    done = run("doctor", "--json", **environment)
    assert [fault for fault in faults(done) if "GEO_APP_TRUSTED_PROXIES" in fault] == faults(done)
    assert bool(faults(done)) is is_fault
    assert done.returncode == int(is_fault)


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_serve_says_so_too_and_serves(run, monkeypatch, proxies):
    served = []
    monkeypatch.setattr(serving, "_run", lambda *arguments: served.append(arguments))
    done = run("serve", **HTTPS, GEO_APP_TRUSTED_PROXIES=proxies)
    assert (done.returncode, len(served)) == (0, 1)
    assert ("GEO_APP_TRUSTED_PROXIES" in done.stderr) is (proxies == "0")


def test_the_key_of_the_day_must_be_private_too(run, demo_home):
    key = demo_home / "reports.key"
    key.write_text("2026-11-21 00", encoding="ascii")
    key.chmod(0o640)
    assert [fault for fault in faults(run("doctor", "--json")) if "reports.key" in fault]
    key.unlink(missing_ok=True)  # a key of another day is destroyed on sight
    assert faults(run("doctor", "--json")) == []


def test_a_broken_desk_is_told(run, demo_home):
    with sqlite3.connect(demo_home / "desk.sqlite") as connection:
        connection.execute("ALTER TABLE reports RENAME TO lost")
    done = run("doctor", "--json")
    assert done.returncode == 1
    assert len(faults(done)) == 1
    assert "제보" in faults(done)[0]
    assert "제보를 읽을 수 있습니다" not in told(done)


@pytest.mark.parametrize(("ahead_days", "is_fault"), [(60, False), (59, True), (-1, True)])
def test_the_calendar_must_reach_sixty_days_ahead(run, monkeypatch, ahead_days, is_fault):
    today = LAST_COVERED - timedelta(days=ahead_days)
    at(monkeypatch, today)
    done = run("doctor", "--json")
    assert bool(faults(done)) is is_fault
    assert (str(today + timedelta(days=60)) in "".join(faults(done))) is is_fault


def test_weather_alerts_in_force_are_named_with_their_last_day(run, monkeypatch):
    assert "기상특보가 없습니다" in told(run("doctor", "--json"))
    added = run("alerts", "add", "폭염", "2026-07-20", "--until", "2026-07-25", "--source", "기상청", "--reason", "발효")
    assert added.returncode == 0, added.stderr
    for day, is_named in ((date(2026, 7, 19), False), (date(2026, 7, 20), True), (date(2026, 7, 25), True), (date(2026, 7, 26), False)):
        at(monkeypatch, day)
        assert ("폭염특보 (2026-07-25까지)" in told(run("doctor", "--json"))) is is_named


def test_fonts_of_posters_are_looked_for(run, monkeypatch):
    assert "글꼴" in told(run("doctor", "--json"))

    def find_none():
        raise FontsMissing(folder="fonts", file="Pretendard-Bold.ttf")

    monkeypatch.setattr(doctor_command, "find_font_files", find_none)
    assert [fault for fault in faults(run("doctor", "--json")) if "Pretendard-Bold.ttf" in fault]
