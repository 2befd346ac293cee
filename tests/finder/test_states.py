"""The states of a whole layer, and the doubt of a door that is open by its hours."""

from datetime import UTC, datetime, timedelta

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import ReportSummary
from geo_app.finder.standing import FinderQuestion, Standing, rank_shelters
from geo_app.finder.states import NEVER, layer_states

SHUT = [{"text": "월 10시~11시", "opening_hours": "Mo 10:00-11:00", "on_holidays": "usual"}]


def test_an_open_door_in_doubt_tells_how_old_its_hours_are(make_snapshot, record, at):
    snapshot = make_snapshot(
        shelters=[
            record(1),
            record(2, provenance={"source": "test", "checked_on": "2026-03-21"}),
            record(3, provenance={"source": "test"}),
            record(4, attributes={"entry": None}),
            record(5),
            record(6, provenance={"source": "test"}, hours=SHUT),
            record(7, attributes={"entry": "registration"}),
        ]
    )
    states = layer_states(snapshot, "shelters", at, {"sh-000005": ReportSummary(2, at)})
    assert {site_id: (state, doubt) for site_id, (state, _, _, doubt) in states.items()} == {
        "sh-000001": ("open", None),
        "sh-000002": ("open", 245),
        "sh-000003": ("open", NEVER),
        "sh-000004": ("open", 1),
        "sh-000005": ("open", 1),
        "sh-000006": ("closed", None),
        "sh-000007": ("open", None),
    }


def test_a_place_that_is_no_shelter_needs_no_rule_of_entry(make_snapshot, record, at):
    office = {**record(1, attributes={"entry": None}), "id": "pf-000001", "layer": "public-facilities", "kind": "other"}
    snapshot = make_snapshot(public_facilities=[office])
    assert layer_states(snapshot, "public-facilities", at, {})["pf-000001"][3] is None


@pytest.mark.parametrize(("hours", "doubt"), [(23, 1), (25, None)])
def test_reports_fade_with_the_time_asked_for(make_snapshot, record, at, hours, doubt):
    snapshot = make_snapshot(shelters=[record(1, provenance={"source": "test", "checked_on": "2026-11-21"})])
    asked = at + timedelta(hours=hours)
    assert layer_states(snapshot, "shelters", asked, {"sh-000001": ReportSummary(2, at)})["sh-000001"][3] == doubt


def test_the_day_is_seouls_in_every_zone(make_snapshot, record):
    snapshot = make_snapshot(shelters=[record(1, provenance={"source": "test", "checked_on": "2026-05-25"})])
    # 180 days later by the clock of Greenwich, 181 in Seoul.
    asked = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    assert layer_states(snapshot, "shelters", asked, {})["sh-000001"][3] == 181


def test_the_map_doubts_what_the_finder_doubts(demo):
    at = datetime(2027, 4, 20, 14, 0, tzinfo=SEOUL)
    # Beside each door, so that she is there at once.
    doubted = {}
    for position, site_id in enumerate(demo.layers["shelters"].ids):
        geometry = demo.layers["shelters"].feature(position)["geometry"]
        if geometry is not None:
            answer = rank_shelters(demo, FinderQuestion(*geometry["coordinates"], at, is_registered=True, stay_min=0), {})
            doubted.update(
                {item.id: item.standing is Standing.DOUBTFUL for item in answer.near if item.distance_m < 1 and item.id == site_id}
            )
    states = layer_states(demo, "shelters", at, {})
    assert {site_id: states[site_id][3] is not None for site_id in doubted} == doubted
    assert set(doubted.values()) == {True, False}
