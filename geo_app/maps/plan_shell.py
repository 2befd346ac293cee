"""The planner's map as Folium parts: the same bytes for the same language and code version. The data comes from the plan's own doors."""

from collections.abc import Mapping
from typing import Any

from geo_app.domain.district import District
from geo_app.domain.layers import LAYERS
from geo_app.maps.elements import STYLES, AssetUrl, build_map
from geo_app.maps.offers import StreetOffer, check_urls
from geo_app.maps.plan_sentences import PLAN_PLURALS, PLAN_SENTENCES
from geo_app.maps.sentences import PLURALS, SENTENCES
from geo_app.maps.shell import MapShell, render_shell, with_backdrop
from geo_app.wording.catalogue import Words
from geo_app.wording.script_words import script_words

# Addresses of layers and places, as `offers.URL_NAMES` has them; the plan's own doors stand in the page's block "plan-setup".
PLAN_URL_NAMES = ("layer", "states", "latin", "site")
# What may be laid over the picture, and what is at first: shelters say who is open, dongs and complexes give names to see by.
SHOWN_LAYERS = ("shelters", "village-jobs", "improved-companies", "industrial-complexes", "dongs", "public-facilities")
FIRST_LAYERS = ("shelters", "industrial-complexes", "dongs")
PLAN_SCRIPTS = (
    ("leaflet", "vendor/leaflet/leaflet.js"),
    ("markercluster", "vendor/markercluster/markercluster.js"),
    # Made of the files that static/js/plan/order.txt names, those of the map page among them.
    ("plan", "js/plan.js"),
)
PLAN_STYLES = (*STYLES, ("plan-map-css", "css/plan_map.css"))
# One `geoMap.start…` function each; the first three are the map page's own.
PLAN_PARTS = (
    "labels", "points", "areas", "stage", "cells", "dongs", "legend", "gaps", "reach", "overlays",
    "headline", "strip", "tables", "sections", "picking", "editor", "changes", "result", "saving", "plan",
)  # fmt: skip


def build_plan_shell(
    *, lang: str, words: Words, asset: AssetUrl, urls: Mapping[str, str], district: District, backdrop: StreetOffer | None = None
) -> MapShell:
    """The shell of the page `/plan`; `templates/maps/plan_map.html` gives it its place, with streets behind
    it where a `backdrop` is offered.

    `asset("css/map.css")` gives a static file's address, `urls` the addresses of `PLAN_URL_NAMES` ("/layers/{layer}.geojson",
    "/sites/{layer}/{id}"), prefix included. Raises `BadArgument` for a missing address.
    """
    shell_map = build_map(
        bounds_lonlat=district.bounds_lonlat,
        asset=asset,
        parts=PLAN_PARTS,
        scripts=PLAN_SCRIPTS,
        styles=PLAN_STYLES,
        has_backdrop=backdrop is not None,
    )
    constants = _constants(lang=lang, words=words, urls=check_urls(urls, PLAN_URL_NAMES), district=district)
    return render_shell(shell_map, with_backdrop(constants, backdrop))


def _constants(*, lang: str, words: Words, urls: Mapping[str, str], district: District) -> dict[str, Any]:
    return {
        "lang": lang,
        "urls": urls,
        "bounds": district.bounds_lonlat,
        "layers": SHOWN_LAYERS,
        "first": FIRST_LAYERS,
        "with_hours": [name for name in SHOWN_LAYERS if LAYERS[name].has_hours],
        "aged_after_years": district.aged_after_years,
        "words": script_words(sorted({*SENTENCES, *PLAN_SENTENCES}), sorted({*PLURALS, *PLAN_PLURALS}), words),
    }
