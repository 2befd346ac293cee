"""Which places count, and that planner and finder judge them alike."""

from datetime import date, timedelta

import pytest
from planning.small_world import lonlat, shelter, small_snapshot

from geo_app.finder import judging, lineup
from geo_app.planning import plan_site
from geo_app.planning.plan_site import list_plan_sites

TODAY = date(2026, 11, 21)


def test_exact_places_count_and_the_others_are_reported_by_reason(tmp_path):
    records = [
        shelter(1), shelter(2, status="sample"), shelter(3, precision="dong"), shelter(4, precision="none"), shelter(5, status="closed"),
        shelter(6, status="planned"), shelter(7, precision="street"), shelter(8, precision="complex"),
    ]  # fmt: skip
    listed = list_plan_sites(small_snapshot(tmp_path, records), "shelters", TODAY)
    assert [(site.id, site.is_sample) for site in listed.counted] == [("sh-000001", False), ("sh-000002", True), ("sh-000007", False)]
    assert dict(listed.left_out) == {"rough": 2, "unplaced": 1, "closed": 1, "planned": 1}


def test_a_place_in_no_dong_is_a_neighbour(tmp_path):
    outside = {"type": "Point", "coordinates": list(lonlat(-300, 100))}
    listed = list_plan_sites(small_snapshot(tmp_path, [shelter(1), shelter(2, geometry=outside)]), "shelters", TODAY)
    assert [site.is_neighbour for site in listed.counted] == [False, True]


def test_a_place_of_which_no_hours_are_known_has_no_schedule(tmp_path):
    (site,) = list_plan_sites(small_snapshot(tmp_path, [shelter(1, statements=[])]), "shelters", TODAY).counted
    assert site.schedule is None


@pytest.mark.parametrize("days", [0, 179, 180, 181, 400])
def test_hours_grow_old_on_the_day_they_do_in_the_finder(days):
    checked_on = TODAY - timedelta(days=days)
    assert plan_site.is_stale(checked_on, TODAY) == judging.is_stale(checked_on, TODAY) == (days > 180)
    assert plan_site.is_stale(None, TODAY)


@pytest.mark.parametrize("said", [{}, {"checked_on": "2026-01-02"}, {"checked_on": "2026-01-02", "hours": [{"as_of": "2026-03-04"}, {}]}])
def test_the_newest_day_is_that_of_the_finder(said):
    assert plan_site.newest_day(said) == lineup.newest_day(said)


@pytest.mark.parametrize("entry", ["open-door", "ask-staff", "purchase-expected", "registration", "card"])
def test_who_may_enter_is_what_the_finder_says(entry):
    assert (entry in plan_site.REGISTERED_ONLY) != judging.is_enterable(entry, is_registered=False)
    assert judging.is_enterable(entry, is_registered=True)
