"""Places after changes: in their order, opened ones last, and a change of a place that is not there told by its number."""

from datetime import date

import pytest

from geo_app.domain.site import Closure, DatedHours, HoursStatement
from geo_app.planning.plan_site import PlanSite
from geo_app.planning.scenario import MOST_OUTSIDE_KM, EditOutside, UnknownEditedSite, apply_edits, check_places, parse_edits
from geo_app.snapshot.opening import Schedule

CLOSURE = Closure(date(2026, 11, 24), date(2026, 11, 24))
DATED = DatedHours(date(2026, 11, 25), date(2026, 11, 25), "10:00-12:00")
SITES = tuple(
    PlanSite(
        id=f"sh-00000{number}",
        name=f"예시 {number}",
        lon=126.8 + number / 100,
        lat=35.1,
        schedule=Schedule((HoursStatement("", "Mo-Fr 09:00-18:00"),), (CLOSURE,), (DATED,)),
        entry="registration",
        is_stale=True,
    )
    for number in (1, 2, 3)
)


def after(text):
    return apply_edits(SITES, parse_edits(text))


def test_no_change_changes_nothing():
    assert apply_edits(SITES, ()) == SITES
    assert apply_edits((), ()) == ()


def test_an_opened_place_is_open_to_everybody_at_its_hours_on_holidays_too():
    *others, opened = after("open:126.9,35.2,Mo-Su 18:00-04:00,새 쉼터")
    assert tuple(others) == SITES
    assert (opened.id, opened.name, opened.lon, opened.lat, opened.entry) == ("new-1", "새 쉼터", 126.9, 35.2, "open-door")
    assert (opened.is_stale, opened.is_sample, opened.is_neighbour) == (False, False, False)
    (statement,) = opened.schedule.statements
    assert (statement.opening_hours, statement.on_holidays) == ("Mo-Su 18:00-04:00", "usual")


def test_what_hours_say_of_holidays_holds():
    assert after("open:126.9,35.2,24/7|closed")[-1].schedule.statements[0].on_holidays == "closed"


def test_opened_places_are_numbered_and_may_be_named_by_later_changes():
    opened = after("open:126.9,35.2,24/7;open:126.8,35.1,24/7;close:new-1;move:new-2,126.7,35.1")[len(SITES) :]
    assert [(site.id, site.name, site.lon) for site in opened] == [("new-2", "new-2", 126.7)]


def test_a_closed_place_is_gone_and_the_others_keep_their_order():
    assert after("close:sh-000002") == (SITES[0], SITES[2])


def test_a_moved_place_is_the_same_place_elsewhere():
    moved = after("move:sh-000002,126.5,35.3")[1]
    assert (moved.lon, moved.lat) == (126.5, 35.3)
    assert (moved.id, moved.schedule, moved.entry, moved.is_stale) == (SITES[1].id, SITES[1].schedule, "registration", True)


def test_new_hours_replace_the_old_and_their_exceptions_but_a_closure_stays():
    changed = after("hours:sh-000001,24/7")[0]
    assert [item.opening_hours for item in changed.schedule.statements] == ["24/7"]
    assert (changed.schedule.closures, changed.schedule.dated_hours) == ((CLOSURE,), ())
    assert not changed.is_stale
    assert changed.entry == "registration"


def test_a_place_of_which_nothing_was_said_can_be_given_hours():
    unknown = PlanSite("sh-000009", "예시", 126.8, 35.1, None)
    (changed,) = apply_edits((unknown,), parse_edits("hours:sh-000009,24/7"))
    assert changed.schedule.closures == ()


@pytest.mark.parametrize("text", ["close:sh-000009", "close:sh-000001;move:sh-000001,126.8,35.1", "close:new-1;open:126.8,35.1,24/7"])
def test_a_change_of_a_place_that_is_not_there_is_told_by_its_number(text):
    with pytest.raises(UnknownEditedSite) as caught:
        after(text)
    assert caught.value.values["number"] == (2 if text.startswith("close:sh-000001") else 1)


BOUNDS = (126.64, 35.07, 126.86, 35.26)


@pytest.mark.parametrize(
    "text", ["open:0,0,24/7", "open:180,90,24/7", "move:sh-000001,0,0", "open:127.2,35.15,24/7", "open:126.8,35.46,24/7"]
)
def test_a_place_far_from_the_district_is_refused_by_its_number(text):
    with pytest.raises(EditOutside) as caught:
        check_places(parse_edits("close:sh-000002;" + text), BOUNDS)
    assert (caught.value.values["number"], caught.value.values["limit_km"]) == (2, MOST_OUTSIDE_KM)


def test_a_place_twenty_kilometres_beyond_the_bounds_still_counts():
    check_places(parse_edits("open:127.07,35.15,24/7;open:126.8,35.43,24/7;close:sh-000001;hours:sh-000002,24/7"), BOUNDS)
