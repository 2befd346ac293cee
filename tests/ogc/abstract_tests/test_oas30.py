"""Part 1, requirements class OpenAPI 3.0: the definition is valid, whole, and true of what the doors answer."""

import json
import re
import urllib.parse

import pytest
from jsonschema import Draft4Validator
from ogc.asking import OPENAPI, Door
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

CLASSES = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",)


def resolved(api, item):
    while "$ref" in item:
        found = api
        for part in item["$ref"].removeprefix("#/").split("/"):
            found = found[urllib.parse.unquote(part).replace("~1", "/").replace("~0", "~")]
        item = found
    return item


def operations(api):
    for path, item in api["paths"].items():
        yield path, item["get"], [resolved(api, found) for found in [*item.get("parameters", []), *item["get"].get("parameters", [])]]


def schema_of(api, path, status="200"):
    """The JSON schema that the definition promises for an answer."""
    response = resolved(api, api["paths"][path]["get"]["responses"][status])
    return next(content["schema"] for media, content in response["content"].items() if "json" in media and "problem" not in media)


def check(api, schema, value):
    document = {**schema, "components": api.get("components", {})}
    OAS30Validator(document).validate(value)


def asked_path(door, path):
    """The address of a path template with true values in its places."""
    filled = path.replace("{collectionId}", "shelters")
    collection = re.search(r"/collections/([^/{]+)/items/", filled)
    first = urllib.parse.quote(door.items(collection[1], limit=1).ids()[0]) if collection else ""
    return re.sub(r"\{[^}]*\}", first, filled)


def test_req_oas30_oas_common_the_definition_is_valid(api):
    OpenAPIV30SpecValidator(api).validate()
    assert Draft4Validator({"type": "string", "pattern": r"^3\.0\.\d+$"}).is_valid(api["openapi"])


def test_req_oas30_oas_definition_1(door: Door):
    link = door.get("/").link("service-desc")
    assert link["type"] == OPENAPI
    answer = door.fetch(link["href"])
    assert answer.headers["content-type"].replace(" ", "") == OPENAPI
    assert json.loads(answer.body)["info"]["title"]


def test_req_oas30_oas_definition_2(door: Door):
    link = door.get("/").link("service-doc")
    assert door.fetch(link["href"]).media == link["type"] == "text/html"


def test_req_oas30_oas_impl_servers_lead_here(door: Door, api):
    base = api["servers"][0]["url"].rstrip("/")
    assert base.startswith(("http://", "https://", "/"))
    joined = urllib.parse.urljoin(door.site, base)
    assert door.fetch(joined + "/conformance" if "/conformance" in api["paths"] else joined + "/ogc/conformance").status == 200


def test_req_oas30_completeness(api):
    """Every resource of the standard has its path, each with GET, and no path stands there twice."""
    paths = [path.removeprefix("/ogc") or "/" for path in api["paths"]]
    for wanted in ("/", "/conformance", "/collections"):
        assert wanted in paths
    patterns = [r"/collections/[^/]+", r"/collections/[^/]+/items", r"/collections/[^/]+/items/[^/]+", r"/collections/[^/]+/queryables"]
    for pattern in patterns:
        assert any(re.fullmatch(pattern, path) for path in paths), pattern
    assert all("get" in item for item in api["paths"].values())


def test_req_oas30_completeness_every_parameter_of_items_is_told(api):
    named = {item["name"] for path, _, parameters in operations(api) if path.endswith("/items") for item in parameters}
    assert {
        "limit",
        "offset",
        "bbox",
        "bbox-crs",
        "crs",
        "datetime",
        "filter",
        "filter-lang",
        "filter-crs",
        "sortby",
        "properties",
        "f",
    } <= named


def test_req_oas30_exceptions_codes(api):
    for path, operation, _ in operations(api):
        codes = set(operation["responses"])
        assert "200" in codes, path
        if path.endswith("/items"):
            assert codes & {"400", "4XX", "default"}, path
        if "{" in path:
            assert codes & {"404", "4XX", "default"}, path


def test_req_oas30_security_needs_nothing(api):
    assert not api.get("security")
    assert all(not operation.get("security") for _, operation, _ in operations(api))


def test_operation_ids_come_once(api):
    named = [operation["operationId"] for _, operation, _ in operations(api) if "operationId" in operation]
    assert len(named) == len(set(named))


def test_req_oas30_oas_impl_answers_are_as_the_definition_says(door: Door, api):
    """The standard's own test asks every operation; the answer must have the schema that is promised."""
    asked = 0
    for path, _, _ in operations(api):
        base = urllib.parse.urljoin(door.site, api["servers"][0]["url"]).rstrip("/")
        answer = door.fetch(base + asked_path(door, path))
        assert answer.status == 200, (path, answer.body[:200])
        check(api, schema_of(api, path), answer.json())
        asked += 1
    assert asked >= 6


def test_every_collection_and_page_has_the_schema_that_is_promised(door: Door, api, ids):
    path = next(path for path in api["paths"] if path.endswith("/items"))
    schema = schema_of(api, path)
    for name in ids if "{" in path else [path.split("/")[-2]]:
        for asked in ({}, {"limit": 1}, {"offset": 100_000}, {"filter": "1 = 2"}):
            check(api, schema, door.items(name, **asked).json())


@pytest.mark.parametrize("wrong", [{"limit": "x"}, {"bbox": "1"}, {"crs": "nowhere"}, {"filter": "((("}, {"unknown": "1"}])
def test_errors_have_the_schema_that_is_promised(door: Door, api, wrong):
    path = next(path for path in api["paths"] if path.endswith("/items"))
    refused = door.get("/collections/shelters/items", **wrong)
    responses = api["paths"][path]["get"]["responses"]
    response = resolved(api, responses.get(str(refused.status)) or responses.get("4XX") or responses["default"])
    content = response["content"]
    assert refused.media in content
    check(api, content[refused.media]["schema"], refused.json())
