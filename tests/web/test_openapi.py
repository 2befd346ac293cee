"""The OpenAPI document is valid and tells the same parameters that the doors read."""

import json

from openapi_spec_validator import OpenAPIV31SpecValidator

from geo_app.web.open_doors import DOORS


def test_the_document_is_valid(client):
    document = json.loads(client.get("/api/openapi.json").data)
    OpenAPIV31SpecValidator(document).validate()


def test_each_documented_example_answers(client):
    document = json.loads(client.get("/api/openapi.json").data)
    for path, item in document["paths"].items():
        if "{" in path or "get" not in item:
            continue
        query = {parameter["name"]: parameter["example"] for parameter in item["get"].get("parameters", ()) if "example" in parameter}
        promised = next(status for status in item["get"]["responses"] if status < "400")
        assert client.get(path, query_string=query).status_code == int(promised), path


def test_every_parameter_that_is_read_is_told_with_its_schema(client):
    document = json.loads(client.get("/api/openapi.json").data)
    for door in DOORS:
        told = {item["name"]: item["schema"] for item in document["paths"][door.path]["get"]["parameters"] if item["in"] == "query"}
        assert list(told) == [item.name for item in door.table]
        for item in door.table:
            assert told[item.name].items() >= dict(item.schema).items()


def test_every_open_answer_may_be_read_by_any_page(client):
    for door in DOORS:
        if door.is_open and not door.names:
            query = {item.name: item.example for item in door.table if item.example is not None}
            assert client.get(door.path, query_string=query).headers["Access-Control-Allow-Origin"] == "*", door.path
