"""Features as GeoJSON: what is asked, how it is paged, in which form it comes back."""

import gzip
import itertools
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SHELTERS = "/ogc/collections/shelters/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def get(client, path=SHELTERS, **query):
    asked = {name.replace("__", "-"): text for name, text in query.items()}
    answer = client.get(path, query_string=asked) if asked else client.get(path)
    return answer, json.loads(answer.data)


def ids(document):
    return [feature["id"] for feature in document["features"]]


def whole(client, layer="shelters"):
    return json.loads(client.get(f"/layers/{layer}.geojson").data)["features"]


def links(document, rel):
    return [item for item in document["links"] if item["rel"] == rel]


def test_all_features_are_those_of_the_layer_to_the_byte_of_each(client, demo_workspace):
    answer, document = get(client, limit=10_000)
    assert document["features"] == whole(client)
    layer = demo_workspace.keeper.current.layers["shelters"]
    assert all(layer.feature_bytes(position) in answer.data for position in range(len(layer)))
    assert answer.content_type == "application/geo+json"
    assert document["numberMatched"] == document["numberReturned"] == len(layer)


def test_paging_by_next_walks_through_everything_once_and_prev_walks_back(client):
    path, seen, back = f"{SHELTERS}?limit=7&sortby=-name&kind=cafe", [], []
    while path:
        _, document = get(client, path)
        seen.append(ids(document))
        back.append(links(document, "prev"))
        path = next((item["href"].removeprefix("http://localhost") for item in links(document, "next")), None)
    cafes = {feature["id"] for feature in whole(client) if feature["properties"]["kind"] == "cafe"}
    assert sorted(itertools.chain(*seen)) == sorted(cafes)
    assert back[0] == []
    assert ids(get(client, back[-1][0]["href"].removeprefix("http://localhost"))[1]) == seen[-2]


def test_prev_tells_no_feature_twice_and_leads_from_beyond_the_end_to_the_last_features(client):
    everyone = ids(get(client, limit=10_000)[1])
    count = len(everyone)
    beyond = count + 150
    for limit, offset in (
        (10, 5),
        (10, 10),
        (10, 15),
        (10, count),
        (10, count + 1),
        (10, beyond),
        (7, beyond),
        (300, beyond),
        (count, beyond),
    ):
        href = links(get(client, limit=limit, offset=offset)[1], "prev")[0]["href"]
        page = ids(get(client, href.removeprefix("http://localhost"))[1])
        asked = dict(parse_qsl(urlsplit(href).query))
        start, size = int(asked["offset"]), int(asked["limit"])
        assert page == everyone[start : start + size]
        assert page, href
        assert start + size == offset if offset <= count else start + size >= count
    assert links(get(client, limit=10, offset=200, kind="cafe", filter="kind <> 'cafe'")[1], "prev") == []


def test_the_links_keep_everything_that_was_asked(client):
    asked = {
        "bbox": "126.6,35.0,127.0,35.3",
        "limit": "3",
        "offset": "3",
        "filter": "kind <> '%&=+ 가'",
        "lang": "en",
        "properties": "name",
    }
    _, document = get(client, **asked)
    for rel, changed in (("self", {}), ("next", {"offset": "6"}), ("prev", {"offset": "0"}), ("alternate", {"f": "html"})):
        href = links(document, rel)[0]["href"]
        assert dict(parse_qsl(urlsplit(href).query)) == {**asked, **changed}, rel
        assert urlsplit(href).path == SHELTERS
    assert links(document, "collection")[0]["href"] == "http://localhost/ogc/collections/shelters?lang=en"


def test_a_path_prefix_stands_in_every_link(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://map.example.kr/shelter")
    for path in ("/ogc/", "/ogc/collections", "/ogc/collections/shelters", f"{SHELTERS}?limit=2&offset=2", f"{SHELTERS}/sh-000005"):
        document = json.loads(client.get(path, headers={"Host": "map.example.kr"}).data)
        found = re.findall(r'"href":\s*"([^"]+)"', json.dumps(document))
        own = [href for href in found if "kogl" not in href and "opensource" not in href]
        assert own
        assert all(href.startswith("https://map.example.kr/shelter/") for href in own), path


@pytest.mark.parametrize("number", ["4326", "3857", "5179", "5186"])
def test_another_system_gives_the_same_places_and_says_so(client, number):
    from pyproj import Transformer

    to_system = Transformer.from_crs("OGC:CRS84", f"{EPSG}{number}")
    for layer in ("shelters", "dongs", "industrial-complexes"):
        answer, document = get(client, f"/ogc/collections/{layer}/items", crs=EPSG + number, limit=1000)
        assert answer.headers["Content-Crs"] == f"<{EPSG}{number}>"
        for told, known in zip(document["features"], whole(client, layer), strict=True):
            assert {**told, "geometry": None} == {**known, "geometry": None}
            for pair, lonlat in zip(pairs(told["geometry"]), pairs(known["geometry"]), strict=True):
                assert pair == pytest.approx(to_system.transform(*lonlat), abs=1e-9 if number == "4326" else 6e-4)


def pairs(geometry):
    def walk(coordinates):
        if isinstance(coordinates[0], list):
            for part in coordinates:
                yield from walk(part)
        else:
            yield coordinates

    return [] if geometry is None else list(walk(geometry["coordinates"]))


def test_without_a_system_the_answer_says_crs84(client):
    for path in (SHELTERS, f"{SHELTERS}/sh-000005"):
        assert client.get(path).headers["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"


def test_the_same_box_in_each_system_finds_the_same(client):
    from geo_app.web.ogc.systems import SYSTEMS

    _, plain = get(client, bbox="126.75,35.12,126.85,35.2", limit=1000)
    assert 0 < len(ids(plain)) < len(whole(client))
    for system in SYSTEMS:
        # Sides of a box of degrees bend in metres: the box that holds them finds no fewer, and all that it finds lies near.
        corners = system.written([(126.75, 35.12), (126.85, 35.2), (126.75, 35.2), (126.85, 35.12)])
        box = ",".join(repr(float(number)) for number in (*corners.min(axis=0), *corners.max(axis=0)))
        _, found = get(client, bbox=box, bbox__crs=system.uri, limit=1000)
        assert set(ids(plain)) <= set(ids(found)), system.uri
        further = [item for item in found["features"] if item["id"] not in ids(plain)]
        assert all(126.745 < item["geometry"]["coordinates"][0] < 126.855 for item in further)


def test_a_filter_may_be_drawn_in_another_system(client):
    from geo_app.web.ogc.systems import system_of

    degrees = get(client, filter="S_INTERSECTS(geometry, BBOX(126.75,35.12,126.85,35.2))", limit=1000)[1]
    north_first = get(client, filter="S_INTERSECTS(geometry, BBOX(35.12,126.75,35.2,126.85))", filter__crs=f"{EPSG}4326", limit=1000)[1]
    assert ids(degrees) == ids(north_first) != []
    system = system_of(f"{EPSG}5186")
    ring = [(126.75, 35.12), (126.85, 35.12), (126.85, 35.2), (126.75, 35.2), (126.75, 35.12)]
    told = ", ".join(f"{y} {x}" for y, x in system.written(ring).tolist())
    metres = get(client, filter=f"S_INTERSECTS(geometry, POLYGON(({told})))", filter__crs=system.uri, limit=1000)[1]
    assert ids(metres) == ids(degrees)


def test_the_two_languages_of_filters_say_the_same(client):
    text = get(client, filter="kind = 'cafe' AND seats >= 10", limit=1000)[1]
    document = {
        "op": "and",
        "args": [{"op": "=", "args": [{"property": "kind"}, "cafe"]}, {"op": ">=", "args": [{"property": "seats"}, 10]}],
    }
    told = get(client, filter=json.dumps(document), filter__lang="cql2-json", limit=1000)[1]
    expected = [item["id"] for item in whole(client) if item["properties"]["kind"] == "cafe" and item["properties"].get("seats", 0) >= 10]
    assert ids(text) == ids(told) == expected


def test_a_field_filters_by_its_name(client):
    expected = [item["id"] for item in whole(client) if item["properties"]["kind"] == "cafe" and item["properties"]["status"] == "sample"]
    assert ids(get(client, kind="cafe", status="sample", limit=1000)[1]) == expected != []
    assert ids(get(client, id="sh-000005")[1]) == ["sh-000005"]


def test_features_come_in_the_order_that_is_asked(client):
    found = get(client, sortby="-kind,name", limit=1000)[1]["features"]
    keys = [(item["properties"]["kind"], item["properties"]["name"]) for item in found]
    by_name = sorted(keys, key=lambda pair: pair[1])
    assert keys == sorted(by_name, key=lambda pair: pair[0], reverse=True)


def test_only_the_properties_that_are_asked_come_back(client):
    document = get(client, properties="seats,name", limit=1000)[1]
    for told, known in zip(document["features"], whole(client), strict=True):
        kept = {name: value for name, value in known["properties"].items() if name in ("seats", "name")}
        assert told == {**known, "properties": kept}


def test_the_date_of_a_feature_is_asked_for(client):
    expected = [
        item["id"]
        for item in whole(client)
        if (item["properties"].get("checked_on") or item["properties"].get("as_of") or "2026-06-30") <= "2026-06-30"
    ]
    assert ids(get(client, datetime="../2026-06-30", limit=1000)[1]) == expected
    assert len(expected) < len(whole(client))


def test_more_than_the_maximum_is_no_error_and_a_page_behind_the_last_is_empty(client):
    assert get(client, limit=999_999)[0].status_code == 200
    _, document = get(client, offset=5_000)
    assert document["features"] == []
    assert links(document, "next") == []
    assert document["numberMatched"] == len(whole(client))


BAD = [
    {"nowhere": "1"}, {"limit": "0"}, {"limit": ""}, {"limit": "ten"}, {"offset": "-1"}, {"bbox": "1,2,3"}, {"bbox": "1,5,2,4"},
    {"bbox": "0,0,200,1"}, {"crs": "EPSG:4326"}, {"bbox-crs": f"{EPSG}2097"}, {"datetime": "yesterday"}, {"sortby": "hours"},
    {"sortby": "name,name"}, {"properties": "nose"}, {"filter": "nose = 1"}, {"filter": "kind = "}, {"filter": ""},
    {"filter": "kind = 'cafe'", "filter-lang": "sql"},
    {"filter": "{", "filter-lang": "cql2-json"}, {"filter": "[]", "filter-lang": "cql2-json"}, {"kind": "castle"}, {"seats": "many"},
    {"as_of": "2026-01-01/2026-02-01"}, {"f": "xml"}, {"lang": "tlh"}, {"amenities": "toilet"}, {"filter": "kind = 'cafe'" + " " * 4000},
]  # fmt: skip


@pytest.mark.parametrize("asked", BAD, ids=str)
def test_what_cannot_be_used_is_400_and_named(client, asked):
    answer, problem = get(client, **asked)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    named = {item["parameter"] for item in problem["problems"]}
    assert named & set(asked)
    assert all(item["message"] and "{" not in item["message"] for item in problem["problems"] if item["parameter"] != "filter")


def test_all_bad_parameters_are_named_at_once(client):
    _, problem = get(client, bbox="1,2", limit="0", nowhere="1", filter="x =", crs="y", sortby="z")
    assert {item["parameter"] for item in problem["problems"]} == {"bbox", "limit", "nowhere", "filter", "crs", "sortby"}


def test_a_time_for_a_field_of_days_is_named_beside_the_others(client):
    _, problem = get(client, checked_on="2026-11-21T00:00:00Z", foo="1", limit="0", seats="a")
    assert {item["parameter"] for item in problem["problems"]} == {"checked_on", "foo", "limit", "seats"}
    _, problem = get(client, checked_on="2026-11-21T00:00:00Z")
    assert (problem["code"], [item["parameter"] for item in problem["problems"]]) == ("bad-parameters", ["checked_on"])


def test_a_tall_narrow_box_in_metres_means_the_same_in_a_filter_as_alone(client):
    numbers, system = "1678548,935290,1698548,935390", f"{EPSG}5179"
    asked = {"filter": f"S_INTERSECTS(geometry,BBOX({numbers})) AND NOT geometry IS NULL", "filter__crs": system, "limit": 10_000}
    for layer in ("legal-dongs", "shelters"):
        path = f"/ogc/collections/{layer}/items"
        alone = get(client, path, bbox=numbers, bbox__crs=system, limit=10_000)[1]
        there = [feature["id"] for feature in alone["features"] if feature["geometry"]]
        assert ids(get(client, path, **asked)[1]) == there
        assert len(there) < len(whole(client, layer)) / 2


def test_a_box_in_metres_that_runs_backwards_is_refused_in_a_filter_too(client):
    box = "S_INTERSECTS(geometry,BBOX(1678548,945390,1698548,935290))"
    answer, problem = get(client, filter=box, filter__crs=f"{EPSG}5179")
    assert (answer.status_code, problem["problems"][0]["code"]) == (400, "bad-filter")


def test_a_filter_that_is_too_much_work_is_refused_with_the_limit(client, monkeypatch):
    monkeypatch.setattr("geo_app.finder.cql.work.MAX_STEPS", 1)
    answer, problem = get(client, filter="name LIKE '%a' OR name LIKE '%b'")
    assert (answer.status_code, problem["code"]) == (400, "too-much-work")
    assert "최대 1단계" in problem["detail"]


def test_a_parameter_may_stand_only_once(client):
    assert client.get(f"{SHELTERS}?limit=1&limit=2").status_code == 400


def test_what_is_not_there_is_404(client):
    for path, code in (
        ("/ogc/collections/castles", "unknown-collection"),
        ("/ogc/collections/castles/items", "unknown-collection"),
        (f"{SHELTERS}/sh-999999", "unknown-feature"),
    ):
        answer, problem = get(client, path)
        assert (answer.status_code, problem["code"], answer.content_type) == (404, code, "application/problem+json")


def test_who_has_the_answer_is_told_so_and_another_question_has_another_tag(client):
    first = client.get(SHELTERS)
    tag = first.headers["ETag"]
    again = client.get(SHELTERS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    for path in (SHELTERS, f"{SHELTERS}/sh-000005"):  # a proxy may take the mark of a weak tag off: compared weakly
        tag = client.get(path).headers["ETag"]
        for known in (tag.removeprefix("W/"), f'"x", {tag}', f'{tag.removeprefix("W/")}, "y"', "*"):
            assert client.get(path, headers={"If-None-Match": known}).status_code == 304, known
        for other in ('"x"', tag.strip('W/"'), tag.replace('W/"', 'W/"0')):
            assert client.get(path, headers={"If-None-Match": other}).status_code == 200, other
    tag = first.headers["ETag"]
    assert client.get(f"{SHELTERS}?limit=11").headers["ETag"] != tag
    assert client.get(f"{SHELTERS}?limit=11", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{SHELTERS}?limit=zero", headers={"If-None-Match": "*"}).status_code == 400


def test_an_answer_is_compressed_for_who_takes_it(client):
    answer = client.get(SHELTERS, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert ids(json.loads(gzip.decompress(answer.data))) == ids(get(client)[1])
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("path", [SHELTERS, f"{SHELTERS}/sh-000005", f"{SHELTERS}/nobody", f"{SHELTERS}?limit=0", "/ogc/", "/ogc/nowhere"])
def test_any_page_may_read_the_answer_and_is_told_once(client, path):
    assert client.get(path).headers.getlist("Access-Control-Allow-Origin") == ["*"]


def test_head_and_options_answer(client):
    head = client.head(SHELTERS)
    assert (head.status_code, head.data, head.content_type) == (200, b"", "application/geo+json")
    options = client.options(SHELTERS)
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} == set(options.headers["Access-Control-Allow-Methods"].split(", "))
    assert client.post(SHELTERS).status_code == 405


@settings(max_examples=60, deadline=None)
@given(
    asked=st.dictionaries(
        st.sampled_from(
            [
                "bbox",
                "bbox-crs",
                "crs",
                "datetime",
                "limit",
                "offset",
                "sortby",
                "properties",
                "filter",
                "filter-lang",
                "filter-crs",
                "seats",
                "kind",
                "f",
                "x",
            ]
        ),
        st.text(max_size=30),
        max_size=4,
    )
)
def test_no_question_is_a_fault_of_ours(client, asked):
    assert client.get(SHELTERS, query_string=asked).status_code in (200, 400)
