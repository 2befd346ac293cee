"""The collections of a snapshot: all layers and analyses, quick to list, kept as long as the snapshot, the same for the same snapshot."""

import gc
import threading
import weakref
from datetime import date, datetime, timedelta

import numpy as np
import pytest
import shapely
from shapely.geometry import box, shape

from geo_app.domain.calendar import SEOUL
from geo_app.domain.layers import LAYERS
from geo_app.exports.coverage_query import question_parameters
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.gaps import find_gaps
from geo_app.planning.week import ask_week
from geo_app.planning.world import get_world
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.ogc import made_collections
from geo_app.web.ogc.collection import KeptTable
from geo_app.web.ogc.collections import UnknownCollection, get_collection, list_collections
from geo_app.web.ogc.indicator_items import stated_days
from geo_app.web.ogc.made_collections import default_question
from geo_app.wording.catalogue import get_words
from geo_app.wording.ogc_terms import DESCRIPTION_WORDS, MADE_FIELD_WORDS, MADE_TITLE_WORDS


@pytest.fixture(scope="module")
def snapshot(demo_workspace):
    return demo_workspace.keeper.current


@pytest.fixture(scope="module")
def cells(snapshot):
    table = get_collection(snapshot, "coverage-cells").table()
    return [table.feature(position) for position in range(len(table))]


@pytest.fixture(scope="module")
def gaps(snapshot):
    table = get_collection(snapshot, "coverage-gaps").table()
    return [table.feature(position) for position in range(len(table))]


def copy_of(snapshot: Snapshot) -> Snapshot:
    return Snapshot(snapshot.number, snapshot.made_at, snapshot.layers, snapshot.documents, snapshot.street_pack)


def test_every_layer_and_analysis_is_offered_in_a_stated_order(snapshot):
    assert [item.id for item in list_collections(snapshot)] == [*LAYERS, "coverage-cells", "coverage-gaps", "indicators"]


def test_an_unknown_collection_is_refused_with_those_that_are_known(snapshot):
    with pytest.raises(UnknownCollection) as caught:
        get_collection(snapshot, "nowhere")
    assert caught.value.values["collection"] == "nowhere"
    assert "coverage-gaps" in caught.value.values["known"]


def test_listing_works_nothing_out(snapshot, monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(made_collections, "get_world", refuse)
    assert len(list_collections(copy_of(snapshot))) == len(LAYERS) + 3


def test_a_table_is_made_once_a_snapshot(snapshot):
    fresh = copy_of(snapshot)
    table = get_collection(fresh, "indicators").table()
    assert get_collection(fresh, "indicators").table() is table
    assert get_collection(copy_of(snapshot), "indicators").table() is not table


def test_collections_go_with_their_snapshot(snapshot):
    fresh = copy_of(snapshot)
    get_collection(fresh, "coverage-gaps").table()
    held = weakref.ref(fresh)
    del fresh
    gc.collect()
    assert held() is None


def test_many_who_ask_at_once_get_one_table():
    made, start = [], threading.Barrier(8)

    def make():
        made.append(object())
        return made[-1]

    kept, got = KeptTable(make), []

    def ask():
        start.wait()
        got.append(kept())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert got == made * 8


def test_a_table_that_could_not_be_made_is_tried_again():
    answers = iter([ValueError("once"), "table"])

    def make():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    kept = KeptTable(make)
    with pytest.raises(ValueError, match="once"):
        kept()
    assert kept() == "table"


def test_the_question_rests_on_the_snapshot_alone(snapshot):
    late = Snapshot(1, datetime(2026, 3, 1, 23, 59, tzinfo=SEOUL), {}, {})
    assert default_question(late).at == datetime(2026, 2, 23, tzinfo=SEOUL)
    assert default_question(Snapshot(1, datetime(2026, 3, 2, tzinfo=SEOUL), {}, {})).at == datetime(2026, 3, 2, tzinfo=SEOUL)
    question = default_question(snapshot)
    assert (question.mode, question.demand, question.layer, question.minutes, question.day) == (
        "walk",
        "residents",
        "shelters",
        10.0,
        "ordinary",
    )
    assert get_collection(snapshot, "coverage-cells").parameters == question_parameters(question)


def test_a_snapshot_without_layers_has_empty_analyses():
    bare = Snapshot(1, datetime(2026, 3, 1, tzinfo=SEOUL), {}, {})
    assert [(item.id, len(item.table()), item.extent_lonlat) for item in list_collections(bare) if item.id == "indicators"] == [
        ("indicators", 0, None)
    ]


def test_extents_hold_every_geometry(snapshot):
    for item in list_collections(snapshot):
        table = item.table()
        geometries = [table.geometry(position) for position in range(len(table))] if item.has_geometry else []
        drawn = [geometry for geometry in geometries if geometry is not None]
        assert bool(drawn) == (item.extent_lonlat is not None), item.id
        assert all(box(*item.extent_lonlat).covers(geometry) for geometry in drawn)


def test_tags_differ_between_snapshots_and_agree_for_untouched_layers(snapshot):
    later = Snapshot(snapshot.number + 1, snapshot.made_at + timedelta(days=1), snapshot.layers, snapshot.documents)
    for one, other in zip(list_collections(snapshot), list_collections(later), strict=True):
        assert (one.cache_tag == other.cache_tag) == (one.layer is not None), one.id


def test_a_collection_says_its_title_and_meaning_in_words(snapshot):
    korean = get_words("ko")
    for item in list_collections(snapshot):
        assert item.title_in(korean) != item.title
        assert "{" not in item.description_in(korean)
        assert item.description_in(korean) != item.description_in(get_words("en"))
    assert [
        msgid
        for table in (MADE_TITLE_WORDS, DESCRIPTION_WORDS, MADE_FIELD_WORDS)
        for msgid in table.values()
        if msgid not in korean.messages
    ] == []


def test_every_property_of_an_analysis_is_in_its_schema(snapshot):
    for name in ("coverage-cells", "coverage-gaps", "indicators"):
        table = get_collection(snapshot, name).table()
        fields = {field.name: field for field in table.schema}
        assert all(field.title for field in table.schema if field.kind != "geometry")
        for position in range(len(table)):
            assert set(table.feature(position)["properties"]) <= set(fields)


def test_cells_hold_what_the_week_says(snapshot, cells):
    """Second witness: the week of the planner, summed by its own way."""
    question = default_question(snapshot)
    week = ask_week(get_world(snapshot), question)
    properties = [item["properties"] for item in cells]
    residents = np.array([item["residents"] for item in properties])
    served, nominal = (np.array([item[name] for item in properties]) for name in ("hours_served", "hours_nominal"))
    assert residents.sum() * 168 == pytest.approx(week.demand.sum(), rel=1e-6)
    assert (residents * served).sum() == pytest.approx((week.demand - week.uncovered).sum(), rel=1e-4)
    assert sum(item["people_hours"] for item in properties) == pytest.approx(week.uncovered.sum(), rel=1e-6)
    assert (served <= nominal).all()
    assert 0 < (served > 0).sum() < len(cells)


def test_cells_are_those_of_the_planner(snapshot, cells):
    answer, grid = ask_coverage(get_world(snapshot), default_question(snapshot)), get_world(snapshot).cells
    assert [item["id"] for item in cells] == list(grid.codes) == [item["properties"]["code"] for item in cells]
    nearest = np.array([item["properties"]["travel_min"] or np.inf for item in cells])
    # Nobody is nearer to an open door than to any door.
    assert (nearest <= answer.cell_travel_min + 0.01).all()
    assert all(shape(item["geometry"]).is_valid for item in cells[::50])


def test_gaps_are_all_those_of_the_week_by_rank(snapshot, gaps):
    expected = find_gaps(get_world(snapshot), default_question(snapshot), most=10_000)
    assert [item["properties"]["rank"] for item in gaps] == list(range(1, expected.total + 1))
    assert [item["id"] for item in gaps] == sorted(item["id"] for item in gaps)
    assert sum(item["properties"]["people_hours"] for item in gaps) == pytest.approx(
        sum(gap.people_hours for gap in expected.gaps), rel=1e-6
    )
    for item, gap in zip(gaps, expected.gaps, strict=True):
        assert item["properties"]["cause"] == gap.cause
        assert item["properties"]["hours"] == list(gap.hours)
        assert item["properties"]["hour_count"] == len(gap.hours)
        assert shape(item["geometry"]).area == pytest.approx(gap.geometry.area, rel=1e-3)
        for polygon in getattr(shape(item["geometry"]), "geoms", [shape(item["geometry"])]):
            assert shapely.is_ccw(polygon.exterior)


def test_indicators_are_all_those_of_the_document(snapshot):
    table = get_collection(snapshot, "indicators").table()
    stored = {item["id"]: item for item in snapshot.document("indicators")}
    assert list(table.ids) == sorted(stored)
    for position, name in enumerate(table.ids):
        told = table.feature(position)["properties"]
        expected = {key: value for key, value in stored[name].items() if key != "id"}
        assert {key: told.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-06-19", date(2024, 6, 19), date(2024, 6, 19)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-13", None, None), ("2024-02-30", None, None), ("last year", None, None), ("", None, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_stated_date_covers_its_days(text, first, last):
    assert stated_days(text) == (first, last)
