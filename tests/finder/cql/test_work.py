"""What a filter says twice is worked out once, and a filter that is too much work is refused before it is begun."""

import numpy as np
import pytest
import shapely
from finder.cql_making import FEATURES, FILTERS, SCHEMA
from hypothesis import HealthCheck, given, settings

from geo_app.finder.cql import BadFilter, judging, parse_filter_json, parse_filter_text, relations, vectors, work
from geo_app.finder.cql.faults import TooMuchWork
from geo_app.finder.cql.vectors import Rows
from geo_app.finder.items import table_of_features

COUNT = 40


def table(count=COUNT, geometry=None):
    ring = [[126.8, 35.1], [126.9, 35.1], [126.9, 35.2], [126.8, 35.1]]
    shape = {"type": "Polygon", "coordinates": [ring]} if geometry is None else geometry
    return table_of_features(
        "made",
        [{"type": "Feature", "id": f"é-{n:05d}", "geometry": shape, "properties": {"name": f"É-{n:05d}"}} for n in range(count)],
        SCHEMA,
    )


@pytest.fixture
def folded(monkeypatch):
    """The words that were folded, in order."""
    told = []
    for name, fold in list(vectors.FOLDS.items()):
        monkeypatch.setitem(vectors.FOLDS, name, lambda word, fold=fold: told.append(word) or fold(word))
    return told


def nested(folds, inner):
    return "accenti(" * folds + inner + ")" * folds


@pytest.mark.parametrize(
    ("text", "most_folds", "found"),
    [
        (" OR ".join([nested(60, "id") + "='a'"] * 7), 2 * COUNT, 0),
        (" OR ".join(["accenti(id)=id"] * 221), COUNT, 0),
        (" OR ".join(["accenti(casei(id))=accenti(casei(name))"] * 92), 4 * COUNT, COUNT),
    ],
)
def test_a_word_is_folded_once_however_often_a_filter_asks(text, most_folds, found, folded):
    asked, here = parse_filter_text(text, SCHEMA), table()
    folded.clear()
    assert len(asked.select(here)) == found
    assert 0 < len(folded) <= most_folds
    folded.clear()
    assert len(asked.select(here)) == found
    assert folded == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" OR ".join(["s_overlaps(geometry,geometry)"] * 121), 0),
        (" AND ".join(["s_equals(geometry,geometry)"] * 124), COUNT),
    ],
)
def test_a_sound_geometry_beside_itself_is_judged_without_looking(text, found, monkeypatch):
    looked = []
    for name, pair in list(relations.SPATIAL_RELATIONS.items()):
        told = tuple(lambda one, other, relate=relate: looked.append(len(one)) or relate(one, other) for relate in pair)
        monkeypatch.setitem(relations.SPATIAL_RELATIONS, name, told)
    assert len(parse_filter_text(text, SCHEMA).select(table())) == found
    assert sum(looked) == 0


@pytest.mark.parametrize("name", list(relations.SPATIAL_RELATIONS))
def test_what_is_said_of_a_geometry_and_itself_is_what_is_found(name):
    shapes = [
        {"type": "Point", "coordinates": [126, 35]},
        {"type": "MultiPoint", "coordinates": [[126, 35], [127, 35]]},
        {"type": "LineString", "coordinates": [[126, 35], [127, 36], [127, 35], [126, 36]]},
        {"type": "Polygon", "coordinates": [[[126, 35], [127, 36], [127, 35], [126, 35]]]},
    ]
    relate = getattr(shapely, name.removeprefix("s_"))
    for shape in shapes:
        own = shapely.geometry.shape(shape)
        found = parse_filter_text(f"{name}(geometry, geometry)", SCHEMA).select(table(1, shape)).tolist()
        assert found == ([0] if relate(own, own) else []), shape


def test_equal_conditions_are_worked_out_once(monkeypatch):
    told = []
    compare = judging._compare
    monkeypatch.setattr(judging, "_compare", lambda node, rows: told.append(node) or compare(node, rows))
    assert len(parse_filter_text(" OR ".join(["(name='a' AND NOT name='b')"] * 60), SCHEMA).select(table())) == 0
    assert len(told) == 2


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FILTERS, FEATURES)
def test_what_is_remembered_changes_no_answer(document, features):
    class Forgetful(dict):
        def __contains__(self, _key):
            return False

    asked = table_of_features("made", [{**feature, "id": f"id-{number:03d}"} for number, feature in enumerate(features)], SCHEMA)
    predicate = parse_filter_json({"op": "and", "args": [document, document]}, SCHEMA).predicate
    everyone = np.arange(len(features))
    with_memory = judging.judge(predicate, Rows(asked, everyone))
    without = judging.judge(predicate, Rows(asked, everyone, Forgetful(), Forgetful()))
    assert with_memory.is_true.tolist() == without.is_true.tolist()
    assert with_memory.is_false.tolist() == without.is_false.tolist()


def zigzag(corners):
    return ",".join(f"{126 + number % 7 / 5} {35 + number % 11 / 10}" for number in range(corners))


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(f"id<'{number}'" for number in range(250)),
        " OR ".join(f"id LIKE '%{number}'" for number in range(100)),
        " OR ".join(f"s_crosses(geometry,LINESTRING(126 34,128 36.{number}))" for number in range(1, 60)),
        f"s_crosses(geometry,LINESTRING({zigzag(350)}))",
    ],
)
def test_too_much_work_is_refused_before_it_is_begun_and_the_limit_is_named(text, monkeypatch):
    asked, here = parse_filter_text(text, SCHEMA), table(5_000)
    assert asked.select(here, np.arange(3)).size <= 3  # of few items the same may be asked
    monkeypatch.setattr("geo_app.finder.cql.filter.judge", lambda *_: pytest.fail("it was begun"))
    with pytest.raises(TooMuchWork) as fault:
        asked.select(here)
    assert isinstance(fault.value, BadFilter)
    assert fault.value.values["limit"] == work.MAX_STEPS < fault.value.values["steps"]


def test_what_is_said_again_counts_once():
    said = parse_filter_text(" OR ".join(["id LIKE '%1'"] * 150), SCHEMA)
    assert len(said.select(table(5_000))) == 500
