"""What leaves the screen: a shelter's poster and door sticker as PDF, a place's hours as a calendar to subscribe to."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Response, current_app, request

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import UnknownLayer
from geo_app.domain.layers import LAYERS, get_layer
from geo_app.exports.ics import MEDIA_TYPE, DoorHours, hours_calendar
from geo_app.finder.judging import is_stale, needs_check, newest_check
from geo_app.finder.lineup import newest_day
from geo_app.papers.printer import Printer
from geo_app.papers.sheet import SHELTERS, SheetOrder, Size, build_sheet
from geo_app.snapshot.opening import load_schedule
from geo_app.web.house import get_district, get_reports, get_snapshot, public_link, seoul_now
from geo_app.web.parameters import Parameter, choice, moment, read_parameters
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words, get_words
from geo_app.wording.shelter_card import report_sentence

blueprint = Blueprint("papers", __name__)
EXTENSION = "geo_app.printer"
LAYERS_WITH_HOURS = tuple(name for name, layer in LAYERS.items() if layer.has_hours)
# Asked again each time, answered mostly with 304: a sheet printed from an old answer would hang for months.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

_SIZES = tuple(size.value for size in Size)
_LANG = Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the paper", default=DEFAULT_LANGUAGE)
POSTER = (_LANG, Parameter("size", choice(_SIZES), {"type": "string", "enum": [*_SIZES]}, "a4 for a wall, a6 for a door", default="a4"))
HOURS = (_LANG, Parameter("at", moment, {"type": "string"}, "the day from which on"))


@blueprint.get("/sites/<layer>/<site_id>/poster.pdf")
def poster(layer: str, site_id: str) -> Response:
    """The sheet of a shelter; the same revision and address give the same bytes."""
    values = read_parameters(POSTER, request.args)
    if get_layer(layer).name != SHELTERS:
        raise UnknownLayer(layer=layer, known=SHELTERS)
    snapshot = get_snapshot()
    held = snapshot.get_layer(layer)
    feature = held.get_feature(site_id)
    order = SheetOrder(
        size=Size(values["size"]),
        lang=values["lang"],
        page_url=_page_url(layer, site_id, values["lang"]),
        made_at=datetime.fromisoformat(held.meta.made_at),
        revision=held.meta.revision,
        district=get_district(snapshot),
    )
    # The number stands for the district's own words, the tag for the place's.
    key = (snapshot.number, held.ready["identity"].etag, site_id, order.size, order.lang, order.page_url)
    data = _printer().keep_pdf(key, order.size, made_at=order.made_at, build=lambda: build_sheet(feature, order))
    return _file(data, "application/pdf", f"{site_id}-{order.size}-{order.lang}.pdf")


@blueprint.get("/sites/<layer>/<site_id>/hours.ics")
def hours(layer: str, site_id: str) -> Response:
    """The opening hours of the coming eight weeks."""
    values = read_parameters(HOURS, request.args)
    if get_layer(layer).name not in LAYERS_WITH_HOURS:
        raise UnknownLayer(layer=layer, known=", ".join(LAYERS_WITH_HOURS))
    snapshot = get_snapshot()
    feature = snapshot.get_layer(layer).get_feature(site_id)
    schedule, words = load_schedule(feature["properties"]), get_words(values["lang"])
    at = (values["at"] or seoul_now()).astimezone(SEOUL)
    data = hours_calendar(
        feature,
        DoorHours(schedule.statements, schedule.closures, schedule.dated_hours, snapshot.calendar, _doubt(feature, at, words)),
        first_day=at.date(),
        page_url=_page_url(layer, site_id, values["lang"]),
        made_at=snapshot.made_at,
        words=words,
    )
    return _file(data, MEDIA_TYPE, f"{site_id}.ics")


def _doubt(feature: Mapping[str, Any], at: datetime, words: Words) -> str | None:
    """Why the hours may not hold, in one line; dated, because a calendar is read long after it was fetched."""
    report = get_reports().get(feature["id"])
    checked_on = newest_check(newest_day(feature["properties"]), report)
    is_reported = needs_check(report, at)
    if not is_reported and not is_stale(checked_on, at.date()):
        return None
    checked = words("Nobody has checked the hours yet") if checked_on is None else words("Hours checked on {date}", date=checked_on)
    return f"{report_sentence(report, at, seoul_now(), words)} · {checked}" if is_reported else checked


def _page_url(layer: str, site_id: str, lang: str) -> str:
    spoken = {} if lang == DEFAULT_LANGUAGE else {"lang": lang}
    return public_link("pages.site", layer=layer, site_id=site_id, **spoken)


def _printer() -> Printer:
    # One for each app, made when the first sheet is asked for; it loads its fonts only then.
    return cast("Printer", current_app.extensions.setdefault(EXTENSION, Printer()))


def _file(data: bytes, media_type: str, name: str) -> Response:
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = CACHE_CONTROL
    answer.set_etag(hashlib.sha256(data).hexdigest())
    return cast("Response", answer.make_conditional(request))
