"""How OpenAPI tells the doors that keep what is sent: wishes and scenarios."""

from collections.abc import Sequence
from typing import Any

from geo_app.web.coverage_parameters import QUESTION
from geo_app.web.parameters import Parameter
from geo_app.web.scenario_doors import DEED, SAVED
from geo_app.web.wishes import WISH

WISHES_SUMMARY = "A rider's wish for a shelter at a place of the list and an hour; only from our own pages or from programs, by POST"
SAVE_SUMMARY = "Keep a question and its changes under a link that nobody can guess; the answer tells it once"
CHANGE_SUMMARY = "Change, rename or erase a saved scenario: whoever has its link may"
_MEDIA = ("application/x-www-form-urlencoded", "application/json")
_TOKEN = {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}


def kept_paths(problem: dict[str, Any]) -> dict[str, Any]:
    """The paths with their operations; `problem` is the content of an answer that tells a fault."""
    save = _operation("scenario-save", SAVE_SUMMARY, (*SAVED, *QUESTION), problem, done="201")
    change = _operation("scenario-change", CHANGE_SUMMARY, (DEED, *SAVED, *QUESTION), problem, done="200")
    change["responses"]["404"] = {"description": "No scenario under this link", **problem}
    return {
        "/wishes": {"post": _operation("wish", WISHES_SUMMARY, WISH, problem, done="200")},
        "/scenarios": {"post": save},
        "/scenarios/{token}": {"parameters": [_TOKEN], "post": change},
    }


def _operation(name: str, summary: str, table: Sequence[Parameter], problem: dict[str, Any], *, done: str) -> dict[str, Any]:
    form: dict[str, Any] = {
        "type": "object",
        "properties": {item.name: {**item.schema, "description": item.description} for item in table},
    }
    if required := [item.name for item in table if item.is_required]:
        form["required"] = required
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": {media: {"schema": form} for media in _MEDIA}},
        "responses": {
            done: {"description": "To who asks for JSON", "content": {"application/json": {"schema": {"type": "object"}}}},
            "303": {"description": "The page that shows it"},
            "400": {"description": "Bad fields, all of them named", **problem},
            "403": {"description": "Sent by another site's page", **problem},
            "429": {"description": "A limit is reached", "headers": {"Retry-After": {"schema": {"type": "integer"}}}, **problem},
            "503": {"description": "Not ready", **problem},
        },
    }
