"""Which form an answer takes: what `f` says, else what the asker accepts; who says nothing is a program."""

from flask import request

from geo_app.web.parameters import Parameter, choice
from geo_app.wording.catalogue import LANGUAGES

PATH = "/ogc"
JSON_FORM, PAGE_FORM = "json", "html"
FORMS = (JSON_FORM, PAGE_FORM)
JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PAGE = "text/html"
_JSON_TYPES = (JSON, GEOJSON, SCHEMA, "application/vnd.oai.openapi+json")

F = Parameter("f", choice(FORMS), {"type": "string", "enum": [*FORMS]}, "form of the answer; without it the header Accept decides")
LANG = Parameter(
    "lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of titles and descriptions", default=LANGUAGES[0]
)
COMMON = (F, LANG)


def wants_page() -> bool:
    """True where this request asks for a page for people. A form that is not known counts as not said: the error takes some form too."""
    asked = request.args.get("f")
    if asked in FORMS:
        return asked == PAGE_FORM
    if PAGE not in request.environ.get("HTTP_ACCEPT", ""):
        return False
    accepted = request.accept_mimetypes
    return accepted[PAGE] > max(accepted[name] for name in _JSON_TYPES)


def is_program_asking() -> bool:
    """True where the path asked lies behind these doors, whether there is such a door or not, and no page is asked for."""
    return (request.path == PATH or request.path.startswith(f"{PATH}/")) and not wants_page()
