"""What the finder page shows: the shelters ranked for a place, as a complete list in the first response."""

import json
from collections.abc import Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup

from geo_app.domain.district import District
from geo_app.finder.gazetteer import Place
from geo_app.finder.standing import REACH_MIN, EmptyAnswer, FinderAnswer, FinderQuestion, Standing, rank_shelters
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode
from geo_app.web.finder_form import FinderRequest, find_start, form_values
from geo_app.web.house import get_district, get_house, get_reports, link, seoul_now, words_of_reader
from geo_app.web.page_content import time_values
from geo_app.web.shelter_cards import CardMaker
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words

# Every card says what decides; only so many carry all they could, so that the page comes through a basement's network in one go.
FULL_CARDS = 10
NEAR_WORDS = {
    Mode.WALK: "Within {minutes} minutes on foot",
    Mode.BICYCLE: "Within {minutes} minutes by bicycle",
    Mode.MOTORBIKE: "Within {minutes} minutes by motorbike",
}
EMPTY_WORDS = {
    Mode.WALK: "There is no open shelter within walking distance",
    Mode.BICYCLE: "There is no open shelter within reach by bicycle",
    Mode.MOTORBIKE: "There is no open shelter within reach by motorbike",
}
EMPTY_SHORT_WORDS = "No shelter within reach stays open that long"


def finder(snapshot: Snapshot, asked: FinderRequest) -> dict[str, Any]:
    """The whole page. An unknown place raises `UnknownSite`."""
    words = words_of_reader()
    start = find_start(snapshot, asked.place_id, words)
    question = FinderQuestion(start.lon, start.lat, asked.at, asked.mode, asked.stay_min, asked.wanted)
    answer = rank_shelters(snapshot, question, get_reports())
    time = time_values(asked.at, is_now=asked.is_now)
    maker = CardMaker(words, asked.at, seoul_now(), asked.mode, time["at_parameter"])
    shelters = snapshot.get_layer("shelters")
    return {
        **time,
        **form_values(snapshot, asked, start, words),
        **_answer(snapshot, answer, maker),
        "clock": asked.at.strftime("%H:%M"),
        "is_outside": answer.is_outside,
        "nearest_dongs": [_dong_link(place, words) for place in answer.nearest_dongs],
        "unlocated": shelters.meta.unlocated,
        "total": shelters.meta.real + shelters.meta.sample,
        "setup": _setup(get_district(snapshot), time["at_parameter"], words),
    }


def _answer(snapshot: Snapshot, answer: FinderAnswer, maker: CardMaker) -> dict[str, Any]:
    words, shelters = maker.words, snapshot.get_layer("shelters")
    empty = answer.empty or EmptyAnswer(())
    offered = {item.id for item in (*empty.maybe, *empty.usable, *empty.next_open)}
    far = tuple(item for item in answer.far if item.id not in offered)
    full_ids = offered | {item.id for item in (*answer.near, *far, *answer.rough)[:FULL_CARDS]}
    groups = [
        ("near", words(NEAR_WORDS[maker.mode], minutes=REACH_MIN), "", answer.near),
        ("far", words("Farther away"), "", far),
        ("rough", words("Known only to the dong or the complex"), words("The exact place of these is not known yet."), answer.rough),
    ]
    return {
        "groups": [
            (id_, heading, note, [maker.card(shelters, item, is_full=item.id in full_ids) for item in items])
            for id_, heading, note, items in groups
        ],
        # Far from the district there is nothing to list, whatever is known there.
        "has_any": bool(full_ids or answer.is_outside),
        "empty": answer.empty is not None,
        "empty_heading": _empty_heading(answer, maker),
        **_empty(snapshot, empty, maker, shelters),
    }


def _empty_heading(answer: FinderAnswer, maker: CardMaker) -> str:
    # A door that is open for a while is open: then the rest is what there is none of.
    has_short = any(item.standing is Standing.SHORT for item in answer.near)
    return maker.words(EMPTY_SHORT_WORDS if has_short else EMPTY_WORDS[maker.mode])


def _empty(snapshot: Snapshot, empty: EmptyAnswer, maker: CardMaker, shelters: LayerSnapshot) -> dict[str, Any]:
    words = maker.words
    facilities = snapshot.layers.get("public-facilities")
    offered = [
        ("maybe", words("Places that may be open"), empty.maybe),
        ("usable", words("The nearest you can use"), empty.usable),
        ("next-open", words("The next to open"), empty.next_open),
    ]
    return {
        "empty_groups": [
            *((id_, heading, "", [maker.card(shelters, item, is_full=True) for item in items]) for id_, heading, items in offered),
            (
                "warm",
                words("Warm places that are not shelters"),
                words("Nobody has promised a rest there. Ask before you sit down."),
                [maker.warm_card(facilities, item) for item in empty.warm] if facilities else [],
            ),
        ],
        "emergency": [{"number": item.number, "name": item.name(words.lang)} for item in get_district(snapshot).emergency],
    }


def _dong_link(place: Place, words: Words) -> dict[str, str | None]:
    latin = None if words.lang == DEFAULT_LANGUAGE else place.latin
    return {"name": place.name, "latin": latin, "href": link("finder", **{"from": place.id})}


def _setup(district: District, at_parameter: str | None, words: Words) -> Markup:
    """What the script must know, as JSON that cannot end its own element."""
    setup: Mapping[str, Any] = {
        "lang": words.lang,
        "bundle_url": url_for("bundle.bundle"),
        "words_url": url_for("webapp.words", lang=words.lang, v=get_house().assets.version),
        "site_url": link("pages.site", layer="shelters", site_id="ID"),
        "sw_url": url_for("webapp.service_worker") if get_house().settings.is_offline_kept else None,
        "at": at_parameter,
        "focus": dict(zip(("lon", "lat"), district.focus_lonlat, strict=True)),
        "reports_url": url_for("reports.report"),
        "public_url": get_house().settings.public_url or None,
    }
    text = json.dumps(setup, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 nothing in it can end its element
