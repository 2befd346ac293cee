"""`/map`: the Folium shell, made once per language, in its page."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, render_template, request

from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import LEGEND, MARKS
from geo_app.domain.district import District
from geo_app.maps.offers import StreetOffer, TileOffer, openstreetmap
from geo_app.maps.shell import MapShell, build_map_shell
from geo_app.settings import Settings
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import compress_page
from geo_app.web.headers import content_security_policy
from geo_app.web.house import asset, get_district, get_house, get_language, get_snapshot, link
from geo_app.web.pages import PLAIN
from geo_app.web.parameters import read_parameters
from geo_app.web.streets import street_offer
from geo_app.wording.catalogue import LANGUAGES, get_words

blueprint = Blueprint("maps", __name__)
# Filled by the page's script; a URL made by url_for would encode the braces.
PLACES = {"LAYER": "{layer}", "SITE": "{id}"}


@blueprint.get("/map")
def page() -> Response:
    """All layers on one map; the data comes after the page, from the layers' own addresses."""
    read_parameters(PLAIN, request.args)
    snapshot = get_snapshot()
    shell = _shell(get_language(), request.script_root, snapshot)
    answer = Response(_draw(shell), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = content_security_policy(
        scripts=shell.script_hashes, styles=shell.style_hashes, images=shell.image_hosts
    )
    answer.headers["Cache-Control"] = "no-cache"
    return compress_page(answer)


def _draw(shell: MapShell) -> str:
    tiles = tile_offer(get_house().settings)
    return render_template("maps/map.html", page="map", shell=shell, marks=MARKS, legend=LEGEND, mark_svg=mark_svg, tiles=tiles)


@lru_cache(maxsize=16)
def _shell_of(
    language: str, root: str, district: District, tiles: TileOffer | None, backdrop: StreetOffer | None, asset_root: str
) -> MapShell:
    return build_map_shell(
        lang=language,
        words=get_words(language),
        asset=lambda name: f"{asset_root}/{name}",
        urls=_urls(root, language),
        district=district,
        tiles=tiles,
        backdrop=backdrop,
    )


def _shell(language: str, root: str, snapshot: Snapshot) -> MapShell:
    tiles, backdrop = tile_offer(get_house().settings), street_offer(snapshot)
    return _shell_of(language, root, get_district(snapshot), tiles, backdrop, asset("").rstrip("/"))


def warm(app: Flask, prefix: str) -> None:
    """Draw the shells before anybody asks: importing Folium alone takes a second."""
    for language in LANGUAGES:
        with app.test_request_context(f"/map?lang={language}", base_url=f"http://localhost{prefix}/"):
            _shell(language, request.script_root, get_snapshot())


def _urls(root: str, language: str) -> dict[str, str]:
    del root  # it only keys the cache: link() puts the prefix of this request in front
    addresses = {
        "layer": link("layers.geojson", layer="LAYER", lang="ko"),
        "states": link("api.states", lang="ko"),
        "latin": link("latin.names", lang="ko"),
        "sites": link("api.sites", lang="ko"),
        "revision": link("api.revision", lang="ko"),
        "site": link("pages.site", layer="LAYER", site_id="SITE", lang=language),
        "list": link("pages.listing", layer="LAYER", lang=language),
    }
    return {name: _with_places(address) for name, address in addresses.items()}


def _with_places(address: str) -> str:
    for word, place in PLACES.items():
        address = address.replace(word, place)
    return address


def tile_offer(settings: Settings) -> TileOffer | None:
    """The street layer that the office offers, or None."""
    if settings.tiles == "off":
        return None
    if settings.tiles == "osm":
        return openstreetmap()
    if settings.tiles == "vworld":
        template = f"https://api.vworld.kr/req/wmts/1.0.0/{settings.tiles_key}/Base/{{z}}/{{y}}/{{x}}.png"
        return TileOffer("vworld.kr", "https://api.vworld.kr", template, "© VWorld", attribution_url="https://www.vworld.kr")
    host = f"https://{urlsplit(settings.tiles).netloc}"
    return TileOffer(urlsplit(settings.tiles).hostname or "", host, settings.tiles, settings.tiles_attribution)
