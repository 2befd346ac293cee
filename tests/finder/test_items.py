"""Items of a table: windows, times, property filters, order and pages as brute force has them."""

import gc
import timeit
import unicodedata
import weakref
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.errors import BadArgument, BadCoordinates
from geo_app.domain.layers import LAYERS
from geo_app.finder.cql import parse_filter_text
from geo_app.finder.items import (
    ItemField,
    ItemsQuestion,
    find_items,
    layer_schema,
    table_of_features,
    table_of_layer,
)

SCHEMA = (
    ItemField("geometry", "geometry"), ItemField("name", "string"), ItemField("seats", "integer"), ItemField("consent", "boolean"),
    ItemField("as_of", "date"), ItemField("checked_on", "date"), ItemField("seen_at", "datetime"), ItemField("amenities", "array"),
    ItemField("hours", "object"),
)  # fmt: skip


def place(number, lonlat=None, **properties):
    geometry = None if lonlat is None else {"type": "Point", "coordinates": list(lonlat)}
    return {"type": "Feature", "id": f"x-{number:03d}", "geometry": geometry, "properties": properties}


def table(*features, **keywords):
    return table_of_features("made", features, SCHEMA, **keywords)


def found(asked, **question):
    page = find_items(asked, ItemsQuestion(**{"limit": 10_000, **question}))
    assert page.matched_count == len(page.positions)
    return list(page.positions)


LONS = st.sampled_from([-180.0, -179.5, -10.0, 0.0, 126.7, 126.75, 126.8, 179.5, 180.0])
LATS = st.sampled_from([-90.0, 0.0, 35.1, 35.15, 35.2, 89.0])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.none() | st.tuples(LONS, LATS), max_size=25), LONS, LATS, LONS, LATS)
def test_a_window_holds_what_brute_force_finds_in_it_and_all_without_a_place(places, west, south, east, north):
    south, north = min(south, north), max(south, north)

    def is_in(lon, lat):
        return south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)

    expected = [number for number, lonlat in enumerate(places) if lonlat is None or is_in(*lonlat)]
    asked = table(*(place(number, lonlat) for number, lonlat in enumerate(places)))
    assert found(asked, window_lonlat=(west, south, east, north)) == expected
    assert asked.positions_in_window((west, south, east, north)).tolist() == [one for one in expected if places[one] is not None]


@pytest.mark.parametrize("size", [0.004, 0.05, 0.4])
def test_a_narrow_and_a_wide_window_over_many_places_hold_what_brute_force_finds(size):
    lonlat = np.random.default_rng(7).uniform((126.6, 35.0), (127.0, 35.4), (4_000, 2))
    asked = table(*(place(number, pair) for number, pair in enumerate(lonlat.tolist())))
    west, south = 126.7, 35.1
    inside = ((lonlat >= (west, south)) & (lonlat <= (west + size, south + size))).all(axis=1)
    assert found(asked, window_lonlat=(west, south, west + size, south + size)) == np.flatnonzero(inside).tolist()


def test_an_area_across_the_dateline_is_counted_once():
    ring = [[179, 0], [180, 0], [180, 1], [179, 1], [179, 0]]
    other = [[-180, 0], [-179, 0], [-179, 1], [-180, 1], [-180, 0]]
    feature = {"id": "a", "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [other]]}, "properties": {}}
    assert found(table(feature), window_lonlat=(179.5, 0, -179.5, 1)) == [0]


def test_a_window_turned_over_or_off_the_globe_is_refused():
    for window, fault in (((126, 36, 127, 35), BadArgument), ((126, 35, 190, 36), BadCoordinates)):
        with pytest.raises(fault):
            find_items(table(place(1)), ItemsQuestion(window_lonlat=window))


def test_a_collection_without_places_is_in_every_window():
    asked = table_of_features("indicators", [place(1), place(2)], (ItemField("name", "string"),))
    assert asked.index is None
    assert asked.geometry(0) is None
    assert found(asked, window_lonlat=(0, 0, 1, 1)) == [0, 1]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 6))] * 2), max_size=12), st.data())
def test_an_interval_holds_the_days_within_it_and_all_without_a_day(days, data):
    ends = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 6))
    first, last = data.draw(ends), data.draw(ends)
    asked = table(
        *(
            place(number, checked_on=checked and checked.isoformat(), as_of=told and told.isoformat())
            for number, (checked, told) in enumerate(days)
        ),
        time_fields=("checked_on", "as_of"),
    )
    times = [checked or told for checked, told in days]
    expected = [
        number for number, day in enumerate(times) if day is None or ((first is None or day >= first) and (last is None or day <= last))
    ]
    assert found(asked, interval=(first, last)) == expected


def test_a_time_is_in_the_day_that_it_is_in_seoul():
    asked = table(place(1, as_of="2026-01-01"), place(2, as_of="2026-01-02"), time_fields=("as_of",))
    at = datetime(2026, 1, 1, 15, 30, tzinfo=UTC)  # 00:30 on the second in Seoul
    assert found(asked, interval=(at, at)) == [1]
    assert found(asked, interval=(None, at)) == [0, 1]


def test_a_time_of_day_is_met_by_itself_and_by_its_day():
    asked = table(place(1, seen_at="2026-01-01T23:30:00+09:00"), time_fields=("seen_at",))
    at = datetime(2026, 1, 1, 14, 30, tzinfo=UTC)
    assert found(asked, interval=(at, at)) == [0]
    assert found(asked, interval=(date(2026, 1, 1), date(2026, 1, 1))) == [0]
    assert found(asked, interval=(date(2026, 1, 2), None)) == []


def test_a_collection_without_times_is_in_every_interval():
    assert found(table(place(1, as_of="2026-01-01")), interval=(date(2030, 1, 1), None)) == [0]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("name", unicodedata.normalize("NFD", "카페"), [0]), ("name", "", []), ("seats", "4", [0, 2]), ("seats", "4.0", [0, 2]),
        ("consent", "true", [0]), ("consent", "false", [1]), ("as_of", "2026-01-01", [1]), ("amenities", "water", [0, 2]),
        ("seen_at", "2026-01-01T00:00:00Z", [2]), ("seen_at", "2026-01-01", [1]), ("id", "x-001", [1]),
    ],
)  # fmt: skip
def test_a_property_filter_is_read_as_its_property_is(name, text, expected):
    asked = table(
        place(0, name="카페", seats=4, consent=True, amenities=["toilet", "water"]),
        place(1, name="카페 둘", consent=False, as_of="2026-01-01", seen_at="2025-12-31T15:00:00Z"),
        place(2, seats=4, amenities=["water"], seen_at="2026-01-01T09:00:00+09:00"),
    )
    assert found(asked, equals={name: text}) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [("seats", "four"), ("seats", "nan"), ("seats", "1_0"), ("seats", "１"), ("consent", "yes"), ("as_of", "gestern"), ("hours", "x"),
     ("as_of", "2026-01-01T00:00:00Z"), ("geometry", "x"), ("nobody", "x")],
)  # fmt: skip
def test_a_property_filter_that_cannot_be_is_refused(name, text):
    with pytest.raises(BadArgument):
        find_items(table(place(1)), ItemsQuestion(equals={name: text}))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.none() | st.sampled_from(["나", "가", "b"]), st.none() | st.integers(0, 3), st.none() | st.booleans()), max_size=12
    ),
    st.lists(
        st.tuples(st.sampled_from(["name", "seats", "consent", "id"]), st.booleans()), min_size=1, max_size=3, unique_by=lambda key: key[0]
    ),
)
def test_items_are_sorted_as_by_hand_with_what_is_absent_last(rows, sort):
    features = [place(number, name=name, seats=seats, consent=consent) for number, (name, seats, consent) in enumerate(rows)]

    def told(number, name):
        return features[number]["id"] if name == "id" else features[number]["properties"][name]

    expected = list(range(len(features)))
    for name, is_descending in reversed(sort):
        there = [number for number in expected if told(number, name) is not None]
        there.sort(key=lambda number, name=name: told(number, name), reverse=False)
        if is_descending:
            there = [one for value in sorted({told(n, name) for n in there}, reverse=True) for one in there if told(one, name) == value]
        expected = there + [number for number in expected if told(number, name) is None]
    assert found(table(*features), sort=tuple(sort)) == expected


def test_what_has_no_order_cannot_be_sorted_by():
    for name in ("amenities", "geometry", "hours", "nobody"):
        with pytest.raises(BadArgument):
            find_items(table(place(1)), ItemsQuestion(sort=((name, False),)))


def test_pages_follow_each_other_without_a_gap_and_every_page_knows_the_whole():
    asked = table(*(place(number, (126.7, 35.1), seats=number % 3) for number in range(25)))
    for question in ({}, {"window_lonlat": (126, 35, 127, 36)}, {"sort": (("seats", True),)}, {"equals": {"seats": "1"}}):
        whole = found(asked, **question)
        pages = [find_items(asked, ItemsQuestion(limit=10, offset=offset, **question)) for offset in (0, 10, 20, 30)]
        assert [one for page in pages for one in page.positions] == whole
        assert {page.matched_count for page in pages} == {len(whole)}


def test_all_conditions_must_hold_at_once():
    asked = table(
        place(0, (126.7, 35.1), seats=4, as_of="2026-01-01"), place(1, (126.7, 35.1), seats=4, as_of="2025-01-01"),
        place(2, (129.0, 35.1), seats=4, as_of="2026-01-01"), place(3, (126.7, 35.1), seats=5, as_of="2026-01-01"),
        place(4, (126.7, 35.1), seats=4, as_of="2026-01-01", name="nicht"), time_fields=("as_of",),
    )  # fmt: skip
    assert found(
        asked,
        window_lonlat=(126, 35, 127, 36), equals={"seats": "4"}, interval=(date(2026, 1, 1), None),
        filter=parse_filter_text("name IS NULL", SCHEMA),
    ) == [0]  # fmt: skip


def test_an_item_is_what_was_put_in():
    feature = place(1, (126.7, 35.1), name="카페")
    asked = table(place(0), feature)
    assert asked.feature(asked.position_of("x-001")) == feature
    assert asked.feature_bytes(1).endswith(b'},"type":"Feature"}')
    assert asked.geometry(1).coords[0] == (126.7, 35.1)
    assert asked.position_of("x-002") is None
    assert (len(asked), asked.geometry(0)) == (2, None)


def test_a_value_of_another_kind_counts_as_absent():
    asked = table(place(0, seats="4", consent=1, as_of="gestern", amenities="toilet", name=5), place(1, seats=True, consent="true"))
    for name in ("seats", "consent", "as_of", "amenities", "name"):
        assert found(asked, filter=parse_filter_text(f"{name} IS NULL", SCHEMA)) == [0, 1]


def test_every_layer_of_the_demo_answers_through_its_own_schema(demo):
    for name in LAYERS:
        layer = demo.layers[name]
        asked = table_of_layer(layer)
        assert found(asked) == list(range(len(layer)))
        published = {key for position in range(len(layer)) for key in layer.feature(position)["properties"]}
        assert published <= {field.name for field in layer_schema(name)}, name
        known = {field.name: int(asked.column(field.name).known.sum()) for field in asked.schema}
        told = [layer.feature(position)["properties"] for position in range(len(layer))]
        assert all(known[key] == sum(key in properties for properties in told) for key in published), name
        assert known["geometry"] == len(layer.pins)
        assert asked.geometry(int(layer.pins[0])).equals(asked.column("geometry").values[layer.pins[0]])


def test_choices_of_the_demo_are_those_that_the_schema_names(demo):
    for name in LAYERS:
        asked = table_of_layer(demo.layers[name])
        for field in (field for field in asked.schema if field.choices):
            words = asked.column(field.name).words
            assert set().union(*words) <= set(field.choices) if field.kind == "array" else set(words) <= set(field.choices), (name, field)


def test_a_table_does_not_keep_its_layer_alive(make_snapshot, record):
    layer = make_snapshot(shelters=[record(1)]).layers["shelters"]
    assert table_of_layer(layer).column("name") is table_of_layer(layer).column("name")
    gone = weakref.ref(layer)
    del layer
    gc.collect()
    assert gone() is None


def test_a_window_of_few_among_many_costs_no_work_for_the_others():
    few, many = (
        table(
            *(
                place(number, pair)
                for number, pair in enumerate(np.random.default_rng(7).uniform((126.6, 35.0), (127.0, 35.4), (n, 2)).tolist())
            )
        )
        for n in (300, 30_000)
    )
    question = ItemsQuestion(window_lonlat=(126.7, 35.1, 126.701, 35.101), limit=10)
    seconds = [min(timeit.repeat(lambda asked=asked: find_items(asked, question), number=20, repeat=9)) for asked in (few, many)]
    # A hundred times as many places: brute force would take some 20 times as long.
    assert seconds[1] < 6 * seconds[0]
    assert asked_columns(many) is None


def asked_columns(asked):
    """The columns that have been read of a table, or None."""
    return asked._cabinet._columns
