"""What will be taken away says so for a year, by header and in the document."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from geo_app.domain.calendar import SEOUL
from geo_app.web.departures import DEPARTURES, Departure, announce, find_departure
from geo_app.web.open_doors import DOORS

TOLD = datetime(2027, 1, 1, tzinfo=SEOUL)
GOING = Departure("/api/old", TOLD, datetime(2028, 1, 1, tzinfo=SEOUL), "/api/new")


def test_an_answer_of_a_door_that_will_go_says_since_when_and_until_when():
    app = Flask("made-up")
    app.add_url_rule("/api/old", "old", lambda: "old")
    app.add_url_rule("/api/new", "new", lambda: "new")
    announce(app, (GOING,))
    client = app.test_client()
    headers = client.get("/api/old").headers
    assert headers["Deprecation"] == f"@{int(TOLD.timestamp())}"
    assert headers["Sunset"] == "Fri, 31 Dec 2027 15:00:00 GMT"
    assert "Sunset" not in client.get("/api/new").headers


def test_a_path_that_ends_in_a_slash_takes_what_is_below_it_along():
    whole = Departure("/old/", TOLD, TOLD + timedelta(days=365), "/new/")
    assert find_departure("/old/thing", (whole,)) is whole
    assert find_departure("/older", (whole,)) is None
    assert find_departure("/api/old/more", (GOING,)) is None


def test_nothing_is_taken_away_within_a_year_of_its_announcement():
    with pytest.raises(ValueError, match="/api/old"):
        Departure("/api/old", TOLD, TOLD + timedelta(days=364), "/api/new")


def test_what_is_announced_is_there_to_be_announced():
    paths = {door.path for door in DOORS}
    assert all(any(item.concerns(path) for path in paths) for item in DEPARTURES)
