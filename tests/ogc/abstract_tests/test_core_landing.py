"""Part 1 (17-069r4), Core: landing page, API definition, conformance, HTTP and wrong parameters, one check a requirement."""

import pytest
from ogc.asking import GEOJSON, JSON, PROBLEM, Door

CLASSES = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",)


def test_req_core_root_op(door: Door):
    assert door.get("/").status == 200


def test_req_core_root_success(door: Door):
    landing = door.get("/")
    assert landing.media == JSON
    assert landing.json()["title"]
    assert {"service-desc", "service-doc", "conformance", "data"} <= {
        item["rel"].rpartition("/")[2] if item["rel"].startswith("http") else item["rel"] for item in landing.json()["links"]
    }
    assert landing.links("conformance")
    assert landing.links("data")
    assert all({"href", "rel"} <= set(item) for item in landing.json()["links"])


@pytest.mark.parametrize("rel", ["self", "alternate", "service-desc", "service-doc", "conformance", "data"])
def test_the_links_of_the_landing_page_lead_to_what_they_say(door: Door, rel):
    for link in door.get("/").links(rel):
        answer = door.fetch(link["href"])
        assert answer.status == 200, link
        assert answer.media == link["type"].partition(";")[0], link


def test_req_core_api_definition_op(door: Door):
    links = [*door.get("/").links("service-desc"), *door.get("/").links("service-doc")]
    assert [door.fetch(link["href"]).status for link in links] == [200] * len(links)


def test_req_core_api_definition_success(door: Door):
    definition = door.fetch(door.get("/").link("service-desc")["href"])
    assert definition.media == "application/vnd.oai.openapi+json"
    assert definition.json()["openapi"].startswith("3.0")


def test_req_core_conformance_op(door: Door):
    assert door.get("/conformance").status == 200
    assert door.get("/").link("conformance")["href"].partition("?")[0] == f"{door.root}/conformance"


def test_req_core_conformance_success(door: Door):
    declared = door.get("/conformance").json()["conformsTo"]
    assert CLASSES[0] in declared
    assert len(declared) == len(set(declared))


def test_req_core_http(door: Door):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = door.get("/collections/shelters/items", method=method)
        assert refused.status == 405
        assert {"GET", "HEAD"} <= {word.strip() for word in refused.headers["allow"].split(",")}
    head, whole = door.get("/collections", method="HEAD"), door.get("/collections")
    assert (head.status, head.body, head.media) == (200, b"", whole.media)


def test_req_core_http_not_acceptable_is_no_failure(door: Door):
    assert door.get("/collections", accept="image/png").status in {200, 406}
    assert door.get("/collections/shelters/items", accept="*/*").media == GEOJSON


@pytest.mark.parametrize("path", ["/", "/conformance", "/collections", "/collections/shelters", "/collections/shelters/items", "/api"])
def test_req_core_query_param_unknown(door: Door, path):
    refused = door.get(path, unheard_of="1")
    assert refused.status == 400
    assert refused.media == PROBLEM
    assert "unheard_of" in refused.body.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "0"}, {"limit": "-1"}, {"limit": "ten"}, {"limit": "1.5"}, {"limit": "٣"},
        {"bbox": "1,2,3"}, {"bbox": "a,b,c,d"}, {"bbox": "1,2,3,4,5"}, {"bbox": "126,36,127,35"}, {"bbox": "nan,35,127,36"},
        {"bbox": "126,35,inf,36"}, {"bbox": "126,35,127,1e999"}, {"bbox": "126,-91,127,36"},
        {"datetime": "yesterday"}, {"datetime": "2026-13-01"}, {"datetime": "2026-02-30T00:00:00Z"}, {"datetime": "2026-01-02/2026-01-01"},
        {"datetime": "2026-01-01/2026-01-02/2026-01-03"}, {"offset": "-1"}, {"f": "xml"},
    ],
)  # fmt: skip
def test_req_core_query_param_invalid(door: Door, wrong):
    refused = door.get("/collections/shelters/items", **wrong)
    assert refused.status == 400, (wrong, refused.body[:300])
    assert refused.media == PROBLEM
    assert refused.json()["status"] == 400


def test_a_parameter_given_twice_is_not_half_obeyed(door: Door):
    assert door.get("/collections/shelters/items?limit=1&limit=2").status == 400


def test_rec_core_cross_origin(door: Door):
    for path in ("/", "/collections", "/collections/shelters/items", "/collections/nowhere", "/collections/shelters/items?limit=x"):
        assert door.get(path).headers["access-control-allow-origin"] == "*"
