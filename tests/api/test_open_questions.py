"""Every door of `/api/openapi.json` keeps what the document says, whatever a machine makes up."""

import pytest
import schemathesis
from api.questions import try_operation

from geo_app.web.kept_operations import REPORTS_DOOR, SCENARIOS_DOOR, WISHES_DOOR
from geo_app.web.open_doors import COVERAGE_DOOR, DOORS

SENT = [(method, path) for path in (REPORTS_DOOR, WISHES_DOOR, SCENARIOS_DOOR) for method in ("GET", "POST")]
OPERATIONS = [
    *(("GET", door.path) for door in DOORS),
    *(("POST", door.path) for door in DOORS if door.is_posted),
    *SENT,
    ("POST", f"{SCENARIOS_DOOR}/{{token}}"),
]
# They take the question of coverage too; its every border is tried once, at the first of these doors.
ASKING_COVERAGE = {door.path for door in DOORS if door.asks_coverage} - {COVERAGE_DOOR} | {SCENARIOS_DOOR, f"{SCENARIOS_DOOR}/{{token}}"}
FEW, MANY = 5, 100


@pytest.fixture(scope="module")
def schema(asked_app):
    return schemathesis.openapi.from_wsgi("/api/openapi.json", asked_app)


def test_every_operation_is_asked(schema):
    told = {f"{method.upper()} {path}" for path, item in schema.raw_schema["paths"].items() for method in item if method != "parameters"}
    assert told == {f"{method} {path}" for method, path in OPERATIONS}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_door_keeps_its_word(method, path, schema):
    try_operation(schema[path][method], examples=FEW, with_borders=path not in ASKING_COVERAGE)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_door_keeps_its_word_to_anybody(method, path, schema):
    try_operation(schema[path][method], examples=MANY, with_borders=True, accept="*/*")


@pytest.mark.parametrize("path", sorted({path for _, path in OPERATIONS}))
def test_a_method_that_a_door_does_not_know_is_refused_with_those_it_knows(path, schema):
    told = {name.upper() for name in schema.raw_schema["paths"][path]} - {"PARAMETERS"}
    known = told | {"OPTIONS"} | ({"HEAD"} if "GET" in told else set())
    place = path.format(layer="shelters", table="dongs", ext="csv", token="t" * 22)
    client = schema.app.test_client()
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - known:
        answer = client.open(place, method=method)
        assert answer.status_code == 405, method
        assert {name.strip() for name in answer.headers["Allow"].split(",")} == known
