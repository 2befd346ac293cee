"""The map as one file: Folium's shell with script, style and data inside, for a page system without ours or a network without a way out.

Nothing in it names a host to fetch from, and its own policy forbids to; links lead out only when somebody presses one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo_app.assets import find_assets, join_script, trimmed_style
from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import LEGEND, MARKS
from geo_app.domain.district import District
from geo_app.domain.layers import LAYERS
from geo_app.finder.carried import build_carried
from geo_app.maps.elements import build_map
from geo_app.maps.sentences import PLURALS, SENTENCES
from geo_app.maps.shell import FIRST_LAYERS, csp_hash, inline_json, render_shell
from geo_app.maps.single_list import latin_names, list_rows
from geo_app.maps.single_sentences import SINGLE_SENTENCES
from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.labels import choice_label
from geo_app.wording.script_words import script_words

PARTS = ("labels", "points", "areas", "panel", "clock", "file")
STYLES = ("css/tokens.css", "css/base.css", "css/pages.css", "css/map.css", "css/single.css")
VENDOR_STYLES = ("vendor/leaflet/leaflet.css", "vendor/markercluster/markercluster.css")
VENDOR_SCRIPTS = ("vendor/leaflet/leaflet.js", "vendor/markercluster/markercluster.js")
# "Details" and "see the list" lead to the list in the same file.
URLS = {"site": "#{id}", "list": "#list-{layer}"}
# Pictures of Leaflet's own controls, none of which the file has: beside it there would be nothing to load.
_STYLE_PICTURES = re.compile(r"url\([^)]*\)")


def build_map_file(snapshot: Snapshot, at: datetime, *, district: District, words: Words, credit: str, public_url: str = "") -> str:
    """The whole HTML file: `snapshot` as it is at `at`, in the language of `words`; it knows the doors of two weeks from then.

    `credit` says whose borders are drawn, `public_url` where the newest map stands; it may be empty. Equal arguments give equal files.
    """
    carried = build_carried(snapshot, at)
    layers = carried["layers"]
    is_latin = words.lang != DEFAULT_LANGUAGE
    carried["latin"] = {name: latin_names(features, name) for name, features in layers.items() if is_latin and name != "dongs"}
    shell_map = build_map(bounds_lonlat=district.bounds_lonlat, asset=str, parts=PARTS, scripts=(), styles=())
    shell = render_shell(shell_map, _constants(district, words, tuple(layers)))
    scripts = [*map(_read, VENDOR_SCRIPTS), join_script(find_assets("static") / "js" / "single")]
    vendor = [_STYLE_PICTURES.sub("none", _read(name)) for name in VENDOR_STYLES]
    style = "\n".join([*vendor, *(trimmed_style(_read(name)) for name in STYLES)])
    return (
        _environment()
        .get_template("maps/single.html")
        .render(
            words=words,
            lang=words.lang,
            labels=choice_label,
            district_name=district.name(words.lang),
            at=at,
            revision=snapshot.number,
            band=_band(snapshot, tuple(layers)),
            shell_html=shell.body_html,
            start_html=shell.script_html,
            held_json=inline_json(carried),
            scripts=scripts,
            style=style,
            policy=_policy([*scripts, *_inline_scripts(shell.script_html)], style),
            marks=MARKS,
            legend=LEGEND,
            mark_svg=mark_svg,
            lists=[
                (name, LAYERS[name].has_hours, list_rows(features, name, words)) for name, features in layers.items() if name != "dongs"
            ],
            credit=credit,
            public_url=public_url,
        )
    )


def _constants(district: District, words: Words, layers: Sequence[str]) -> Mapping[str, Any]:
    return {
        "lang": words.lang,
        "urls": URLS,
        "bounds": district.bounds_lonlat,
        "layers": layers,
        "first": FIRST_LAYERS,
        "with_hours": [name for name in layers if LAYERS[name].has_hours],
        "aged_after_years": district.aged_after_years,
        "words": script_words(sorted({*SENTENCES, *SINGLE_SENTENCES}), PLURALS, words),
    }


def _inline_scripts(html: str) -> list[str]:
    """The blocks that run; those of data need no leave."""
    return re.findall(r"<script>(.*?)</script>", html, re.DOTALL)


def _policy(scripts: Sequence[str], style: str) -> str:
    allowed = " ".join(map(csp_hash, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {csp_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"


def _band(snapshot: Snapshot, layers: Sequence[str]) -> Mapping[str, int] | None:
    shown = [snapshot.layers[name].meta for name in layers if name != "dongs"]
    samples = sum(meta.sample for meta in shown)
    return {"real": sum(meta.real for meta in shown), "sample": samples} if samples else None


def _read(name: str) -> str:
    return (find_assets("static") / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(find_assets("templates")), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
