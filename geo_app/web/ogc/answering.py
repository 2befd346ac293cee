"""Answers: a document for programs or the same as a page for people, each known again by its tag."""

from hashlib import sha256
from typing import Any

import orjson
from flask import Response, g, render_template, request

from geo_app import __version__
from geo_app.web.coding import compress_page
from geo_app.web.ogc.collections import Collection
from geo_app.web.ogc.links import Here, form_links
from geo_app.web.ogc.media import wants_page

CACHE_CONTROL = "public, max-age=0, must-revalidate"
TAG_DIGITS = 32
EXPOSED = "Content-Crs, ETag, Link, X-Revision"
METHODS = "GET, HEAD, OPTIONS"


def shown(document: dict[str, Any], media: str, template: str, **further: Any) -> Response:
    """The document, or the page that `template` makes of it and of `further`; 304 where the asker has just this."""
    if wants_page():
        return page(template, media, document=document, **further)
    answer = Response(orjson.dumps(document, option=orjson.OPT_INDENT_2), content_type=media)
    return _known(compress_page(_dated(answer)))


def page(template: str, media: str, *, kept: tuple[str, ...] = (), **values: Any) -> Response:
    """A page. `media` is the type of the same for programs, `kept` what of the question stays when the language changes."""
    g.kept_parameters = ("f", *kept)
    text = render_template(f"ogc/{template}.html", page="ogc", is_now=True, other_form=form_links(media), **values)
    return _known(compress_page(_dated(Response(text, content_type="text/html; charset=utf-8"))))


def question_tag(collection: Collection, revision: int, place: Here) -> str:
    """A weak tag of the answer to this very question: equal features, asked alike, differ only in when they were told."""
    asked = f"{collection.cache_tag} {revision} {__version__} {place.words.lang} {place.as_asked()}"
    return f'W/"{sha256(asked.encode()).hexdigest()[:TAG_DIGITS]}"'


def is_known(tag: str) -> bool:
    """True where the asker says that she has it; compared weakly (RFC 9110, 13.1.2), since proxies take the `W/` off."""
    known = request.environ.get("HTTP_IF_NONE_MATCH", "")
    return bool(known) and (tag.removeprefix("W/") in known or known.strip() == "*")


def _dated(answer: Response) -> Response:
    answer.headers["Cache-Control"] = CACHE_CONTROL
    answer.headers["Vary"] = "Accept"
    return answer


def _known(answer: Response) -> Response:
    answer.add_etag(weak=True)
    return answer.make_conditional(request)  # type: ignore[return-value]
