"""The map page's Folium parts, ready to be placed in its template: the same bytes for the same language and code version."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from branca.element import CssLink, Figure, JavascriptLink

from geo_app.domain.district import District
from geo_app.domain.layers import LAYERS
from geo_app.maps.elements import LOCATE_SCRIPTS, AssetUrl, ShellMap, build_map
from geo_app.maps.offers import StreetOffer, TileOffer, check_urls
from geo_app.maps.sentences import PLURALS, SENTENCES
from geo_app.travel.speeds import Mode, straight_reach_m
from geo_app.wording.catalogue import Words
from geo_app.wording.script_words import script_words

# Drawn at first; public facilities when somebody asks for them.
FIRST_LAYERS = ("shelters", "village-jobs", "improved-companies", "industrial-complexes", "dongs")
# Minutes on foot of the rings around the place one looks from; estimates, and labelled as such.
RINGS_MIN = (5, 10)
SHOWN_LAYERS = (*FIRST_LAYERS, "public-facilities")


@dataclass(frozen=True, slots=True)
class MapShell:
    """HTML for the head, the place of the map, and the end of the body; and what the page's Content-Security-Policy must allow.

    Hashes have the form `'sha256-…'` with their quotes. `image_hosts` is empty, or the one host of the street layer on offer.
    """

    head_html: str
    body_html: str
    script_html: str
    style_hashes: tuple[str, ...]
    script_hashes: tuple[str, ...]
    image_hosts: tuple[str, ...]


def build_map_shell(
    *,
    lang: str,
    words: Words,
    asset: AssetUrl,
    urls: Mapping[str, str],
    district: District,
    tiles: TileOffer | None,
    backdrop: StreetOffer | None = None,
) -> MapShell:
    """The shell of the page `/map`; with streets behind it where a `backdrop` is offered.

    `asset("css/map.css")` gives a static file's address, `urls` the addresses of `offers.URL_NAMES` ("/layers/{layer}.geojson",
    "/sites/{layer}/{id}"), prefix included. Raises `BadArgument` for a missing address.
    """
    constants = _constants(
        lang=lang,
        words=words,
        locate_scripts=[asset(path) for path in LOCATE_SCRIPTS],
        urls=check_urls(urls),
        district=district,
        tiles=tiles,
    )
    shell_map = build_map(bounds_lonlat=district.bounds_lonlat, asset=asset, has_backdrop=backdrop is not None)
    return render_shell(shell_map, with_backdrop(constants, backdrop), (tiles.host,) if tiles else ())


def render_shell(shell_map: ShellMap, constants: Mapping[str, Any], image_hosts: tuple[str, ...] = ()) -> MapShell:
    """The parts of a page around a map of ours; `constants` reach its script as one JSON block that no template engine reads."""
    figure = cast("Figure", shell_map.get_root())
    # Rendering fills the figure's three parts; its own page around them is not used.
    shell_map.render()  # type: ignore[no-untyped-call]
    links = list(figure.header._children.values())  # noqa: SLF001 – branca has no other way to reach what an element left there
    script = _one_script(figure)
    return MapShell(
        head_html="\n".join(link.render() for link in links if isinstance(link, CssLink)),
        body_html=figure.html.render().strip(),
        script_html="\n".join(
            [
                f'<script type="application/json" id="map-constants">{inline_json(constants)}</script>',
                *(link.render() for link in links if isinstance(link, JavascriptLink)),
                f"<script>{script}</script>",
            ]
        ),
        style_hashes=(),
        script_hashes=(csp_hash(script),),
        image_hosts=image_hosts,
    )


def with_backdrop(constants: Mapping[str, Any], backdrop: StreetOffer | None) -> Mapping[str, Any]:
    """A page's constants, and what its script must know of the streets behind the map."""
    return constants if backdrop is None else {**constants, "backdrop": backdrop.constants()}


def inline_json(value: object) -> str:
    """JSON that may stand between script tags: no `<`, `>` or `&`, and no line ends that old parsers trip over."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def csp_hash(block: str) -> str:
    """What a Content-Security-Policy says to allow this inline block: `'sha256-…'`."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'"


def _one_script(figure: Figure) -> str:
    lines = (line.strip() for line in figure.script.render().splitlines())
    return "\n".join(line for line in lines if line)


def _constants(
    *, lang: str, words: Words, locate_scripts: list[str], urls: Mapping[str, str], district: District, tiles: TileOffer | None
) -> dict[str, Any]:
    return {
        "lang": lang,
        "urls": urls,
        "bounds": district.bounds_lonlat,
        "focus": {
            "at": district.focus_lonlat,
            "name": district.focus_names.get(lang) or district.focus_names.get("en") or district.focus_names["ko"],
        },
        "locate_scripts": locate_scripts,
        "rings": [[minutes, round(straight_reach_m(minutes, Mode.WALK), 1)] for minutes in RINGS_MIN],
        "layers": SHOWN_LAYERS,
        "first": FIRST_LAYERS,
        "with_hours": [name for name in SHOWN_LAYERS if LAYERS[name].has_hours],
        "aged_after_years": district.aged_after_years,
        "tiles": None if tiles is None else _tile_constants(tiles),
        "words": script_words(SENTENCES, PLURALS, words),
    }


def _tile_constants(tiles: TileOffer) -> dict[str, str | int]:
    return {
        "name": tiles.name,
        "url": tiles.url_template,
        "attribution": tiles.attribution,
        "attribution_url": tiles.attribution_url,
        "max_zoom": tiles.max_zoom,
    }
