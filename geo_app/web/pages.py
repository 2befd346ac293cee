"""Pages for people, whole as lists without JavaScript: finder, lists, sites, about."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from geo_app.domain.layers import get_layer
from geo_app.web import page_content as content
from geo_app.web.coding import compress_page
from geo_app.web.house import get_snapshot, seoul_now
from geo_app.web.parameters import Parameter, integer, moment, read_parameters, short_text
from geo_app.wording.catalogue import LANGUAGES

blueprint = Blueprint("pages", __name__)
_LANG = Parameter("lang", lambda text: text, {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default="ko")
_AT = Parameter("at", moment, {"type": "string"}, "the time to look at")
FINDER = (_LANG, _AT, Parameter("from", short_text, {"type": "string"}, "id of a dong or a complex to start from", default=""))
LIST = (
    _LANG,
    _AT,
    Parameter("q", short_text, {"type": "string"}, "part of a name or address", default=""),
    Parameter("dong", short_text, {"type": "string"}, "name of a dong", default=""),
    Parameter("page", integer(1, 100_000), {"type": "integer"}, "page, from 1", default=1),
)
PLAIN = (_LANG, _AT)


@blueprint.get("/")
def finder() -> Response:
    """The shelters nearest to a chosen place, those known to be open first."""
    values = read_parameters(FINDER, request.args)
    return _page(
        "web/finder.html",
        page="finder",
        **content.finder(get_snapshot(), values["from"], values["at"] or seoul_now(), is_now=values["at"] is None),
    )


@blueprint.get("/list/<layer>")
def listing(layer: str) -> Response:
    """A layer as a list, by word and dong, fifty to a page."""
    get_layer(layer)
    values = read_parameters(LIST, request.args)
    question = content.ListQuestion(
        layer, values["q"], values["dong"], values["page"], values["at"] or seoul_now(), is_now=values["at"] is None
    )
    return _page("web/list.html", page="list", **content.listing(get_snapshot(), question))


@blueprint.get("/sites/<layer>/<site_id>")
def site(layer: str, site_id: str) -> Response:
    """One place: its state, how to get in, hours as each source tells them, where every fact comes from."""
    values = read_parameters(PLAIN, request.args)
    return _page(
        "web/site.html",
        page="site",
        **content.site(get_snapshot(), layer, site_id, values["at"] or seoul_now(), is_now=values["at"] is None),
    )


@blueprint.get("/about")
def about() -> Response:
    """What the map holds: official counts, names known, places known; indicators with their sources."""
    read_parameters(PLAIN, request.args)
    return _page("web/about.html", page="about", **content.about(get_snapshot()))


def _page(template: str, **values: Any) -> Response:
    answer = Response(render_template(template, **values), mimetype="text/html")
    # What depends on the clock may be a minute old at most.
    answer.headers["Cache-Control"] = "no-cache" if values.get("is_now", True) else "public, max-age=60"
    return compress_page(answer)
