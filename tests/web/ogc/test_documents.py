"""What the doors say of themselves: landing page, collections, schemas, and the OpenAPI document."""

import json
from datetime import date, datetime, timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV30SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from geo_app.web.ogc.collections import Collection, list_collections
from geo_app.web.ogc.describing import _extent
from geo_app.web.ogc.parameters import FIXED, items_parameters
from geo_app.wording.catalogue import get_words
from geo_app.wording.labels import LICENCE_WORDS
from geo_app.wording.ogc_fields import FURTHER_FIELD_WORDS

QUICK = 4  # questions a door


def get(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.text)
    return json.loads(answer.data)


@pytest.fixture(scope="module")
def names(demo_workspace):
    return [collection.id for collection in list_collections(demo_workspace.keeper.current)]


def test_every_link_of_every_document_answers_in_the_type_it_says(client, names):
    paths = ["/ogc/", "/ogc/conformance", "/ogc/collections", *(f"/ogc/collections/{name}" for name in names)]
    seen = set()
    for link in (link for path in paths for link in get(client, path)["links"]):
        path = link["href"].removeprefix("http://localhost")
        if path.startswith("/") and path not in seen:
            seen.add(path)
            answer = client.get(path, headers={"Accept": link["type"]})
            assert answer.status_code == 200, path
            assert answer.content_type.partition(";")[0] == link["type"].partition(";")[0], path
    assert len(seen) > 6 * len(names)


def test_a_collection_is_told_the_same_alone_and_in_the_list(client, names):
    told = {item["id"]: item for item in get(client, "/ogc/collections")["collections"]}
    assert list(told) == names
    for name in names:
        alone = get(client, f"/ogc/collections/{name}")
        assert {**alone, "links": None} == {**told[name], "links": None}


def test_titles_come_in_the_language_that_is_asked(client):
    titles = {lang: get(client, f"/ogc/collections/shelters?lang={lang}")["title"] for lang in ("ko", "en")}
    assert titles == {"ko": "쉼터", "en": "Rest shelters"}


def test_the_extent_holds_every_feature(client, names):
    for name in names:
        extent = get(client, f"/ogc/collections/{name}").get("extent", {})
        if "spatial" in extent:
            box = ",".join(map(str, extent["spatial"]["bbox"][0]))
            count = get(client, f"/ogc/collections/{name}/items?limit=1")["numberMatched"]
            assert get(client, f"/ogc/collections/{name}/items?limit=1&bbox={box}")["numberMatched"] == count
        for first, last in extent.get("temporal", {}).get("interval", ()):
            _holds_every_time(client, name, datetime.fromisoformat(first), datetime.fromisoformat(last))


def _holds_every_time(client, name, first, last):
    """Within it is everything; of what is dated nothing is before or after, and something is in its first and in its last second."""

    def ids(start, end):
        asked = "/".join(f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else ".." for at in (start, end))
        found = get(client, f"/ogc/collections/{name}/items?limit=10000&datetime={asked}")
        return {feature["id"] for feature in found["features"]}

    assert first <= last
    second, everyone = timedelta(seconds=1), get(client, f"/ogc/collections/{name}/items?limit=10000")["features"]
    assert ids(first, last) == {feature["id"] for feature in everyone}
    undated = ids(None, first - second)
    assert undated == ids(last + second, None)
    assert ids(last, None) > undated
    assert name == "indicators" or ids(None, first) > undated


def test_a_licence_without_an_address_is_told_by_its_words(client, names):
    told = {name: get(client, f"/ogc/collections/{name}?lang=en") for name in names}
    for document in told.values():
        addresses = [item["href"] for item in document.get("licences", ()) if "href" in item]
        assert addresses == [link["href"] for link in document["links"] if link["rel"] == "license"]
        assert all(item["title"] for item in document.get("licences", ()))
    for name in ("industrial-complexes", "legal-dongs", "indicators"):
        assert told[name]["licences"], name
    plain = told["industrial-complexes"]["licences"]
    assert [item for item in plain if item["code"] == "facts"] == [{"code": "facts", "title": get_words("en")(LICENCE_WORDS["facts"])}]


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ((date(2026, 4, 21), date(2026, 11, 21)), ["2026-04-20T15:00:00Z", "2026-11-21T14:59:59Z"]),
        ((None, date.max), [None, "9999-12-31T14:59:59Z"]),
        ((date.min, None), [None, None]),
    ],
)
def test_an_extent_in_time_is_of_days_in_seoul(days, times):
    bare = Collection("a", "Rest shelters", "Rest shelters", lambda: None, has_geometry=False, revision=1, cache_tag="", interval=days)
    assert _extent(bare)["temporal"]["interval"] == [times]


def test_every_feature_is_as_the_schema_says_and_every_queryable_can_be_asked(client, names):
    for name in names:
        schema = get(client, f"/ogc/collections/{name}/schema")
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for feature in get(client, f"/ogc/collections/{name}/items?limit=200")["features"]:
            validator.validate({"id": feature["id"], **feature["properties"]})
        for queryable in get(client, f"/ogc/collections/{name}/queryables")["properties"]:
            answer = client.get(f"/ogc/collections/{name}/items", query_string={"filter": f'"{queryable}" IS NULL', "limit": 1})
            assert answer.status_code == 200, (name, queryable, answer.text)


def test_every_sortable_sorts_both_ways(client):
    for name in get(client, "/ogc/collections/shelters/sortables")["properties"]:
        for sign in ("", "-", "%2B"):
            assert client.get(f"/ogc/collections/shelters/items?limit=3&sortby={sign}{name}").status_code == 200


def test_the_form_of_an_answer_is_the_one_that_is_asked_for(client):
    asked = [
        ("", None, "application/json"), ("", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html"), ("", "*/*", "application/json"),
        ("", "application/json", "application/json"), ("", "text/html;q=0.4, application/json;q=0.9", "application/json"),
        ("?f=html", "application/json", "text/html"), ("?f=json", "text/html", "application/json"), ("", "image/png", "application/json"),
    ]  # fmt: skip
    for query, accepted, media in asked:
        answer = client.get(f"/ogc/{query}", headers={"Accept": accepted} if accepted else {})
        assert answer.content_type.partition(";")[0] == media, (query, accepted)
        assert "Accept" in answer.headers["Vary"]


def test_a_document_that_one_has_is_not_sent_again(client):
    for path in ("/ogc/", "/ogc/api", "/ogc/collections/shelters?f=html"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_openapi_document_is_valid_in_every_language(client):
    for lang in ("ko", "en"):
        OpenAPIV30SpecValidator(get(client, f"/ogc/api?lang={lang}")).validate()


def test_the_openapi_document_names_every_parameter_that_is_read(client, demo_workspace):
    document = get(client, "/ogc/api")
    for collection in list_collections(demo_workspace.keeper.current):
        told = document["paths"][f"/collections/{collection.id}/items"]["get"]["parameters"]
        named = [item["$ref"].rpartition("/")[2] if "$ref" in item else item["name"] for item in told]
        assert named == [item.name for item in items_parameters(collection.id, collection.table().schema)[0]]


def test_what_the_doors_say_of_their_parameters_is_told_in_korean_too():
    messages = get_words("ko").messages
    assert [item.description for item in FIXED if item.description not in messages] == []
    assert [text for text in FURTHER_FIELD_WORDS.values() if text not in messages] == []


def test_made_up_questions_get_answers_of_the_form_that_is_promised(client):
    """Schemathesis asks every door of the document, with values that fit and values that do not."""
    schema = schemathesis.openapi.from_wsgi("/ogc/api", client.application)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        is_one_of_many = (
            operation.path.startswith("/collections/") and "/shelters" not in operation.path and "coverage-gaps/items" not in operation.path
        )
        if is_one_of_many:
            continue

        @settings(max_examples=QUICK, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @_given(operation)
        def ask(case):
            case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})

        ask()
        asked += 1
    assert asked >= 12


def _given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())
