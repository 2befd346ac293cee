"""`POST /wishes`: "we need one here", at a place of the list and an hour, without an account, a cookie or a position; their counts."""

from math import ceil
from typing import Any

import orjson
from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from geo_app.domain.errors import GeoAppError
from geo_app.domain.wish import LEAST_TOLD, WISHES_KEPT, DayBand, WishCount, WishTime, parse_wish_time, wish_time_of
from geo_app.finder.gazetteer import WISHED_KINDS, Place, find_place, list_places
from geo_app.web.coding import compress_page
from geo_app.web.house import get_snapshot, link, seoul_now, words_of_reader
from geo_app.web.origin import asks_for_json
from geo_app.web.parameters import TEXT_SCHEMA, Parameter, Unreadable, choice, read_parameters, short_text
from geo_app.web.sending import require_own_page, sent_fields, shown_again, told
from geo_app.web.wish_list import KIND_WORDS, WISH_SORT_NAMES, count_text, list_located, open_box, read_wish_sort, wish_table
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words
from geo_app.wording.wish_terms import DAY_BAND_WORDS

blueprint = Blueprint("wishes", __name__)
NOW = "now"
HOURS_A_DAY = 24
SECONDS_A_MINUTE = 60
FRESH_FOR_S = 60


class TooManyWishes(GeoAppError):
    """One of the limits by the hour is reached. Values: `limit`, `retry_after_s`, `minutes`."""

    code = "too-many-wishes"


def _when(text: str) -> WishTime | None:
    """None for now."""
    time = parse_wish_time(text)
    if time is None and text != NOW:
        raise Unreadable("now, weekday-02, saturday-13, sunday-23")
    return time


def _place_id(text: str) -> str:
    place = find_place(get_snapshot(), short_text(text))
    if place is None or place.kind not in WISHED_KINDS:
        raise Unreadable(", ".join(WISHED_KINDS))
    return place.id


_LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the page", default=DEFAULT_LANGUAGE)
_PLACE_SCHEMA = {**TEXT_SCHEMA, "minLength": 1}
_PLACE = Parameter("place", _place_id, _PLACE_SCHEMA, "id of a dong, complex, station or dong office: never a position", is_required=True)
_WHEN_SCHEMA = {"type": "string", "pattern": f"^(now|({'|'.join(DayBand)})-([01][0-9]|2[0-3]))$"}
WISH = (
    _PLACE,
    Parameter("when", _when, _WHEN_SCHEMA, "now, or an hour of a kind of day in Seoul", is_required=True, example="weekday-02"),
)
_SORTS = {"type": "string", "enum": [*WISH_SORT_NAMES]}
WISHES_PAGE = (
    _LANG,
    Parameter("place", short_text, TEXT_SCHEMA, "the place chosen beforehand", default=""),
    Parameter("wished", choice(("yes",)), {"type": "string", "enum": ["yes"]}, "a wish for that place was taken in"),
    Parameter("sort", read_wish_sort, _SORTS, "a column of the table, `wishes.time`, downwards `wishes.-count`"),
)


@blueprint.post("/wishes")
def wish() -> AnyResponse:
    """Take a wish in, then say so (303 to `GET /wishes`), or tell it to who asks for JSON."""
    require_own_page()
    read_parameters((_LANG,), request.args)
    values, at = read_parameters(WISH, sent_fields()), seoul_now()
    time = values["when"] or wish_time_of(at)
    filing = open_box().add(values["place"], time, at=at, address=request.remote_addr)
    if filing.limit is not None:
        seconds = filing.retry_after_s
        raise TooManyWishes(limit=filing.limit.value, retry_after_s=seconds, minutes=ceil(seconds / SECONDS_A_MINUTE))
    if asks_for_json():
        return told({"place": values["place"], "when": str(time), "outcome": filing.outcome})
    return shown_again(link("wishes.page", place=values["place"], wished="yes"))


@blueprint.get("/wishes")
def page() -> Response:
    """Where a wish is made for another place or hour, and what has been wished for so far."""
    values = read_parameters(WISHES_PAGE, request.args)
    shown = {"chosen": values["place"], "is_wished": values["wished"] is not None, "choices": _choices(), "hours": _hours()}
    answer = Response(render_template("web/wishes.html", page="wishes", **shown), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-cache"
    return compress_page(answer)


@blueprint.get("/api/wishes")
def counts() -> Response:
    """How many wishes stand for each place and hour: an opinion, never a part of any demand."""
    read_parameters((), request.args)
    rows = [_document(place, item) for place, item in list_located()]
    document = {"kind": "opinion", "least_told": LEAST_TOLD, "kept_days": WISHES_KEPT.days, "wishes": rows}
    answer = Response(orjson.dumps(document), mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = f"public, max-age={FRESH_FOR_S}"
    return compress_page(answer)


@blueprint.app_context_processor
def _offer() -> dict[str, Any]:
    return {"wish_table": wish_table, "wish_days": WISHES_KEPT.days, "wish_least": LEAST_TOLD}


def _document(place: Place, item: WishCount) -> dict[str, Any]:
    return {
        "place": place.id,
        "kind": place.kind.value,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "days": item.time.days.value,
        "hour": item.time.hour,
        "count": item.count,
        "count_text": count_text(item),
    }


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    words = words_of_reader()
    places = list_places(get_snapshot())
    groups = [(words(KIND_WORDS[kind]), [_option(place, words) for place in places if place.kind is kind]) for kind in WISHED_KINDS]
    return [(heading, sorted(rows, key=lambda row: row[1])) for heading, rows in groups if rows]


def _option(place: Place, words: Words) -> tuple[str, str]:
    return place.id, place.name if words.lang == DEFAULT_LANGUAGE else f"{place.latin} {place.name}"


def _hours() -> list[tuple[str, list[tuple[str, str]]]]:
    words = words_of_reader()
    return [
        (words(sentence), [(str(WishTime(days, hour)), f"{words(sentence)} {hour:02}:00") for hour in range(HOURS_A_DAY)])
        for days, sentence in DAY_BAND_WORDS.items()
    ]
