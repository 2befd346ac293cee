"""The OpenAPI document is valid and tells the same parameters that the doors read."""

import json

from openapi_spec_validator import OpenAPIV31SpecValidator

from geo_app.web.openapi import DOORS, REPORTS_SUMMARY
from geo_app.web.reports import REPORT
from geo_app.wording.catalogue import get_words


def test_the_document_is_valid(client):
    document = json.loads(client.get("/api/openapi.json").data)
    OpenAPIV31SpecValidator(document).validate()


def test_what_the_doors_say_of_themselves_is_told_in_korean_too():
    said = {summary for _, summary, _, _ in DOORS} | {item.description for _, _, table, _ in DOORS for item in table}
    said |= {REPORTS_SUMMARY, *(item.description for item in REPORT)}
    messages = get_words("ko").messages
    assert [text for text in said if text not in messages] == []


def test_each_documented_example_answers(client):
    document = json.loads(client.get("/api/openapi.json").data)
    for path, item in document["paths"].items():
        if "{" in path or "get" not in item:
            continue
        query = {parameter["name"]: parameter["example"] for parameter in item["get"].get("parameters", ()) if "example" in parameter}
        assert client.get(path, query_string=query).status_code == 200, path
