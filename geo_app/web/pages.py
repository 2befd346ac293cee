"""Pages for people, whole as lists without JavaScript: finder, lists, sites, about."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from geo_app.desk.scenarios import SCENARIOS_KEPT
from geo_app.domain.layers import AMENITIES, get_layer
from geo_app.domain.report import Seen
from geo_app.finder.standing import DEFAULT_STAY_MIN
from geo_app.travel.speeds import Mode
from geo_app.web import about_page, finder_page, list_page, site_page
from geo_app.web.coding import compress_page
from geo_app.web.finder_form import FinderRequest
from geo_app.web.house import get_house, get_snapshot, seoul_now, words_of_reader
from geo_app.web.parameters import Parameter, choice, choices, integer, moment, read_parameters, short_text
from geo_app.wording.catalogue import LANGUAGES
from geo_app.wording.report_terms import report_terms
from geo_app.wording.wish_terms import scenario_terms, wish_terms

blueprint = Blueprint("pages", __name__)
_LANG = Parameter("lang", lambda text: text, {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default="ko")
_AT = Parameter("at", moment, {"type": "string"}, "the time to look at")
LONGEST_STAY_MIN = 24 * 60
FINDER = (
    _LANG,
    _AT,
    Parameter("from", short_text, {"type": "string"}, "id of a place to start from", default=""),
    Parameter("mode", choice([*Mode]), {"type": "string", "enum": [*Mode]}, "how one travels", default=Mode.WALK.value),
    Parameter("stay", integer(1, LONGEST_STAY_MIN), {"type": "integer"}, "minutes of rest wanted", default=DEFAULT_STAY_MIN),
    Parameter("has", choices(AMENITIES), {"type": "string"}, "amenities that all must be there, comma-separated", default=()),
)
LIST = (
    _LANG,
    _AT,
    Parameter("q", short_text, {"type": "string"}, "part of a name or address", default=""),
    Parameter("dong", short_text, {"type": "string"}, "name of a dong", default=""),
    Parameter("page", integer(1, 100_000), {"type": "integer"}, "page, from 1", default=1),
)
PLAIN = (_LANG, _AT)
SITE = (
    *PLAIN,
    Parameter("reported", choice([*Seen]), {"type": "string", "enum": [*Seen]}, "what a rider has just reported of this place"),
)


@blueprint.get("/")
def finder() -> Response:
    """The shelters one can walk into on arrival, ranked for a chosen place."""
    values = read_parameters(FINDER, _gathered(request.args, "has"))
    asked = FinderRequest(
        place_id=values["from"],
        at=values["at"] or seoul_now(),
        is_now=values["at"] is None,
        mode=Mode(values["mode"]),
        stay_min=values["stay"],
        wanted=tuple(dict.fromkeys(values["has"])),
    )
    return _page("web/finder.html", page="finder", **finder_page.finder(get_snapshot(), asked))


@blueprint.get("/list/<layer>")
def listing(layer: str) -> Response:
    """A layer as a list, by word and dong, a page at a time."""
    get_layer(layer)
    values = read_parameters(LIST, request.args)
    question = list_page.ListQuestion(
        layer, values["q"], values["dong"], values["page"], values["at"] or seoul_now(), is_now=values["at"] is None
    )
    return _page("web/list.html", page="list", **list_page.listing(get_snapshot(), question))


@blueprint.get("/sites/<layer>/<site_id>")
def site(layer: str, site_id: str) -> Response:
    """One place: its state, how to get in, its week, hours as each source tells them, where every fact comes from."""
    values = read_parameters(SITE, request.args)
    return _page(
        "web/site.html",
        page="site",
        reported=values["reported"],
        **site_page.site(get_snapshot(), layer, site_id, values["at"] or seoul_now(), is_now=values["at"] is None),
    )


@blueprint.get("/sites/<layer>/<site_id>/show")
def show(layer: str, site_id: str) -> Response:
    """One large Korean sentence to hold out to the staff of a shelter."""
    read_parameters(PLAIN, request.args)
    return _page("web/show.html", page="site", **site_page.show(get_snapshot(), layer, site_id))


@blueprint.get("/about")
def about() -> Response:
    """What the map holds: official counts, names known, places known; indicators with their sources."""
    read_parameters(PLAIN, request.args)
    return _page("web/about.html", page="about", **about_page.about(get_snapshot()))


@blueprint.get("/about/privacy")
def privacy() -> Response:
    """What is kept of whoever looks or reports, and what is not."""
    read_parameters((_LANG,), request.args)
    words, house = words_of_reader(), get_house()
    terms = {
        "terms": report_terms(words),
        "is_outside": house.settings.published_file is not None,
        "wish_terms": wish_terms(words),
        "scenario_terms": scenario_terms(words, kept_days=SCENARIOS_KEPT.days) if house.scenarios else (),
    }
    return _page("web/privacy.html", page="about", **terms)


def _gathered(given: MultiDict[str, str], name: str) -> MultiDict[str, str]:
    """The parameters with those of one name joined by commas: a plain form sends a ticked box each."""
    texts = [text for text in given.getlist(name) if text]
    others = [(key, text) for key, text in given.items(multi=True) if key != name]
    return MultiDict([*others, *([(name, ",".join(texts))] if texts else [])])


def _page(template: str, **values: Any) -> Response:
    answer = Response(render_template(template, **values), mimetype="text/html")
    # What depends on the clock may be a minute old at most.
    answer.headers["Cache-Control"] = "no-cache" if values.get("is_now", True) else "public, max-age=60"
    return compress_page(answer)
