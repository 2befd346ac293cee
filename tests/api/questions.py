"""What a machine asks of our documents: every check that Schemathesis has, and the few refusals that no schema can foretell."""

from typing import Any

from hypothesis import HealthCheck, settings
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from geo_app.web.ogc.readers import MAX_LIMIT

# Well-formed values that are refused all the same, by parameter, and why the document cannot say so beforehand.
BEYOND_SCHEMA = {
    ("unreadable-parameter", "bbox"): "JSON Schema cannot say that the least comes before the greatest, nor bound a number in a text",
    ("unreadable-parameter", "within"): "what stands in the brackets of WKT only a parser can judge",
    ("unreadable-parameter", "datetime"): "a start that comes after its end",
    ("unreadable-parameter", "place"): "which places are listed depends on the data",
    ("unknown-sites", "sites"): "which places there are depends on the data",
    ("unknown-sites", "without"): "which places there are depends on the data",
    ("unknown-demand", "demand"): "which tables and jobs there are depends on the data",
    ("bad-argument", "demand"): "a mix must add up",
    ("bad-edit", "edits"): "hours and places inside a change are a language of their own",
    ("edit-swapped", "edits"): "the same",
    ("edit-outside", "edits"): "where the district ends depends on the data",
    ("edits-too-long", "edits"): "counted as an address writes them",
    ("too-many-edits", "edits"): "counted without the empty ones",
    ("unknown-edited-site", "edits"): "which places there are depends on the data",
    ("hidden-marks", "name"): "marks that nobody sees are told by their Unicode category",
    ("hidden-marks", "note"): "the same",
    ("unreadable-parameter", "name"): "counted without the blanks around it",
    ("unreadable-parameter", "note"): "counted without the blanks around it",
    ("unreadable-parameter", "sortby"): "a field may stand once, whichever way it runs",
    ("unreadable-parameter", "filter"): "JSON inside a text",
    ("bad-filter", "filter"): "CQL2 is a language of its own",
}
BAD_REQUEST = 400
# Where JSON is sent, a number may be written as a text, whose size no pattern tells.
WRITTEN_NUMBERS = {("unreadable-parameter", name) for name in ("minutes", "stay_min", "nth", "revision")}
ACCEPT_JSON = "application/json, application/geo+json, */*;q=0.1"


def ask(case: Any, accept: str = ACCEPT_JSON) -> None:
    """Sends what Schemathesis made up and checks the answer in every way it knows."""
    answer = _call(case, accept)
    is_refused = answer.status_code == BAD_REQUEST and is_beyond_schema(
        _told_to_program(case, answer), is_sent=case.media_type == "application/json"
    )
    excluded = [
        check for check, is_so in ((positive_data_acceptance, is_refused), (negative_data_rejection, _asks_too_many(case))) if is_so
    ]
    case.validate_response(answer, excluded_checks=excluded)


def is_beyond_schema(refusal: dict[str, Any], *, is_sent: bool) -> bool:
    """True where a problem document names nothing but what `BEYOND_SCHEMA` does; `is_sent`: as JSON."""
    found = {(problem["code"], problem["parameter"]) for problem in refusal.get("problems", ())}
    return bool(found) and found <= {*BEYOND_SCHEMA, *(WRITTEN_NUMBERS if is_sent else ())}


def _told_to_program(case: Any, answer: Any) -> dict[str, Any]:
    """The refusal as a problem document, also where it was a page."""
    if "json" in answer.headers["content-type"][0]:
        told = answer.json()
    elif (case.query or {}).get("f") == "html":
        told = case.operation.app.test_client().get(answer.request.url.replace("f=html", "f=json")).json
    else:
        answer = _call(case, ACCEPT_JSON)
        told = answer.json() if "json" in answer.headers["content-type"][0] else {}  # the frame of other sites is always a page
    return dict(told)


def _asks_too_many(case: Any) -> bool:
    """A `limit` above the greatest is no error in OGC API – Features (Part 1, 7.15.2): it means the greatest."""
    limit = (case.query or {}).get("limit")
    return case.path.endswith("/items") and str(limit).isdigit() and int(limit) > MAX_LIMIT


def _call(case: Any, accept: str) -> Any:
    return case.call(headers={"Accept": accept, "Accept-Encoding": "identity"})


def try_operation(operation: Any, *, examples: int, with_borders: bool, accept: str = ACCEPT_JSON) -> None:
    """Asks one operation by its examples, by made-up values and, `with_borders`, by each value at each border and each other method."""
    modes = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING, *([HypothesisTestMode.COVERAGE] if with_borders else [])]
    told = settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    config = HypothesisTestConfig(modes=modes, settings=told, project=operation.schema.config)
    create_test(operation=operation, test_func=lambda case: ask(case, accept), config=config)()
