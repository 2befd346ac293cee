"""Structures have the shape that pages read, and make no link but of http."""

import json
from pathlib import Path

import pytest

from geo_app.domain.layers import LAYERS, FieldKind
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.district_files import load_drafts
from geo_app.ingest.structures import check_structure

DATA = Path(__file__).parents[2] / "data" / "gwangsan"


def test_every_structure_of_the_district_passes():
    checked = 0
    for draft in load_drafts(DATA):
        for name, value in draft.attributes.items():
            if LAYERS[draft.layer].find_field(name).kind is FieldKind.JSON:
                assert check_structure(name, json.loads(json.dumps(value))) == value
                checked += 1
    assert checked > 200


def test_every_field_of_a_structure_has_a_shape():
    names = {field.name for layer in LAYERS.values() for field in layer.fields if field.kind is FieldKind.JSON}
    for name in names:
        assert check_structure(name, {} if name in ("population", "establishments") else []) in ({}, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("population", {"2025": "many"}),
        ("population", {"2025": {"total": "5"}}),
        ("population", {"2025": {}}),
        ("population", []),
        ("establishments", {"2020": None}),
        ("projects", [{"name": "n", "source_url": "javascript:alert(1)"}]),
        ("projects", [{"name": {"a": 1}}]),
        ("projects", {"name": "n"}),
        ("figures", [{"as_of": "2018"}]),
        ("legal_dongs", "장덕동"),
        ("codes", [1]),
        ("anything", []),
    ],
)
def test_another_shape_is_refused(name, value):
    with pytest.raises(BadCell):
        check_structure(name, value)
