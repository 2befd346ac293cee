"""CQL2 as JSON: each document finds what its text finds, by the same witnesses."""

import json

import pytest
from ogc.asking import Door
from ogc.witnesses import SQUARE, WITNESSES

CLASSES = ("http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",)
SEATS = {"property": "seats"}
MANY = {"op": ">", "args": [SEATS, 6]}
CAFE = {"op": "=", "args": [{"property": "kind"}, "cafe"]}
PUBLIC = {"op": "=", "args": [{"property": "kind"}, "public"]}
JSON_WITNESSES = [
    (CAFE, "kind = 'cafe'"),
    ({"op": "and", "args": [CAFE, MANY]}, "kind = 'cafe' AND seats > 6"),
    ({"op": "or", "args": [PUBLIC, MANY]}, "kind = 'public' OR seats > 6"),
    ({"op": "not", "args": [CAFE]}, "NOT kind = 'cafe'"),
    ({"op": "isNull", "args": [SEATS]}, "seats IS NULL"),
    ({"op": "like", "args": [{"property": "name"}, "예시%"]}, "name LIKE '예시%'"),
    ({"op": "between", "args": [SEATS, 4, 8]}, "seats BETWEEN 4 AND 8"),
    ({"op": "in", "args": [{"property": "kind"}, ["cafe", "public"]]}, "kind IN ('cafe', 'public')"),
    (
        {"op": "=", "args": [{"op": "casei", "args": [{"property": "kind"}]}, {"op": "casei", "args": ["CAFE"]}]},
        "CASEI(kind) = CASEI('CAFE')",
    ),
    (
        {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [126.76, 35.13, 126.83, 35.20]}]},
        f"S_INTERSECTS(geometry, {SQUARE})",
    ),
    ({"op": "t_after", "args": [{"property": "checked_on"}, {"date": "2026-11-20"}]}, "T_AFTER(checked_on, DATE('2026-11-20'))"),
    (
        {"op": "t_intersects", "args": [{"property": "checked_on"}, {"interval": ["..", "2026-11-20"]}]},
        "T_INTERSECTS(checked_on, INTERVAL('..', '2026-11-20'))",
    ),
    ({"op": "a_contains", "args": [{"property": "amenities"}, ["water", "toilet"]]}, "A_CONTAINS(amenities, ('water', 'toilet'))"),
    ({"op": "<", "args": [{"property": "as_of"}, {"property": "checked_on"}]}, "as_of < checked_on"),
    ({"op": ">", "args": [{"op": "*", "args": [SEATS, 2]}, 10]}, "seats * 2 > 10"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "text"), JSON_WITNESSES, ids=[text for _, text in JSON_WITNESSES])
def test_conf_cql2_json(door: Door, document, text):
    expected = [item["id"] for item in door.layer("shelters") if WITNESSES[text](item)]
    found = door.items("shelters", limit=1000, filter=json.dumps(document, ensure_ascii=False), **{"filter-lang": "cql2-json"})
    assert found.ids() == expected
