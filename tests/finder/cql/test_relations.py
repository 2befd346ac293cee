"""Each comparison and relation of every two values there are, from either side: none is left to chance."""

from itertools import combinations_with_replacement, product

import pytest
from finder.cql_making import (
    AMENITIES,
    AREAS,
    COMPARISONS,
    DAYS,
    LINES,
    NUMBERS,
    ON_ARRAYS,
    ON_INTERVALS,
    ON_TIMES,
    POINTS,
    SCHEMA,
    SPATIAL,
    TEXTS,
    TIMES,
)
from finder.cql_oracle import truth

from geo_app.finder.cql import parse_filter_json
from geo_app.finder.items import table_of_features

SETS = [list(AMENITIES[:count]) for count in range(4)] + [[AMENITIES[2], AMENITIES[0]], [AMENITIES[1]]]
SHAPES = [
    *({"type": "Point", "coordinates": pair} for pair in POINTS),
    *({"type": "LineString", "coordinates": line} for line in LINES),
    *({"type": "Polygon", "coordinates": [ring]} for ring in AREAS),
    {"type": "Polygon", "coordinates": [[[125, 34], [128, 34], [128, 37], [125, 37], [125, 34]], [*reversed(AREAS[2])]]},
    {"type": "MultiPoint", "coordinates": POINTS[:3]},
    {"type": "MultiLineString", "coordinates": list(LINES[:2])},
    {"type": "MultiPolygon", "coordinates": [[AREAS[2]], [[[127, 35], [127.5, 35], [127.5, 35.5], [127, 35]]]]},
]
LITERALS = [
    *SHAPES,
    {"bbox": [126, 35, 126.5, 35.5]},
    {"type": "GeometryCollection", "geometries": [SHAPES[0], {"type": "Polygon", "coordinates": [AREAS[1]]}]},
]
SPANS = [{"interval": list(ends)} for ends in (*combinations_with_replacement(DAYS, 2), (DAYS[1], ".."), ("..", DAYS[2]), ("..", ".."))]
TIME_SPANS = [{"interval": [f"2026-01-0{first}T00:00:00Z", f"2026-01-0{last}T15:00:00Z"]} for first, last in ((1, 1), (1, 2), (2, 3))]


def features(**values):
    """A feature for each combination of values, each also absent."""
    told = [{name: value for name, value in zip(values, row, strict=True) if value is not None} for row in product(*values.values())]
    listed = [{"geometry": row.pop("geometry", None), "properties": row} for row in told]
    return [{"type": "Feature", "id": f"x-{number:04d}", **feature} for number, feature in enumerate(listed)]


def check(name, operand, literals, places):
    asked = table_of_features("made", places, SCHEMA)
    for literal in literals:
        for arguments in ([operand, literal], [literal, operand]):
            document = {"op": name, "args": arguments}
            said = [truth(document, feature) for feature in places]
            for wanted, one in ((True, document), (False, {"op": "not", "args": [document]}), (None, {"op": "isNull", "args": [document]})):
                expected = [position for position, answer in enumerate(said) if answer is wanted]
                assert parse_filter_json(one, SCHEMA).select(asked).tolist() == expected, one


@pytest.mark.parametrize("name", COMPARISONS)
def test_texts_numbers_days_and_times_compare_as_the_witness_says(name):
    check(name, {"property": "name"}, [*TEXTS, {"property": "kind"}], features(name=[None, *TEXTS], kind=[None, "", "카페", "cafe"]))
    check(name, {"property": "seats"}, [*NUMBERS, {"property": "area_m2"}], features(seats=[None, *range(-3, 4)], area_m2=[None, 0.5, 1.0]))
    instants = [*({"date": day} for day in DAYS), *({"timestamp": time} for time in TIMES), {"property": "seen_at"}]
    check(name, {"property": "as_of"}, instants, features(as_of=[None, *DAYS], seen_at=[None, *TIMES]))


@pytest.mark.parametrize("name", ["=", "<>"])
def test_conditions_compare_as_the_witness_says(name):
    check(
        name,
        {"property": "consent"},
        [True, False, {"op": ">", "args": [{"property": "seats"}, 1]}],
        features(consent=[None, True, False], seats=[None, 0, 2]),
    )


@pytest.mark.parametrize("name", ["and", "or"])
def test_joined_conditions_are_true_false_or_unknown_as_the_table_of_the_standard_says(name):
    check(
        name,
        {"property": "consent"},
        [True, False, {"op": ">", "args": [{"property": "seats"}, 1]}],
        features(consent=[None, True, False], seats=[None, 0, 2]),
    )


@pytest.mark.parametrize("name", SPATIAL)
def test_geometries_relate_as_the_witness_says(name):
    check(name, {"property": "geometry"}, [*LITERALS, {"property": "geometry"}], features(geometry=[None, *SHAPES]))


@pytest.mark.parametrize("name", ON_TIMES)
def test_days_and_times_relate_as_the_witness_says(name):
    instants = [*({"date": day} for day in DAYS), *({"timestamp": time} for time in TIMES), *SPANS, *TIME_SPANS, {"property": "seen_at"}]
    check(name, {"property": "as_of"}, instants, features(as_of=[None, *DAYS], seen_at=[None, *TIMES]))
    check(name, {"property": "seen_at"}, instants, features(seen_at=[None, *TIMES]))


@pytest.mark.parametrize("name", [*ON_INTERVALS, *ON_TIMES])
def test_intervals_relate_as_the_witness_says(name):
    own = {"interval": [{"property": "as_of"}, {"property": "until"}]}
    check(name, own, [*SPANS, *TIME_SPANS], features(as_of=[None, *DAYS], until=[None, *DAYS]))


@pytest.mark.parametrize("name", ON_ARRAYS)
def test_arrays_relate_as_the_witness_says(name):
    check(name, {"property": "amenities"}, [*SETS, {"property": "amenities"}], features(amenities=[None, *SETS]))
