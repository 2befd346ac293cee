"""OGC API – Features Part 1 (17-069r4), Core: pages of features and single features. One check a requirement, named after it."""

import urllib.parse
from itertools import pairwise

import pytest
from ogc.asking import DATE_TIME, GEOJSON, HTML, PROBLEM, Door

WINDOW = (126.76, 35.13, 126.83, 35.20)


def test_req_core_fc_op(door: Door, ids):
    assert [door.get(f"/collections/{name}/items").status for name in ids] == [200] * len(ids)


def test_req_core_fc_links(door: Door):
    answer = door.items("shelters", limit=3, kind="cafe")
    assert answer.link("self")["type"] == GEOJSON
    assert answer.link("alternate")["type"] == HTML
    assert door.fetch(answer.link("self")["href"]).ids() == answer.ids()
    assert door.fetch(answer.link("alternate")["href"]).media == HTML


def test_rec_core_fc_next_leads_through_every_feature_once(door: Door):
    answer, pages = door.items("legal-dongs", limit=20), []
    while True:
        pages.append(answer.ids())
        if not answer.links("next"):
            break
        answer = door.fetch(answer.link("next")["href"])
    assert [len(page) for page in pages] == [20, 20, 20, 19]
    assert [feature for page in pages for feature in page] == [item["id"] for item in door.layer("legal-dongs")]
    back = door.fetch(answer.link("prev")["href"])
    assert back.ids() == pages[-2]


def test_rec_core_fc_next_keeps_every_parameter(door: Door):
    answer = door.items(
        "shelters", limit=2, bbox=",".join(map(str, WINDOW)), kind="cafe", sortby="-name", properties="name,kind", lang="en"
    )
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer.link("next")["href"]).query))
    expected = {
        "limit": "2",
        "bbox": ",".join(map(str, WINDOW)),
        "kind": "cafe",
        "sortby": "-name",
        "properties": "name,kind",
        "lang": "en",
    }
    assert {name: asked[name] for name in expected} == expected


def test_the_last_page_and_a_page_beyond_it_have_no_next(door: Door):
    assert not door.items("shelters", limit=10_000).links("next")
    beyond = door.items("shelters", offset=9_000)
    assert beyond.ids() == []
    assert not beyond.links("next")
    assert not door.items("shelters", limit=5).links("prev")


def test_req_core_fc_rel_type(door: Door, ids):
    for name in ids:
        for link in door.items(name, limit=1).json()["links"]:
            assert link["rel"], link
            assert link["type"], link
            assert link["href"].startswith(("http://", "https://")), link


def test_req_core_fc_timestamp(door: Door):
    assert DATE_TIME.fullmatch(door.items("shelters").json()["timeStamp"])


def test_req_core_fc_number_matched(door: Door, ids):
    for name in ids:
        page = door.items(name, limit=1).json()
        assert page["numberMatched"] == len(door.everything(name)), name


def test_req_core_fc_number_returned(door: Door, ids):
    for name in ids:
        for asked in ({}, {"limit": 3}, {"offset": 10_000}):
            page = door.items(name, **asked).json()
            assert page["numberReturned"] == len(page["features"])


def test_req_core_f_op(door: Door, ids):
    for name in ids:
        for feature in door.items(name, limit=2).ids():
            assert door.get(f"/collections/{name}/items/{urllib.parse.quote(feature)}").status == 200, (name, feature)


def test_req_core_f_success(door: Door):
    for item in door.layer("shelters")[:10]:
        alone = door.get(f"/collections/shelters/items/{item['id']}").json()
        assert {name: alone[name] for name in ("type", "id", "geometry", "properties")} == item
        listed = next(found for found in door.everything("shelters") if found["id"] == item["id"])
        assert listed["properties"] == item["properties"]


def test_req_core_f_links(door: Door):
    answer = door.get("/collections/shelters/items/sh-000001")
    assert answer.link("self")["type"] == GEOJSON
    assert answer.link("alternate")["type"] == HTML
    collection = answer.link("collection")
    assert collection["href"].partition("?")[0] == f"{door.root}/collections/shelters"
    for rel in ("self", "alternate", "collection"):
        assert door.fetch(answer.link(rel)["href"]).media == answer.link(rel)["type"]


@pytest.mark.parametrize("feature", ["sh-999999", "ic-000001", "nothing", "%00", "..%2F..%2Fetc", "a" * 500])
def test_an_unknown_feature_is_404(door: Door, feature):
    refused = door.get(f"/collections/shelters/items/{feature}")
    assert (refused.status, refused.media) == (404, PROBLEM)


def test_rec_core_etag_is_answered_by_304(door: Door):
    for path in ("/collections/shelters/items?limit=5", "/collections", "/collections/shelters/items/sh-000001"):
        first = door.get(path)
        if tag := first.headers.get("etag"):
            again = door.fetch(first.url, If_None_Match=tag)
            assert (again.status, again.body) == (304, b"")


def test_rec_core_string_i18n(door: Door):
    """Hangul in ids, names and values arrives as it was written."""
    cell = door.items("coverage-cells", limit=1).json()["features"][0]
    assert not cell["id"].isascii()
    assert door.get(f"/collections/coverage-cells/items/{urllib.parse.quote(cell['id'])}").json()["properties"] == cell["properties"]
    named = door.everything("dongs")[3]["properties"]["name"]
    assert [item["properties"]["name"] for item in door.items("dongs", name=named).json()["features"]] == [named]


def test_a_page_after_another_has_its_order(door: Door):
    names = [item["properties"]["name"] for item in door.everything("legal-dongs", sortby="name")]
    assert all(one <= other for one, other in pairwise(names))
