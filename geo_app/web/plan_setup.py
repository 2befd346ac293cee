"""What the planner's script must know, as one block of JSON: addresses, the question, classes and colours."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from flask import url_for
from markupsafe import Markup

from geo_app import __version__
from geo_app.cartography.classes import CLASS_COUNT, DARK_TO_LIGHT_5, INKS_5, SHARES, WALK_MINUTES, natural_scale
from geo_app.planning.answers import CoverageAnswer
from geo_app.planning.plan_site import PlanSite
from geo_app.web.coverage_parameters import Asked
from geo_app.web.house import get_house, link
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_scenario import UNREACHED_WORDS, without_effect
from geo_app.web.scenarios import TOKEN_PARAMETER, load_scenario
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.plan_terms import unserved_label

SAVING = "scenarios.save"
# Doors by the names that the script has for them; places in braces are filled by it.
DOORS = {
    "coverage": "coverage.coverage",
    "values": "coverage.values",
    "cells": "coverage.cells",
    "week": "coverage.week",
    "gaps": "coverage.gaps",
    "hosts": "coverage.hosts",
    "areas": "coverage.areas",
    "scenarios": SAVING,
}
_PLACES = {"LAYER": "{layer}", "SITE": "{id}"}


def plan_setup(asked: Asked, answer: CoverageAnswer, sites: Sequence[PlanSite], reach: str, links: PlanLinks, words: Words) -> Markup:
    """The block, as JSON that cannot end its own element. `sites`: those counted; `reach`: what is looked for, in words."""
    told: dict[str, Any] = {
        "lang": words.lang,
        "urls": _urls(words.lang),
        "parameters": {name: text for name, text in links.full.items() if name != "edits"},
        "edits": asked.parameters.get("edits", ""),
        "is_now": asked.is_now,
        "hour": asked.question.hour_of_week,
        "monday": asked.question.monday.isoformat(),
        "revision": asked.snapshot.number,
        "code_version": __version__,
        "saved": _saved(links.short.get(TOKEN_PARAMETER, "")),
        "places": without_effect(asked.question, sites, words),
        "is_estimate": answer.distance_kind == "estimate",
        "unit": answer.demand_info.unit,
        "counted": answer.sites.counted,
        "dongs": [item.key for item in answer.by_dong],
        **_classes(answer),
        "words": {"uncovered": unserved_label(answer.demand_info.unit, words), "reach": reach, "unreached": words(UNREACHED_WORDS)},
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 nothing in it can end its element


def _saved(token: str) -> dict[str, str] | None:
    """The scenario that was opened: its own changes, and the door that puts others in their place."""
    if not token:
        return None
    return {"token": token, "edits": load_scenario(token).edits, "url": link("scenarios.change", token=token)}


def _classes(answer: CoverageAnswer) -> dict[str, Any]:
    """Breaks and colours: minutes and shares are the same for every question, weights are those of this one."""
    weights = natural_scale(np.where(answer.cell_weight > 0, answer.cell_weight, np.nan))
    return {
        "breaks_min": WALK_MINUTES.breaks,
        "breaks_share": SHARES.breaks,
        "breaks_weight": weights.breaks,
        "palette": {
            "minutes": WALK_MINUTES.colours,
            "shares": SHARES.colours,
            "weights": weights.colours,
            "classes": DARK_TO_LIGHT_5,
            "inks": INKS_5,
        },
        "class_count": CLASS_COUNT,
    }


def _urls(lang: str) -> dict[str, str]:
    doors = {name: url_for(endpoint) for name, endpoint in DOORS.items() if endpoint != SAVING or get_house().scenarios}
    layer = url_for("layers.geojson", layer="LAYER")
    pages = {"layer": layer, "site": link("site", layer="LAYER", site_id="SITE", lang=lang), "page": link("plan", lang=DEFAULT_LANGUAGE)}
    return doors | {name: with_places(address) for name, address in pages.items()}


def with_places(address: str) -> str:
    """An address made for the layer LAYER and the site SITE with braces in their places, which url_for would encode."""
    for word, place in _PLACES.items():
        address = address.replace(word, place)
    return address
