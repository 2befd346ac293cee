"""What every view stands on: the snapshot of this request, the reader's language, links and the sample band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast
from urllib.parse import quote, urlsplit

from flask import Flask, current_app, g, request, url_for

from geo_app.domain.calendar import SEOUL
from geo_app.domain.district import District
from geo_app.domain.errors import GeoAppError
from geo_app.domain.layers import LAYERS, MAIN_LAYERS
from geo_app.domain.report import ReportSummary
from geo_app.settings import Settings
from geo_app.snapshot.credits import boundary_producers, street_producer
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.assets import Assets
from geo_app.web.room import Keeper
from geo_app.web.tongues import mark_korean, name_in_latin
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES, Words, get_words
from geo_app.wording.clock import duration
from geo_app.wording.figures import format_distance, format_figure
from geo_app.wording.labels import choice_label
from geo_app.workspace.founding import district_of
from geo_app.workspace.home import Home
from geo_app.workspace.reports import ReportBoard
from geo_app.workspace.scenarios import ScenarioShelf
from geo_app.workspace.wishes import WishBox

EXTENSION = "geo_app.house"
# The pages by the short names that templates use.
PAGES = {
    "map": "maps.page",
    "finder": "pages.finder",
    "list": "pages.listing",
    "plan": "plan.page",
    "site": "pages.site",
    "about": "pages.about",
    "data": "data.page",
    "privacy": "pages.privacy",
    "api": "openapi.documentation",
    "share": "share.page",
    "ogc": "ogc.landing",
}
# What a page keeps when its language changes. Named one by one: url_for would take `_external` or `_scheme` from a stranger's address.
KEPT_PARAMETERS = (
    "at", "from", "mode", "stay", "has", "q", "dong", "page",
    "layer", "minutes", "demand", "day", "sites", "without", "neighbours", "registered", "checked", "stay_min", "nth", "edits", "scenario",
    "revision", "sort", "workers", "a", "b",
)  # fmt: skip
# Each page repeats its question twelve times: so much of it, as it stands in an address, and no more values of one name.
KEPT_CHARACTERS, KEPT_VALUES = 600, 12


class NotReady(GeoAppError):
    """No snapshot is held yet, or the stores cannot be reached. Values: `reason`."""

    code = "not-ready"


@dataclass(frozen=True)
class House:
    """Settings, keeper, assets, riders' reports and wishes, the saved scenarios and the data folder of one app."""

    settings: Settings
    keeper: Keeper
    assets: Assets
    reports: ReportBoard | None = None
    wishes: WishBox | None = None
    scenarios: ScenarioShelf | None = None
    home: Home | None = None

    def move_into(self, app: Flask) -> None:
        """Make it known to the views and the templates of `app`."""
        app.extensions[EXTENSION] = self
        app.context_processor(_page_words)
        app.jinja_env.filters["mark"] = lambda text: mark_korean(text, get_language())
        app.jinja_env.filters["latin"] = lambda name, **options: name_in_latin(name, get_language(), **options)


def get_house() -> House:
    """The house of the app that answers now."""
    return cast("House", current_app.extensions[EXTENSION])


def get_snapshot() -> Snapshot:
    """The one snapshot this request sees, however long it takes. Raises `NotReady`."""
    held: Snapshot | None = g.get("snapshot")
    if held is None:
        held = get_house().keeper.current
        if held is None:
            raise NotReady(reason="no snapshot")
        g.snapshot = held
    return held


def get_reports() -> Mapping[str, ReportSummary]:
    """What riders say of each place now, by its id, the same throughout one request; empty where no board is kept. From memory."""
    held: Mapping[str, ReportSummary] | None = g.get("reports")
    if held is None:
        board = get_house().reports
        held = g.reports = {} if board is None else board.summaries(seoul_now())
    return held


def get_language() -> str:
    """The language of `?lang=`, else Korean: the address alone decides, so that a shared link shows the same page."""
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def words_of_reader() -> Words:
    """The sentences of the reader's language."""
    return get_words(get_language())


def seoul_now() -> datetime:
    """The clock, read here and nowhere below."""
    return datetime.now(SEOUL)


def link(endpoint: str, **values: Any) -> str:
    """The path of a page (by its name in `PAGES` or its endpoint) with the path prefix, carrying the reader's language."""
    endpoint = PAGES.get(endpoint, endpoint)
    if "lang" not in values and (language := get_language()) != DEFAULT_LANGUAGE:
        values["lang"] = language
    if values.get("lang") == DEFAULT_LANGUAGE:
        del values["lang"]
    return url_for(endpoint, **values)


def public_link(endpoint: str, **values: Any) -> str:
    """An absolute address: the public one where it is set, else as asked."""
    return public_root() + url_for(endpoint, **values)


def public_root() -> str:
    """What stands before a path in an absolute address; nothing where only a stranger's host is known."""
    settings = get_house().settings
    if settings.public_url:
        return settings.public_url.removesuffix(settings.path_prefix)
    return f"{request.scheme}://{request.host}" if g.get("is_known_host") else ""


def asset(name: str) -> str:
    """The path of a static file, with the path prefix and the version of this code."""
    return f"{request.script_root}/{get_house().assets.prefix}/{name}"


def language_links() -> list[tuple[str, str, str]]:
    """(code, its own name, this page in it) for each language."""
    place = request.view_args or {}
    # No place of ours has so long a name; the page that says so leads back to the finder.
    is_ours = request.endpoint is not None and sum(map(_length, place.values())) <= KEPT_CHARACTERS
    endpoint, values = (request.endpoint or "", {**_kept_question(), **place}) if is_ours else ("pages.finder", {})
    return [(code, LANGUAGE_NAMES[code], link(endpoint, **{**values, "lang": code})) for code in LANGUAGES]


def _kept_question() -> dict[str, list[str]]:
    """What of this page's question goes into its other languages; values that would make the link too long are left out."""
    kept: dict[str, list[str]] = {}
    room = KEPT_CHARACTERS
    # A page may name further parameters of its own.
    for name in (*KEPT_PARAMETERS, *g.get("kept_parameters", ())):
        for text in request.args.getlist(name)[:KEPT_VALUES]:
            if (needed := _length(text)) <= room:
                kept.setdefault(name, []).append(text)
                room -= needed
    return kept


def _length(value: object) -> int:
    text = str(value)
    return len(text) if len(text) > KEPT_CHARACTERS else len(quote(text))


def get_district(snapshot: Snapshot) -> District:
    """The district of this revision."""
    return district_of(snapshot)


def sample_band(snapshot: Snapshot, layers: Sequence[str] = MAIN_LAYERS) -> dict[str, int] | None:
    """Counts for the band "예시 자료가 섞여 있습니다", or None where nothing made up is published."""
    if snapshot.sample_count == 0:
        return None
    shown = [snapshot.layers[name].meta for name in layers if name in snapshot.layers]
    return {"real": sum(meta.real for meta in shown), "sample": sum(meta.sample for meta in shown)}


def _page_words() -> dict[str, Any]:
    snapshot = get_house().keeper.current if g.get("snapshot") is None else get_snapshot()
    language = get_language()
    words = get_words(language)
    return {
        "words": words,
        "lang": language,
        "languages": language_links(),
        "public_root": public_root(),
        "url": link,
        "asset": asset,
        "labels": choice_label,
        "layers": LAYERS,
        "local": partial(_in_language, language),
        "figure": partial(format_figure, words=words),
        "distance": partial(format_distance, words=words),
        "duration": partial(duration, words=words),
        "host_of": _host_of,
        "band": sample_band(snapshot) if snapshot else None,
        "district_name": get_district(snapshot).name(language) if snapshot else "",
        "contact": " · ".join(get_district(snapshot).contacts.values()) if snapshot else "",
        "attribution": boundary_producers(snapshot) if snapshot else "",
        "street_credit": street_producer(snapshot) if snapshot else "",
        "revision": snapshot.number if snapshot else None,
        "made_at": snapshot.made_at.astimezone(SEOUL) if snapshot else None,
    }


def _host_of(address: str) -> str:
    """Who says it, for a reader: the host of an address without `www.`."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _in_language(language: str, item: Mapping[str, Any], field: str) -> Any:
    """A district's own text in the reader's language where the data has it (`name_en` beside `name`), else in English."""
    spoken = () if language == DEFAULT_LANGUAGE else (f"{field}_{language}", f"{field}_en")
    return next((item[name] for name in spoken if name in item), item[field])
