"""What small forms send to be kept, by a page of ours or a program: who may, and how it is read."""

from typing import Any

import orjson
from flask import Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from geo_app.domain.errors import GeoAppError
from geo_app.web.house import get_house
from geo_app.web.origin import is_from_elsewhere

SEE_OTHER = 303


class SentFromElsewhere(GeoAppError):
    """Another site's page sent a form in its reader's name. No values."""

    code = "sent-from-elsewhere"


def require_own_page() -> None:
    """Raises `SentFromElsewhere`."""
    if is_from_elsewhere(get_house().settings.public_url):
        raise SentFromElsewhere


def sent_fields(nested: str = "") -> MultiDict[str, str]:
    """The fields of a form, or the members of a JSON object as their texts. Raises `BadRequest`.

    The members of the object called `nested` count as the document's own.
    """
    if not request.is_json:
        return MultiDict(request.form)
    try:
        given = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        raise BadRequest from None
    if not isinstance(given, dict):
        raise BadRequest
    inner = given.pop(nested, {})
    if not isinstance(inner, dict):
        raise BadRequest
    return MultiDict({name: _text(value) for name, value in {**inner, **given}.items() if value is not None})


def shown_again(address: str) -> AnyResponse:
    """Leads a browser on to the page that shows what was kept."""
    answer = redirect(address, SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def told(document: Any, status: int = 200) -> Response:
    """JSON for a program; never kept by anybody on the way."""
    answer = Response(orjson.dumps(document), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise BadRequest
