"""Every door of `/ogc/api` keeps what the document says, whatever a machine makes up."""

import pytest
import schemathesis
from api.questions import try_operation

# One collection of each making: places, areas, analyses, and one without geometry; the others are asked when there is time.
SAMPLED = ("shelters", "dongs", "coverage-gaps", "indicators")
FEW, MANY = 4, 60


@pytest.fixture(scope="module")
def schema(asked_app):
    return schemathesis.openapi.from_wsgi("/ogc/api?f=json", asked_app)


def paths(schema, *names):
    """Paths of the document: those of the service as a whole, and those of these collections."""
    return [path for path in schema.raw_schema["paths"] if not path.startswith("/collections/") or not names or path.split("/")[2] in names]


def test_every_door_keeps_its_word(schema):
    asked = paths(schema, *SAMPLED)
    assert len(asked) == 5 + 6 * len(SAMPLED)
    for path in asked:
        # The long table of parameters is tried at every border once.
        try_operation(schema[path]["GET"], examples=FEW, with_borders=not path.endswith("/items") or "/shelters/" in path)


@pytest.mark.slow
def test_every_door_of_every_collection_keeps_its_word(schema):
    for path in paths(schema):
        try_operation(schema[path]["GET"], examples=MANY, with_borders=True, accept="*/*")


def test_a_method_that_a_door_does_not_know_is_refused_with_those_it_knows(schema):
    client = schema.app.test_client()
    for path in paths(schema, *SAMPLED):
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
            answer = client.open("/ogc" + path.format(featureId="x"), method=method)
            assert answer.status_code == 405, (method, path)
            assert {name.strip() for name in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}
