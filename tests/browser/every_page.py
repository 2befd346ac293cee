"""Every page that the app answers, found from its own table of routes; a door that this file cannot fill fails the tests."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES

# The longest words and another script stand for the other languages in the quick run.
SPOKEN = [lang if lang in (DEFAULT_LANGUAGE, "ru") else pytest.param(lang, marks=pytest.mark.slow) for lang in LANGUAGES]
NOON, NIGHT = "at=2026-11-24T12:10", "at=2026-11-24T02:10"
# What stands in a rule that names neither a layer nor a language; the streets are none of the demo's.
TOLD = {"collection_id": "shelters", "feature_id": "sh-000005", "table": "dongs", "ext": "csv", "digest": "0" * 16, "level": "major"}
# What a door must be asked with, where it answers nothing without.
ASKED = {"/api/nearest": "?lon=126.7937&lat=35.1396"}
# The same door in its other states: what is asked of it, and what must then stand on the page for the state to be the one meant.
STATES = {
    "/?at=2026-11-24T12:10&mode=motorbike&has=toilet,water&stay=60": 'id="near"',
    "/?at=2026-11-24T02:10&from=dg-000009": 'id="empty">',
    "/?at=2026-11-24T12:10&has=toilet,charging,water,women-only-room,motorbike-parking,step-free": 'id="results"',
    "/plan?at=2026-11-24T02:00": 'id="by-dong"',
    "/plan?at=2026-11-24T02:00&mode=motorbike&minutes=5&day=holiday&demand=jobs&registered=true&checked=true": 'id="gaps"',
    "/plan?at=2026-11-24T02:00&edits=open:126.80,35.15,24/7;close:sh-000006": 'id="scenario"',
    "/plan/compare?a=base&b=base": 'id="main"',
    "/embed?show=list&check=true&layers=shelters,village-jobs": 'id="embed-check"',
    "/embed?show=map&theme=dark&area=dg-000021&layers=shelters,industrial-complexes": 'class="embed-map"',
    "/ogc/?f=html": "<h1>OGC API",
    "/ogc/api?f=html": 'id="shared"',
    "/ogc/conformance?f=html": "conf/cql2-text",
    "/ogc/collections?f=html": 'class="cards"',
    "/ogc/collections/coverage-gaps?f=html": 'class="facts"',
    "/ogc/collections/shelters/queryables?f=html": "convenience_store",
    "/ogc/collections/shelters/items?f=html&limit=5&offset=5": 'rel="prev"',
    "/ogc/collections/shelters/items?f=html&filter=kind=%27x%27": 'class="empty"',
    "/ogc/collections/dongs/items/dg-000001?f=html": 'class="facts ogc-facts"',
    "/list/shelters?q=xyzzy": 'class="empty"',
    "/list/legal-dongs?page=2": 'rel="prev"',
    "/share?layers=village-jobs&address=https://www.example.kr/page": 'data-finding="not-listed"',
    "/sites/shelters/sh-000005?reported=open": 'id="report"',
    "/sites/shelters/sh-000006?reported=closed&at=2026-11-24T02:10": 'id="report"',
}
ERRORS = {
    "/no-such-page": 404,
    "/list/no-such-layer": 404,
    "/sites/shelters/sh-999999": 404,
    "/?mode=rocket&stay=x&at=never": 400,
    "/embed?area=dg-999999&x=1": 400,
}


# Doors that the demo has nothing behind: nobody imported streets.
SILENT = ("/streets/<digest>/<level>.json",)


@dataclass(frozen=True)
class EveryPage:
    """Paths of pages with status 200, those of error pages, and rules that gave no page."""

    pages: tuple[str, ...]
    errors: tuple[str, ...]
    silent_rules: tuple[str, ...]


def main_pages(site: str = "/sites/shelters/sh-000005") -> tuple[str, ...]:
    """Those that are looked at in every language: finder, map, planner, list, site, about, privacy."""
    return (f"/?{NOON}", "/map", f"/plan?{NIGHT}", "/list/shelters", site, "/about", "/about/privacy")


def in_language(path: str, lang: str) -> str:
    """The path of the page in a language, as the page itself links it."""
    return path if lang == DEFAULT_LANGUAGE else f"{path}{'&' if '?' in path else '?'}lang={lang}"


def find_every_page(client: Any, workspace: Any) -> EveryPage:
    """Asks each GET route of the app once for every layer, for a real and a made-up place of each, and in every state."""
    pages, silent = [], []
    for rule in client.application.url_map.iter_rules():
        if "GET" in rule.methods:
            answers = {path: client.get(path) for path in _filled(rule.rule, workspace.keeper.current)}
            shown = [path for path, answer in answers.items() if answer.status_code == 200 and answer.mimetype == "text/html"]
            silent += [] if any(answer.status_code < 400 for answer in answers.values()) else [rule.rule]
            pages += shown
    for path, mark in STATES.items():
        assert mark in client.get(path).text, path
    for path, status in ERRORS.items():
        assert client.get(path).status_code == status, path
    return EveryPage((*pages, *STATES), tuple(ERRORS), tuple(silent))


def _filled(rule: str, snapshot: Any) -> Iterator[str]:
    names = re.findall(r"<(?:\w+:)?(\w+)>", rule)
    if "layer" in names:
        for layer in snapshot.layers.values():
            sites = _examples(layer) if "site_id" in names else [""]
            yield from (_fill(rule, {"layer": layer.meta.layer, "site_id": site}) for site in sites)
    elif "lang" in names:
        yield from (_fill(rule, {"lang": lang}) for lang in LANGUAGES)
    elif names:
        yield _fill(rule, TOLD)
    else:
        yield rule + ASKED.get(rule, "")


def _fill(rule: str, values: Mapping[str, str]) -> str:
    # An argument that nobody fills is a KeyError here: say in `_filled` what to put there.
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], rule)


def _examples(layer: Any) -> list[str]:
    """The first real place and the first made-up one."""
    first = {}
    for position, site_id in enumerate(layer.ids):
        first.setdefault(layer.feature(position)["properties"]["status"] == "sample", site_id)
    return [*first.values()]
