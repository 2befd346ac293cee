"""One table from error codes to HTTP status, and how an error is shown: a problem document to machines, a page to people."""

import logging
import traceback
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem
from geo_app.web.coding import compress_page
from geo_app.web.house import link, words_of_reader
from geo_app.web.ogc.media import is_program_asking
from geo_app.web.origin import asks_for_json
from geo_app.web.parameters import BadParameters
from geo_app.web.scenarios import ScenarioMisses
from geo_app.wording.catalogue import Words
from geo_app.wording.problems import error_sentence, problem_hint, problem_sentence

STATUS_BY_CODE = {
    "bad-parameters": 400,
    "bad-coordinates": 400,
    "bad-geometry": 400,
    "bad-argument": 400,
    "unknown-layer": 404,
    "bad-filter": 400,
    "too-much-work": 400,
    "unknown-collection": 404,
    "unknown-feature": 404,
    "unknown-site": 404,
    "unknown-revision": 404,
    "report-from-elsewhere": 403,
    "place-closed-for-good": 409,
    "too-many-reports": 429,
    "report-changed-too-often": 429,
    "unknown-demand": 400,
    "revision-busy": 503,
    "bad-edit": 400,
    "too-many-edits": 400,
    "edits-too-long": 400,
    "edit-swapped": 400,
    "edit-outside": 400,
    "scenario-misses": 409,
    "unknown-edited-site": 400,
    "unknown-scenario": 404,
    "scenarios-not-kept": 403,
    "sent-from-elsewhere": 403,
    "too-many-scenarios": 429,
    "too-many-wishes": 429,
    "not-ready": 503,
    "broken-store": 503,
    "not-founded": 503,
}
HTTP_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    429: "too-many",
    500: "fault",
    503: "not-ready",
}
RETRY_AFTER_SECONDS = 5
LOGGED_PATH_CHARACTERS = 200
SCENARIO_PATH = "/scenarios/"
STAFF_PATHS = ("/plan", "/scenarios")
MACHINE_PATHS = (
    "/api/", "/layers/", "/shelters.bundle.json", "/healthz", "/readyz", "/words/", "/embed/", "/embed.", "/export/", "/changes.atom",
)  # fmt: skip
FRAME_PATH = "/embed"  # in somebody else's page there is room for one sentence and a way out
TWO_TONGUED = ("reports", "scenarios", "wishes", "coverage_files", "wish_files")  # doors that answer people and machines under one address
# Their own sentences are written for readers of pages.
PLAIN_SPOKEN = (
    "report-from-elsewhere", "place-closed-for-good", "too-many-reports", "report-changed-too-often", "sent-from-elsewhere",
    "unknown-scenario", "scenarios-not-kept", "too-many-scenarios", "too-many-wishes", "bad-edit", "unknown-edited-site",
    "too-many-edits", "edits-too-long", "edit-swapped", "edit-outside", "scenario-misses",
    "bad-filter", "too-much-work", "unknown-collection", "unknown-feature",
)  # fmt: skip
_log = logging.getLogger(__name__)
Ways = tuple[tuple[str, str], ...]  # (what a link says, its address)


def handle(app: Flask) -> None:
    """Show every error of the house, of HTTP, and the unforeseen, in the one way."""
    app.register_error_handler(GeoAppError, _show_own)
    app.register_error_handler(SecurityError, _show_refused_host)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(Exception, _show_unforeseen)
    app.after_request(_redirect_within_the_house)


def _show_own(error: GeoAppError) -> Response:
    status = STATUS_BY_CODE.get(error.code, 500)
    problems = list(error.problems) if isinstance(error, BadParameters) else []
    words = words_of_reader()
    listed = [
        {
            "code": item.code,
            "parameter": item.column,
            "value": item.value,
            "message": problem_sentence(item, words),
            "hint": problem_hint(item, words),
        }
        for item in problems
    ]
    if status == SERVER_FAULT:
        _log.error("%s on %s", error.code, _path_on_one_line())
    is_plain = _is_machine_door() or error.code in PLAIN_SPOKEN
    sentence = error_sentence(error, words) if is_plain else words(_page_sentence(status, problems))
    answer = _answer(status, error.code, sentence, listed, _ways_back(error, words))
    if "retry_after_s" in error.values:
        answer.headers["Retry-After"] = str(error.values["retry_after_s"])
    return answer


def _page_sentence(status: int, problems: list[Problem]) -> str:
    """What a page says above its list of problems."""
    if problems and all(problem.column == "edits" for problem in problems):
        return _EDITS_SENTENCE
    return (_STAFF_SENTENCES if _is_for_staff() else _PAGE_SENTENCES).get(status) or _fault_sentence()


def _ways_back(error: GeoAppError, words: Words) -> Ways:
    """Where what was asked for can still be seen."""
    if not isinstance(error, ScenarioMisses) or error.values["base_revision"] == error.values["revision"]:
        return ()
    number = error.values["base_revision"]
    return ((words("Open it on revision {revision}", revision=number), link("plan", scenario=error.token, revision=number)),)


def _show_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004 redirects are answers, not errors
        return error.get_response()  # type: ignore[return-value]
    code = HTTP_CODES.get(error.code, "bad-request" if error.code < 500 else "fault")  # noqa: PLR2004 the classes of HTTP
    sentences = {**_HTTP_SENTENCES, **_STAFF_SENTENCES} if _is_for_staff() else _HTTP_SENTENCES
    answer = _answer(error.code, code, words_of_reader()(sentences.get(error.code, "This cannot be answered.")), [])
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _redirect_within_the_house(answer: Response) -> Response:
    # The router writes scheme and host as they were asked, which is not always how the public asks: the path alone holds everywhere.
    if answer.location is not None:
        target = urlsplit(answer.location)
        behind = (f"?{target.query}" if target.query else "") + (f"#{target.fragment}" if target.fragment else "")
        answer.location = "/" + target.path.lstrip("/") + behind
        answer.data = b""
    return answer


def _show_refused_host(error: SecurityError) -> Response:
    del error  # plain words: without a known host no page can make its links
    return Response(
        "This host is not served. / 이 주소로는 열 수 없습니다. (GEO_APP_PUBLIC_URL, GEO_APP_HOSTS)\n", 400, mimetype="text/plain"
    )


def _show_unforeseen(error: Exception) -> Response:
    # Without the query string, and without what the fault says: either may hold somebody's position.
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("unforeseen fault on %s: %s\n%s", _path_on_one_line(), type(error).__name__, frames)
    return _answer(500, "fault", words_of_reader()(_fault_sentence()), [])


def _answer(status: int, code: str, sentence: str, problems: list[dict[str, Any]], ways: Ways = ()) -> Response:
    body: Response
    if _is_machine_door():
        document = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": sentence}
        if problems:
            document["problems"] = problems
        body = Response(orjson.dumps(document), status, mimetype="application/problem+json")
        body.headers["Access-Control-Allow-Origin"] = "*"
    else:
        body = compress_page(
            Response(
                render_template(
                    "web/embed_error.html" if request.path == FRAME_PATH else "web/error.html",
                    status=status,
                    code=code,
                    sentence=sentence,
                    problems=problems,
                    ways=ways,
                    is_for_staff=_is_for_staff(),
                ),
                status,
                mimetype="text/html",
            )
        )
    body.headers["Cache-Control"] = "no-store"
    if status == UNAVAILABLE:
        body.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return body


def _path_on_one_line() -> str:
    # A scenario's link is its key: no log holds one.
    path = SCENARIO_PATH if request.path.startswith(SCENARIO_PATH) else request.path
    return quote(path.partition("?")[0][:LOGGED_PATH_CHARACTERS])


def _is_machine_door() -> bool:
    if request.path.startswith(MACHINE_PATHS) or is_program_asking():
        return True
    return request.blueprint in TWO_TONGUED and asks_for_json()


def _is_for_staff() -> bool:
    """The planner's pages speak to an office and lead back to the plan."""
    return request.path.startswith(STAFF_PATHS)


def _fault_sentence() -> str:
    return _STAFF_SENTENCES[SERVER_FAULT] if _is_for_staff() else _FAULT_SENTENCE


SERVER_FAULT = 500
UNAVAILABLE = 503
_EDITS_SENTENCE = "These changes cannot be worked out as they stand."
_FAULT_SENTENCE = "Something went wrong here. Nothing was lost; please try again."
# What a reader is told on a page; machines get the precise sentence of the code.
_PAGE_SENTENCES = {
    400: "Something in this address cannot be read.",
    404: "We could not find that place. It may have been renamed or taken down.",
    503: "The map is just being prepared. Please try again in a moment.",
}
_STAFF_SENTENCES = {
    400: "Something in the address of this plan cannot be read.",
    404: "There is nothing at this address of the plan.",
    500: "Something went wrong at our end. Nothing was lost: open the plan once more.",
    503: "The plan is just being prepared. Open it again in a moment.",
}
_HTTP_SENTENCES = {
    400: "This request cannot be read.",
    404: "There is no such page.",
    405: "This address does not take that method.",
    413: "That is too large for this address.",
}
