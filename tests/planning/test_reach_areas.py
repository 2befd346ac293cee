"""The places behind an answer: as many usable ones as it counts, and ground that is reached in time."""

from datetime import datetime

import pytest
import shapely
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import UnknownSite
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach_areas import list_reach_areas, list_standings
from geo_app.planning.scenario import parse_edits
from geo_app.planning.world import get_world
from geo_app.travel.speeds import Mode, straight_reach_m

GEOD = Geod(ellps="GRS80")


@pytest.fixture
def world(demo_workspace):
    return get_world(demo_workspace.keeper.current)


@pytest.mark.parametrize("clock", [2, 9, 13, 21])
def test_the_places_told_are_those_an_answer_counts(world, clock):
    question = CoverageQuestion(at=datetime(2026, 11, 24, clock, 0, tzinfo=SEOUL))
    counts, standings = ask_coverage(world, question).sites, list_standings(world, question)
    assert len(standings) == counts.counted
    assert sum(item.is_usable for item in standings) == counts.open_now > 0
    assert sum(item.state.value == "unknown" for item in standings) == counts.unknown_hours
    assert all(item.state.value == "open" for item in standings if item.is_usable)
    assert [item.site.id for item in list_reach_areas(world, question)] == [item.site.id for item in standings if item.is_usable]


def test_the_edge_of_an_area_is_just_in_time(world):
    question = CoverageQuestion(at=datetime(2026, 11, 24, 13, 0, tzinfo=SEOUL), mode=Mode.BICYCLE, minutes=6)
    area = list_reach_areas(world, question)[0]
    for lon, lat in shapely.get_coordinates(area.area)[::7]:
        assert GEOD.inv(area.site.lon, area.site.lat, lon, lat)[2] == pytest.approx(straight_reach_m(6, Mode.BICYCLE), rel=1e-3)


def test_a_place_asked_for_by_name_has_its_area_open_or_not(world):
    question = CoverageQuestion(at=datetime(2026, 11, 24, 2, 0, tzinfo=SEOUL))
    closed = next(item for item in list_standings(world, question) if not item.is_usable)
    (area,) = list_reach_areas(world, question, site_id=closed.site.id)
    assert (area.site.id, area.is_usable, area.area.is_empty) == (closed.site.id, False, False)
    edits = parse_edits("open:126.8,35.15,24/7")
    (opened,) = list_reach_areas(world, question, edits, site_id="new-1")
    assert (opened.is_usable, opened.area.contains(shapely.Point(126.8, 35.15))) == (True, True)
    with pytest.raises(UnknownSite):
        list_reach_areas(world, question, site_id="new-1")
