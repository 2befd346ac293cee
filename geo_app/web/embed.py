"""`/embed`, the only page that other sites may frame; `/embed/places.json`, what it fetches anew; `/embed.js`, the element for hosts.

The frame sets no cookie, keeps nothing in the browser and tells nobody where its reader is.
"""

import hashlib
from functools import lru_cache
from typing import Any

import orjson
from flask import Blueprint, Response, make_response, render_template, request

from geo_app.assets import find_assets, without_comments
from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import MARKS
from geo_app.domain.district import District
from geo_app.maps.embed_sentences import EMBED_PLURALS, EMBED_SENTENCES
from geo_app.maps.embed_shell import build_embed_shell
from geo_app.maps.offers import StreetOffer
from geo_app.maps.shell import MapShell, inline_json
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import compress_page
from geo_app.web.embed_content import at_text, embed_bounds, embed_places
from geo_app.web.embed_parameters import EmbedRequest, embed_query, read_embed
from geo_app.web.headers import content_security_policy
from geo_app.web.house import asset, get_district, get_house, get_snapshot, link, words_of_reader
from geo_app.web.parameters import read_parameters
from geo_app.web.streets import street_offer
from geo_app.wording.script_words import script_words

blueprint = Blueprint("embed", __name__)
HOST_SCRIPT_SECONDS = 600  # how long a site's visitors may go on with the script they have
POLICY = "Content-Security-Policy"
EMPTY_SHELL = MapShell("", "", "", (), (), ())


@blueprint.get("/embed")
def page() -> Response:
    """The frame, whole without a script."""
    asked = read_embed(request.args)
    snapshot = get_snapshot()
    shell = _shell(snapshot) if asked.show != "list" else EMPTY_SHELL
    shown = embed_places(asked)
    body = render_template("web/embed.html", shell=shell, constants=_constants(snapshot, asked), marks=MARKS, mark_svg=mark_svg, **shown)
    answer = Response(body, mimetype="text/html")
    answer.headers[POLICY] = _policy(shell.script_hashes)
    answer.headers["Cache-Control"] = "no-cache"
    return compress_page(answer)


@blueprint.get("/embed/places.json")
def places() -> Response:
    """The parts of the frame that time and revisions change, as the page itself writes them."""
    shown = embed_places(read_embed(request.args))
    told = {
        "revision": get_snapshot().number,
        "head": render_template("web/_embed_head.html", **shown),
        "places": render_template("web/_embed_places.html", mark_svg=mark_svg, **shown),
    }
    answer = Response(orjson.dumps(told), content_type="application/json")
    # Any origin: in a sandboxed frame the page's own is nobody's.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-cache"
    return compress_page(answer)


@blueprint.get("/embed.js")
def host_script() -> Response:
    """The custom element `<work-shelter-map>` for pages of other sites. It finds our address in its own."""
    read_parameters((), request.args)
    script, digest = _host_script()
    answer = Response(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = f"public, max-age={HOST_SCRIPT_SECONDS}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.set_etag(digest, weak=True)  # the same script in another coding
    told: Response = make_response(compress_page(answer).make_conditional(request))
    return told


@blueprint.after_request
def may_be_framed(answer: Response) -> Response:
    """Errors too: a page that may not be framed would leave a hole in the site around it."""
    if answer.mimetype == "text/html" and POLICY not in answer.headers:
        answer.headers[POLICY] = _policy(())
    return answer


def _policy(script_hashes: tuple[str, ...]) -> str:
    return content_security_policy(scripts=script_hashes, framed_by=("'self'", *get_house().settings.embed_origins))


def _shell(snapshot: Snapshot) -> MapShell:
    return _shell_of(get_district(snapshot), street_offer(snapshot), asset("").rstrip("/"))


@lru_cache(maxsize=4)
def _shell_of(district: District, backdrop: StreetOffer | None, asset_root: str) -> MapShell:
    return build_embed_shell(asset=lambda name: f"{asset_root}/{name}", district=district, backdrop=backdrop)


def _constants(snapshot: Snapshot, asked: EmbedRequest) -> str:
    words = words_of_reader()
    has_complexes = "industrial-complexes" in asked.layers
    told: dict[str, Any] = {
        "lang": words.lang,
        "is_now": asked.is_now,
        "answered_at": asked.at.isoformat(timespec="seconds"),
        "area": asked.area,
        "bounds": embed_bounds(snapshot, asked) or get_district(snapshot).bounds_lonlat,
        "has_list": asked.show != "map",
        "fills": asked.show == "map",
        "revision": snapshot.number,
        "urls": {
            "places": link("embed.places", **{**embed_query(asked), "at": at_text(asked), "check": None, "lang": words.lang}),
            "revision": link("api.revision", lang="ko"),
            "dongs": link("layers.geojson", layer="dongs", lang="ko"),
            "complexes": link("layers.geojson", layer="industrial-complexes", lang="ko") if has_complexes else None,
        },
        "words": script_words(EMBED_SENTENCES, EMBED_PLURALS, words),
    }
    return inline_json(told)


@lru_cache(maxsize=1)
def _host_script() -> tuple[str, str]:
    script = without_comments((find_assets("static") / "js" / "embed_host.js").read_text(encoding="utf-8"))
    return script, hashlib.sha256(script.encode()).hexdigest()
