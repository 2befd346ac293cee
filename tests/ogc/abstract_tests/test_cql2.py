"""CQL2 (21-065r2) in text as the doors read it: each expression beside what plain Python finds in the layer's own file."""

import json
import unicodedata

import pytest
import shapely
from ogc.asking import Door
from ogc.witnesses import WITNESSES
from shapely.geometry import shape

CLASSES = tuple(
    f"http://www.opengis.net/spec/cql2/1.0/conf/{name}"
    for name in (
        "cql2-text", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison", "basic-spatial-functions",
        "basic-spatial-functions-plus", "spatial-functions", "temporal-functions", "array-functions", "property-property", "arithmetic",
    )
)  # fmt: skip


@pytest.mark.parametrize("text", WITNESSES)
def test_conf_cql2_text(door: Door, text):
    expected = [item["id"] for item in door.layer("shelters") if WITNESSES[text](item)]
    assert door.items("shelters", filter=text, limit=1000).ids() == expected


@pytest.mark.parametrize("text", [text for text in WITNESSES if text.startswith(("S_", "NOT S_"))])
@pytest.mark.parametrize("collection", ["industrial-complexes", "dongs", "legal-dongs"])
def test_conf_spatial_functions_of_areas(door: Door, collection, text):
    expected = [item["id"] for item in door.layer(collection) if WITNESSES[text](item)]
    assert door.items(collection, filter=text, limit=1000).ids() == expected


def test_the_witnesses_find_some_and_leave_some(door: Door):
    """A filter that finds nothing, or all, would prove little."""
    layers = {name: door.layer(name) for name in ("shelters", "industrial-complexes", "dongs", "legal-dongs")}
    telling = 0
    for test in WITNESSES.values():
        counts = [(sum(map(bool, map(test, layer))), len(layer)) for layer in layers.values()]
        telling += any(0 < found < whole for found, whole in counts)
    assert telling >= 0.8 * len(WITNESSES)


def test_conf_spatial_functions_with_a_feature_of_our_own(door: Door):
    """Equal, touching and covered: the outline of one dong asked of all."""
    layer = door.layer("dongs")
    outline = shape(layer[4]["geometry"])
    for function, test in (
        ("s_equals", shapely.equals),
        ("s_touches", shapely.touches),
        ("s_within", shapely.within),
        ("s_intersects", shapely.intersects),
    ):
        document = {"op": function, "args": [{"property": "geometry"}, json.loads(shapely.to_geojson(outline))]}
        found = door.get("/collections/dongs/items", limit=100, filter=json.dumps(document), **{"filter-lang": "cql2-json"})
        if found.status == 400:
            # An outline may be longer than a filter may be; then it must be the length that is refused.
            assert len(json.dumps(document)) > 4_000
            continue
        assert found.ids() == [item["id"] for item in layer if test(shape(item["geometry"]), outline)]


@pytest.mark.parametrize(
    "text", ["KIND = 'cafe'", "kind = 'cafe' and seats > 6", "kind in ('cafe')", "Casei(kind) = casei('CAFE')", "not kind = 'cafe'"]
)
def test_keywords_are_written_in_either_case_but_names_are_not(door: Door, text):
    """Keywords and functions are case-insensitive (7.3); what a property is called is as the schema says."""
    assert door.get("/collections/shelters/items", filter=text).status == (400 if text.startswith("KIND") else 200)


def test_a_quote_in_a_text_is_written_twice(door: Door):
    assert door.items("shelters", filter="name = 'O''Brien'").ids() == []
    assert door.get("/collections/shelters/items", filter="name = 'O'Brien'").status == 400


def test_hangul_that_was_typed_in_parts_finds_its_letter(door: Door):
    """A Mac sends decomposed Hangul."""
    name = door.layer("dongs")[2]["properties"]["name"]
    parts = unicodedata.normalize("NFD", name)
    assert parts != name
    assert door.items("dongs", filter=f"name = '{parts}'").ids() == door.items("dongs", filter=f"name = '{name}'").ids() != []
