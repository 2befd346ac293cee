"""The machine doors: parameters, answers, errors."""

import gzip
import json
import re
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.settings import MAX_REQUEST_BYTES, load_settings
from geo_app.web.api import WITHIN_TEXT_LIMIT, spliced
from geo_app.web.app import create_app
from geo_app.web.parameters import SHOWN_PROBLEMS
from geo_app.wording.romanise import romanise

GEOD = Geod(ellps="GRS80")
OFFICE = (126.7937, 35.1396)


def get(client, path, **query):
    answer = client.get(path, query_string=query)
    return answer.status_code, json.loads(answer.data)


def test_nearest_equals_brute_force_over_the_whole_layer(client, demo_workspace):
    status, found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], limit=10, at="2026-11-24T02:10")
    layer = json.loads(client.get("/layers/shelters.geojson").data)
    distances = [
        (GEOD.inv(*OFFICE, *feature["geometry"]["coordinates"])[2], feature["id"]) for feature in layer["features"] if feature["geometry"]
    ]
    assert status == 200
    assert [feature["id"] for feature in found["features"]] == [site_id for _, site_id in sorted(distances)[:10]]
    for feature, (metres, _) in zip(found["features"], sorted(distances), strict=False):
        assert feature["properties"]["distance_m"] == pytest.approx(metres, abs=0.006)


def test_nearest_tells_what_the_contract_names(client):
    _, found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], at="2026-11-24T14:00")
    told = found["features"][0]["properties"]
    assert {
        "distance_m", "distance_kind", "travel_min", "arrives_at", "is_open", "is_open_on_arrival", "open_left_min",
        "closes_at", "opens_at", "entry",
    } <= set(told)  # fmt: skip
    assert found["at"] == "2026-11-24T14:00:00+09:00"


def test_a_position_may_be_posted_so_that_it_stands_in_no_address(client):
    posted = client.post("/api/nearest", data={"lon": OFFICE[0], "lat": OFFICE[1], "at": "2026-11-24T14:00"})
    asked = client.get("/api/nearest", query_string={"lon": OFFICE[0], "lat": OFFICE[1], "at": "2026-11-24T14:00"})
    assert json.loads(posted.data) == json.loads(asked.data)
    assert posted.headers["Cache-Control"] == "no-store"


def test_only_places_known_to_be_open_on_arrival_are_given_when_asked(client):
    _, found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], open="true", stay_min=30, limit=50, at="2026-11-24T02:10")
    assert found["features"]
    for feature in found["features"]:
        assert feature["properties"]["is_open_on_arrival"] is True
        left = feature["properties"]["open_left_min"]
        assert left is None or left >= 30


def test_amenities_must_all_be_there_and_the_list_is_still_full(client):
    layer = json.loads(client.get("/layers/shelters.geojson").data)
    wanted = {"toilet", "charging"}
    expected = {
        feature["id"] for feature in layer["features"] if feature["geometry"] and wanted <= set(feature["properties"].get("amenities", ()))
    }
    _, found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], amenities="toilet,charging", limit=100)
    assert {feature["id"] for feature in found["features"]} == expected
    assert expected


def test_order_by_arrival_puts_open_before_unknown_before_closed(client):
    _, found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], order="arrival", limit=100, at="2026-11-24T02:10")
    rank = {True: 0, None: 1, False: 2}
    ranks = [rank[feature["properties"]["is_open_on_arrival"]] for feature in found["features"]]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_all_bad_parameters_are_named_at_once(client):
    status, problem = get(client, "/api/nearest", lon="x", limit=0, foo="1", at="yesterday")
    assert status == 400
    assert problem["code"] == "bad-parameters"
    named = {(item["parameter"], item["code"]) for item in problem["problems"]}
    assert named == {
        ("lon", "unreadable-parameter"), ("lat", "missing-parameter"), ("limit", "unreadable-parameter"), ("foo", "unknown-parameter"),
        ("at", "unreadable-parameter"),
    }  # fmt: skip
    assert all(item["message"] and item["hint"] for item in problem["problems"])


@pytest.mark.parametrize("lon", ["nan", "inf", "1e400", "١٢٦", "1_2", " 1", "181", "0x10", ""])
def test_a_longitude_that_is_none_is_refused(client, lon):
    status, problem = get(client, "/api/nearest", lon=lon, lat=35.1)
    assert status == 400
    assert problem["problems"][0]["parameter"] == "lon"


def test_a_repeated_parameter_is_refused(client):
    answer = client.get("/api/nearest?lon=126.7&lon=126.8&lat=35.1")
    assert json.loads(answer.data)["problems"][0]["code"] == "repeated-parameter"


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
@settings(max_examples=60, deadline=None)
@given(
    query=st.dictionaries(
        st.sampled_from(["lon", "lat", "at", "limit", "layer", "mode", "amenities", "within_m", "q"]), st.text(max_size=30)
    )
)
def test_no_query_makes_a_fault(client, query):
    assert client.get("/api/nearest", query_string=query).status_code in (200, 400)
    assert client.get("/api/sites", query_string=query).status_code in (200, 400)


def test_a_far_away_question_is_answered(client):
    status, found = get(client, "/api/nearest", lon=-70, lat=-33, limit=1)
    assert status == 200
    assert found["features"][0]["properties"]["distance_m"] > 18_000_000


def test_sites_by_word_window_and_dong_agree_with_the_layer(client):
    layer = json.loads(client.get("/layers/shelters.geojson").data)["features"]
    _, named = get(client, "/api/sites", layer="shelters", q="송정 1동", limit=1000)
    assert {feature["id"] for feature in named["features"]} == {
        f["id"] for f in layer if "송정1동" in f["properties"]["name"].replace(" ", "")
    }
    _, boxed = get(client, "/api/sites", layer="shelters", bbox="126.78,35.12,126.82,35.16", limit=1000)
    inside = {
        f["id"]
        for f in layer
        if f["geometry"] and 126.78 <= f["geometry"]["coordinates"][0] <= 126.82 and 35.12 <= f["geometry"]["coordinates"][1] <= 35.16
    }
    assert {feature["id"] for feature in boxed["features"]} == inside
    assert boxed["numberMatched"] == len(inside) > 0
    _, dongs = get(client, "/api/sites", layer="dongs", q="수완동")
    _, within = get(client, "/api/sites", layer="shelters", within=dongs["features"][0]["id"], limit=1000)
    assert {feature["properties"]["dong"] for feature in within["features"]} == {"수완동"}


def test_sites_are_paged_with_links_that_lead_through_all(client):
    seen = []
    path = "/api/sites?layer=shelters&limit=20"
    while path:
        page = json.loads(client.get(path).data)
        seen += [feature["id"] for feature in page["features"]]
        following = [item["href"] for item in page["links"] if item["rel"] == "next"]
        path = following[0].removeprefix("http://localhost") if following else None
    assert seen == sorted(set(seen))
    assert len(seen) == page["numberMatched"]


@pytest.mark.parametrize("within", ["dg-999999", "POLYGON((0 0,1 1,0 1,1 0,0 0))", "POINT(1 1)", "dg-", "<script>", "POLYGON EMPTY"])
def test_an_area_that_is_none_is_refused(client, within):
    status, _ = get(client, "/api/sites", within=within)
    assert status in (400, 404)


def test_states_say_open_closed_or_unknown_for_every_shelter(client):
    _, told = get(client, "/api/states", layer="shelters", at="2026-11-24T02:10")
    layer = json.loads(client.get("/layers/shelters.geojson").data)["features"]
    assert set(told["states"]) == {feature["id"] for feature in layer}
    assert {state for state, *_ in told["states"].values()} == {"open", "closed", "unknown"}
    assert told["is_now"] is False


def test_two_sources_that_disagree_make_the_state_unknown_at_the_hours_they_disagree_about(client):
    layer = json.loads(client.get("/layers/shelters.geojson").data)["features"]
    disputed = next(feature["id"] for feature in layer if len(feature["properties"].get("hours", ())) == 2)
    _, noon = get(client, "/api/states", at="2026-11-24T12:00")
    _, night = get(client, "/api/states", at="2026-11-24T02:00")
    assert noon["states"][disputed][0] == "unknown"
    assert night["states"][disputed][0] == "open"


def test_revision_names_each_layer(client, demo_workspace):
    _, told = get(client, "/api/revision")
    assert told["revision"] == demo_workspace.ledger.head_number()
    assert told["layers"]["shelters"] == 3


def test_open_doors_answer_any_origin_without_credentials(client):
    for path in ("/api/revision", "/api/states", "/layers/dongs.geojson", "/api/openapi.json", "/api/nearest?lon=1"):
        headers = client.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "Set-Cookie" not in headers


def test_a_layer_is_sent_in_the_coding_that_is_accepted_and_not_twice(client):
    plain = client.get("/layers/shelters.geojson")
    packed = client.get("/layers/shelters.geojson", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"
    again = client.get("/layers/shelters.geojson", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == packed.headers["ETag"]
    assert client.get("/layers/shelters.geojson", headers={"If-None-Match": packed.headers["ETag"]}).status_code == 200


def test_an_unknown_layer_is_a_problem_document(client):
    answer = client.get("/layers/nothing.geojson")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.data)["code"] == "unknown-layer"


def test_properties_spliced_into_a_feature_parse_as_if_they_had_been_there():
    feature = json.dumps(
        {"geometry": None, "id": "x", "properties": {"name": '},"type":"Feature"}'}, "type": "Feature"},
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()
    assert json.loads(spliced(feature, {"distance_m": 1.5}))["properties"] == {"name": '},"type":"Feature"}', "distance_m": 1.5}


def test_an_answer_repeats_little_of_a_question_that_cannot_be_read(client):
    long = client.post("/api/nearest", data={"x" * 50_000: "1", "at": "y" * 10_000})
    assert long.status_code == 400
    assert len(long.data) < 4_000
    many = client.post("/api/nearest", data={f"name{number}": "1" for number in range(3_000)})
    assert len(json.loads(many.data)["problems"]) == SHOWN_PROBLEMS
    assert len(many.data) < 20_000


def test_a_chunked_form_beyond_the_limit_is_refused_and_not_cut(client):
    base = b"lon=126.8&lat=35.1&layer="
    for size, status in ((MAX_REQUEST_BYTES, 400), (MAX_REQUEST_BYTES + 1, 413)):
        environment = {"wsgi.input_terminated": True, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
        answer = client.post("/api/nearest", input_stream=BytesIO(base.ljust(size, b"x")), environ_overrides=environment)
        assert answer.status_code == status


def test_an_area_may_be_as_long_as_is_said_and_no_longer(client):
    spec = json.loads(client.get("/api/openapi.json").data)
    within = next(item for item in spec["paths"]["/api/sites"]["get"]["parameters"] if item["name"] == "within")
    assert within["schema"]["maxLength"] == WITHIN_TEXT_LIMIT
    area = "POLYGON((126 35,127 35,127 36,126 35))"
    assert get(client, "/api/sites", within=area.ljust(WITHIN_TEXT_LIMIT))[0] == 200
    assert get(client, "/api/sites", within=area.ljust(WITHIN_TEXT_LIMIT + 1))[0] == 400


def test_a_time_without_a_zone_is_seouls(client):
    _, told = get(client, "/api/states", at="2026-11-24T02:10")
    assert datetime.fromisoformat(told["at"]) == datetime(2026, 11, 24, 2, 10, tzinfo=SEOUL)
    _, utc = get(client, "/api/states", at="2026-11-23T17:10:00+00:00")
    assert utc["states"] == told["states"]


def report_closed(client, site_id):
    for address in ("203.0.113.7", "203.0.113.8"):
        form = {"layer": "shelters", "site": site_id, "seen": "closed"}
        client.post("/reports", data=form, headers={"Accept": "application/json"}, environ_overrides={"REMOTE_ADDR": address})


def test_two_closed_reports_are_told_by_nearest_and_by_states(workspace):
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    told = get(client, "/api/states")[1]["states"]
    open_site = next(site_id for site_id, (state, _, _, doubt) in told.items() if state == "open" and doubt is None)
    report_closed(client, open_site)
    assert get(client, "/api/states")[1]["states"][open_site][3] >= 0
    found = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], limit=100)[1]["features"]
    properties = next(feature["properties"] for feature in found if feature["id"] == open_site)
    assert (properties["closed_reports"], properties["is_doubtful"], properties["is_open"]) == (2, True, True)
    assert 'class="state state-doubtful' in client.get(f"/sites/shelters/{open_site}").get_data(as_text=True)


def test_states_doubt_exactly_the_doors_that_the_list_doubts(client):
    at = "2027-04-20T14:00"
    told = get(client, "/api/states", at=at)[1]["states"]
    doubted = {site_id for site_id, (_, _, _, doubt) in told.items() if doubt is not None}
    shown = set()
    for site_id in told:
        page = client.get(f"/sites/shelters/{site_id}", query_string={"at": at}).get_data(as_text=True)
        if re.search(r'class="state state-doubtful', page):
            shown.add(site_id)
    assert doubted == shown
    assert doubted


def test_what_is_told_of_nearness_and_doors_is_as_documented(client):
    schemas = json.loads(client.get("/api/openapi.json").data)["components"]["schemas"]
    for layer in ("shelters", "industrial-complexes"):
        nearest = get(client, "/api/nearest", lon=OFFICE[0], lat=OFFICE[1], limit=100, layer=layer)[1]
        Draft202012Validator(schemas["Nearest"]).validate(nearest)
    for at in ("2026-11-24T02:10", "2027-11-24T02:10"):
        Draft202012Validator(schemas["States"]).validate(get(client, "/api/states", at=at)[1])
    Draft202012Validator(schemas["LatinNames"]).validate(get(client, "/api/latin")[1])


def test_names_come_in_latin_letters_where_the_data_has_none(client):
    layer = json.loads(client.get("/layers/shelters.geojson").data)["features"]
    told = get(client, "/api/latin")[1]["names"]
    for feature in layer:
        name = feature["properties"]["name"]
        assert told.get(feature["id"], name) == romanise(name)
    assert get(client, "/api/latin", layer="dongs")[1]["names"] == {}
    assert get(client, "/api/latin", layer="legal-dongs")[1]["names"]["ld-000001"].endswith("-dong")
    assert get(client, "/api/latin", layer="nothing")[0] == 400
