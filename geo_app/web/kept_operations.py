"""How OpenAPI tells the doors that take something in: reports, wishes and scenarios."""

from collections.abc import Sequence
from typing import Any

from geo_app.web.coverage_parameters import QUESTION
from geo_app.web.open_answers import answer_schema, faults, form_schema, json_schema, query_parameter, refer_headers
from geo_app.web.open_doors import PAGE, PROBLEM
from geo_app.web.origin import JSON
from geo_app.web.parameters import Parameter
from geo_app.web.reports import REPORT
from geo_app.web.scenario_doors import DEED, LANG, SAVED
from geo_app.web.wishes import WISH, WISHES_PAGE
from geo_app.wording.catalogue import SOURCE_LANGUAGE, get_words
from geo_app.wording.report_terms import report_limits

FORM = "application/x-www-form-urlencoded"
REPORTS_DOOR, WISHES_DOOR, SCENARIOS_DOOR = "/reports", "/wishes", "/scenarios"
REPORTS_SUMMARY = "A rider's report of a door, open or closed; only from our own pages or from programs, by POST"
WISHES_SUMMARY = "A rider's wish for a shelter at a place of the list and an hour; only from our own pages or from programs, by POST"
SAVE_SUMMARY = "Keep a question and its changes under a link that nobody can guess; the answer tells it once"
CHANGE_SUMMARY = "Change, rename or erase a saved scenario: whoever has its link may"
LOOK_SUMMARY = "Leads to the page that asks by a form; a link or a reload never sends anything"
WISHES_PAGE_SUMMARY = "The page where a wish is made, and what has been wished for so far"
_TOKEN = {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}, "description": "the key in a scenario's link"}
_STATUSES = ("400", "403", "405", "413", "429", "500", "503")


def kept_paths(*, with_scenarios: bool) -> dict[str, Any]:
    """The paths with their operations."""
    report = _operation("report", REPORTS_SUMMARY, REPORT, done="200", missing="No such place", clash="The place has closed for good")
    report["description"] = report_limits(get_words(SOURCE_LANGUAGE))
    wish = _operation("wish", WISHES_SUMMARY, WISH, done="200")
    paths = {REPORTS_DOOR: {"get": _look("reports-look"), "post": report}, WISHES_DOOR: {"get": _page(), "post": wish}}
    return {**paths, **_scenario_paths()} if with_scenarios else paths


def _scenario_paths() -> dict[str, Any]:
    told = {"missing": "No scenario under this link", "clash": "What the scenario asks for is not in this revision"}
    save = _operation("scenario-save", SAVE_SUMMARY, (*SAVED, *QUESTION), done="201", **told)
    change = _operation("scenario-change", CHANGE_SUMMARY, (DEED, *SAVED, *QUESTION), done="200", **told)
    return {
        SCENARIOS_DOOR: {"get": _look("scenarios-look"), "post": save},
        f"{SCENARIOS_DOOR}/{{token}}": {"parameters": [_TOKEN], "post": change},
    }


def _operation(name: str, summary: str, table: Sequence[Parameter], *, done: str, missing: str = "", clash: str = "") -> dict[str, Any]:
    nested = QUESTION if QUESTION[0] in table else ()
    # A report's members are texts, as its form's fields are.
    members = form_schema(table) if table is REPORT else json_schema(table, nested)
    body = {FORM: {"schema": form_schema(table)}, JSON: {"schema": members}}
    said = {"404": missing, "409": clash}
    statuses = [*_STATUSES, *(status for status, text in said.items() if text)]
    return {
        "operationId": name,
        "summary": summary,
        "tags": ["sent"],
        "parameters": [query_parameter(LANG)],
        "requestBody": {"required": any(item.is_required for item in table), "content": body},
        "responses": {
            done: {"description": "To who asks for JSON", "content": {JSON: {"schema": answer_schema(None)}}},
            "303": {"description": "The page that shows it", "headers": refer_headers(["Location"])},
            **faults(statuses, (PROBLEM, PAGE), said),
        },
    }


def _look(name: str) -> dict[str, Any]:
    answers = {"303": {"description": "To the page", "headers": refer_headers(["Location"])}, **faults(["400", "500"], (PROBLEM, PAGE))}
    return {"operationId": name, "summary": LOOK_SUMMARY, "tags": ["sent"], "parameters": [query_parameter(LANG)], "responses": answers}


def _page() -> dict[str, Any]:
    page = {"description": "The page", "content": {PAGE: {"schema": {"type": "string"}}}}
    shown = [query_parameter(item) for item in WISHES_PAGE]
    answers = {"200": page, **faults(["400", "500", "503"], (PROBLEM, PAGE))}
    return {"operationId": "wishes-page", "summary": WISHES_PAGE_SUMMARY, "tags": ["sent"], "parameters": shown, "responses": answers}
