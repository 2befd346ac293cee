"""`POST /scenarios`: a planner's changes kept under a link that nobody can guess; `POST /scenarios/<token>` changes or erases them."""

import unicodedata
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from geo_app.desk.scenarios import Scenario
from geo_app.domain.calendar import SEOUL
from geo_app.exports.coverage_query import PLAN_PATH
from geo_app.web.coverage_parameters import read_question
from geo_app.web.house import get_language, public_root, seoul_now
from geo_app.web.origin import asks_for_json
from geo_app.web.parameters import Parameter, Unreadable, choice, read_parameters
from geo_app.web.scenarios import BASE, COMPARE_PATH, ERASED, TOKEN_PARAMETER, get_shelf, load_scenario
from geo_app.web.sending import require_own_page, sent_fields, shown_again, told
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES
from geo_app.workspace.scenarios import ScenarioDraft

blueprint = Blueprint("scenarios", __name__)
MAX_NAME_CHARACTERS, MAX_NOTE_CHARACTERS = 80, 2_000
CREATED = 201
# Marks that nobody sees and that may turn a line round; those that join letters and signs belong to some scripts.
HIDDEN, JOINERS, SHOWN_MARKS = ("Cc", "Cf", "Cs", "Zl", "Zp"), "\u200c\u200d", 5
DEEDS = ("change", "rename", "delete")
LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default=DEFAULT_LANGUAGE)


def _text(most: int, allowed: str = "") -> Any:
    allowed += JOINERS

    def read(text: str) -> str:
        plain = text.replace("\r\n", "\n").strip()
        hidden = {mark for mark in plain if unicodedata.category(mark) in HIDDEN and mark not in allowed}
        if hidden:
            raise Unreadable(code="hidden-marks", marks=", ".join(f"U+{ord(mark):04X}" for mark in sorted(hidden)[:SHOWN_MARKS]))
        if len(plain) > most:
            raise Unreadable(f"≤ {most}")
        return plain

    return read


SAVED = (
    Parameter("name", _text(MAX_NAME_CHARACTERS), {"type": "string", "maxLength": MAX_NAME_CHARACTERS}, "what it is called", default=""),
    Parameter("note", _text(MAX_NOTE_CHARACTERS, "\n\t"), {"type": "string", "maxLength": MAX_NOTE_CHARACTERS}, "a note", default=""),
)
DEED = Parameter("do", choice(DEEDS), {"type": "string", "enum": [*DEEDS]}, "what is done with it", default=DEEDS[0])


@blueprint.post("/scenarios")
def save() -> AnyResponse:
    """Keep the question and its changes; 303 to the planner's page under the new link, or 201 to who asks for JSON."""
    get_shelf()  # where none is kept, nothing else needs to be right
    read_parameters((LANG,), request.args)
    given = _sent()
    require_own_page()
    if given.get(TOKEN_PARAMETER):
        load_scenario(given[TOKEN_PARAMETER])
    token = get_shelf().add(_draft(given), at=seoul_now(), address=request.remote_addr)
    return _shown(token, CREATED)


@blueprint.get("/scenarios")
def look() -> AnyResponse:
    """Back to the planner's page: a link, a reload or a prefetch keeps nothing."""
    read_parameters((LANG,), request.args)
    return shown_again(_plan_address())


@blueprint.post("/scenarios/<token>")
def change(token: str) -> AnyResponse:
    """Rename, change or erase what stands under the link. Whoever has the link may, but not by the hand of another site's readers."""
    get_shelf()
    read_parameters((LANG,), request.args)
    require_own_page()
    given = _sent()
    deed = read_parameters((DEED,), MultiDict({"do": given.get("do", "")}))["do"]
    if deed == "delete":
        get_shelf().delete(token)
        return told({"deleted": True}) if asks_for_json() else shown_again(_plan_address(**{ERASED: "yes"}))
    kept = get_shelf().get(token, at=seoul_now())
    draft = _renamed(kept, given) if deed == "rename" else _draft(given, kept)
    get_shelf().change(token, draft, at=seoul_now(), address=request.remote_addr)
    return _shown(token, 200)


def _sent() -> MultiDict[str, str]:
    """What was sent; the page's language may stand among it, a program's question in a member of its own, `parameters`."""
    given = sent_fields(nested="parameters")
    g.sent_language = read_parameters((LANG,), MultiDict({"lang": given.pop("lang", "")}))["lang"]
    return given


def _draft(given: MultiDict[str, str], kept: Scenario | None = None) -> ScenarioDraft:
    """What was sent, read as a question. Raises as `read_question` does."""
    question = MultiDict((name, text) for name, text in given.items(multi=True) if name != "do")
    if kept is not None:  # what is not sent stays as it was
        saved = {**kept.parameters, "edits": kept.edits}
        question.update({name: text for name, text in saved.items() if name not in given})
    asked = read_question(question, SAVED)
    parameters = dict(asked.parameters)
    edits = parameters.pop("edits", "")
    name = asked.further["name"] if kept is None or "name" in given else kept.name
    note = asked.further["note"] if kept is None or "note" in given else kept.note
    return ScenarioDraft(name, note, edits, parameters, asked.snapshot.number)


def _renamed(kept: Scenario, given: MultiDict[str, str]) -> ScenarioDraft:
    fields = read_parameters(SAVED, MultiDict((name, text) for name, text in given.items(multi=True) if name != "do"))
    note = fields["note"] if "note" in given else kept.note
    return ScenarioDraft(fields["name"], note, kept.edits, kept.parameters, kept.base_revision)


def _shown(token: str, status: int) -> AnyResponse:
    if not asks_for_json():
        return shown_again(_plan_address(token))
    kept = get_shelf().get(token, at=seoul_now())
    addresses = {"url": _plan_address(token), "compare_url": f"{request.script_root}{COMPARE_PATH}?a={BASE}&b={token}"}
    whole = {name: public_root() + address for name, address in addresses.items()}
    return told({"token": token, **whole, **scenario_document(kept)}, status)


def scenario_document(kept: Scenario) -> dict[str, Any]:
    """A scenario as JSON tells it, without its token."""
    return {
        "name": kept.name,
        "note": kept.note,
        "edits": kept.edits,
        "parameters": dict(kept.parameters),
        "base_revision": kept.base_revision,
        "made_at": kept.made_at.astimezone(SEOUL).isoformat(timespec="seconds"),
        "expires_on": kept.expires_on.isoformat(),
    }


def _plan_address(token: str | None = None, **further: str) -> str:
    language = get_language() if "lang" in request.args else g.get("sent_language", DEFAULT_LANGUAGE)
    values = {TOKEN_PARAMETER: token, "lang": None if language == DEFAULT_LANGUAGE else language, **further}
    query = urlencode({name: text for name, text in values.items() if text})
    return f"{request.script_root}{PLAN_PATH}" + (f"?{query}" if query else "")
