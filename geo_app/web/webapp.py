"""The finder as an app of the phone: its manifest, its service worker, the words its script speaks."""

import hashlib
from functools import lru_cache
from typing import Any

import orjson
from flask import Blueprint, Response, abort, request

from geo_app.assets import find_assets, without_comments
from geo_app.web.assets import VERSION_DIGITS
from geo_app.web.coding import compress_page
from geo_app.web.headers import MARK
from geo_app.web.house import asset, get_district, get_house, get_snapshot, link, words_of_reader
from geo_app.web.parameters import Parameter, read_parameters, short_text
from geo_app.web.phone_words import phone_words
from geo_app.wording.catalogue import LANGUAGES, get_words

blueprint = Blueprint("webapp", __name__)
_LANG = Parameter("lang", lambda text: text, {"type": "string", "enum": [*LANGUAGES]}, "language", default="ko")
_VERSION = Parameter("v", short_text, {"type": "string"}, "version of the code, so that another one is another address", default="")
# The land and the accent of css/tokens.css, light: a splash screen is shown before any style is read.
BACKGROUND_COLOUR, THEME_COLOUR = "#F6F5F1", "#F6F5F1"
ICONS = (
    ("img/app-icon.svg", "any", "image/svg+xml", "any"),
    ("img/app-icon-192.png", "192x192", "image/png", "any"),
    ("img/app-icon-512.png", "512x512", "image/png", "any"),
    ("img/app-icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to put the finder beside its other apps. One app in every language: the `id` is the same."""
    read_parameters((_LANG,), request.args)
    words, root = words_of_reader(), f"{request.script_root}/"
    name = words("{district} Work & Shelter Map", district=get_district(get_snapshot()).name(words.lang))
    told = {
        "id": root,
        "name": name,
        "short_name": words("Find a shelter"),
        "lang": words.lang,
        "start_url": link("finder", lang=words.lang),
        "scope": root,
        "display": "standalone",
        "background_color": BACKGROUND_COLOUR,
        "theme_color": THEME_COLOUR,
        "icons": [{"src": asset(path), "sizes": sizes, "type": kind, "purpose": purpose} for path, sizes, kind, purpose in ICONS],
    }
    return _answer(orjson.dumps(told), "application/manifest+json")


@blueprint.get("/words/<lang>.json")
def words(lang: str) -> Response:
    """The sentences of the phone's script in one language."""
    read_parameters((_VERSION,), request.args)
    if lang not in LANGUAGES:
        abort(404)
    return _answer(_words_json(lang), "application/json")


@blueprint.get("/sw.js")
def service_worker() -> Response:
    """The service worker, told the version of the code and of the words; or the one that takes everything back, where it is off."""
    read_parameters((), request.args)
    house = get_house()
    setup = {
        "version": app_version(),
        "root": f"{request.script_root}/",
        "languages": LANGUAGES,
        "words": house.assets.version,
        "mark": MARK,
    }
    script = _worker_script() if house.settings.is_offline_kept else _worker_off_script()
    return _answer(b"const SETUP = " + orjson.dumps(setup) + b";\n" + script.encode(), "text/javascript; charset=utf-8")


def app_version() -> str:
    """Changes whenever a static file or a sentence of the script does: then phones fetch anew what they keep."""
    digest = hashlib.sha256(get_house().assets.version.encode())
    for lang in LANGUAGES:
        digest.update(_words_json(lang))
    return digest.hexdigest()[:VERSION_DIGITS]


@lru_cache(maxsize=len(LANGUAGES))
def _words_json(lang: str) -> bytes:
    return orjson.dumps(phone_words(get_words(lang)))


def _worker_script() -> str:
    return (get_house().assets.folder / "js" / "sw.js").read_text(encoding="utf-8")


def _worker_off_script() -> str:
    return without_comments((find_assets("static") / "js" / "sw_off.js").read_text(encoding="utf-8"))


def _answer(body: bytes, content_type: str) -> Response:
    # Asked anew each time, and mostly answered by 304: a phone must not work for a year with yesterday's words.
    answer = Response(body, content_type=content_type)
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(hashlib.sha256(body).hexdigest(), weak=True)  # the same words in another coding
    told: Any = compress_page(answer).make_conditional(request)
    return told  # type: ignore[no-any-return]
