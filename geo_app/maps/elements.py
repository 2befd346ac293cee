"""The map and its parts as Folium elements. They hold fixed names and numbers, never a text from outside (see the room's charter)."""

from collections.abc import Callable, Sequence

from branca.element import MacroElement
from folium import Map
from folium.template import Template

AssetUrl = Callable[[str], str]
# Name of a file within the figure, and its path under static/.
Files = Sequence[tuple[str, str]]

MAP_ID = "main"
MIN_ZOOM = 9
# markercluster needs a top zoom even without tiles.
MAX_ZOOM = 19

SCRIPTS = (
    ("leaflet", "vendor/leaflet/leaflet.js"),
    ("markercluster", "vendor/markercluster/markercluster.js"),
    # All parts in one answer: made of the files that static/js/map/order.txt names.
    ("map", "js/map.js"),
)
# A figure keeps scripts and style sheets under one set of names, so these differ from the names above.
STYLES = (
    ("leaflet-css", "vendor/leaflet/leaflet.css"),
    ("markercluster-css", "vendor/markercluster/markercluster.css"),
    ("map-css", "css/map.css"),
)
# Fetched only by who presses "where am I", in this order.
LOCATE_SCRIPTS = ("vendor/locatecontrol/locatecontrol.js", "js/locate.js")
# Only where streets were imported: their lines lie under everything else.
BACKDROP_SCRIPT = ("backdrop", "js/backdrop.js")
# One part, one file in static/js/map, one `geoMap.start…` function, in the order they start.
PARTS = ("labels", "points", "areas", "panel", "search", "clock", "focus", "locate", "streets", "fragment", "watch")


class ShellMap(Map):  # type: ignore[misc, unused-ignore]
    """A Folium map without tiles, without inline styles, without the parts of Folium's page that a phone reader stumbles over."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
        {% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(
        self, *, bounds_lonlat: tuple[float, float, float, float], asset: AssetUrl, scripts: Files = SCRIPTS, styles: Files = STYLES
    ) -> None:
        min_lon, min_lat, max_lon, max_lat = bounds_lonlat
        super().__init__(
            location=[(min_lat + max_lat) / 2, (min_lon + max_lon) / 2],
            tiles=None, zoom_start=11, zoom_control=False, minZoom=MIN_ZOOM, maxZoom=MAX_ZOOM,
        )  # fmt: skip
        self._id = MAP_ID
        self.options["center"] = self.location
        # Instance lists: Folium's own are shared by every map of the process and name other hosts.
        self.default_js = [(name, asset(path)) for name, path in scripts]
        self.default_css = [(name, asset(path)) for name, path in styles]


class MapPart(MacroElement):
    """A part of the map page, started on the map it was added to."""

    _template = Template("{% macro script(this, kwargs) %}geoMap.start.{{ this.part }}({{ this._parent.get_name() }});{% endmacro %}")

    def __init__(self, part: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Part"
        self._id = part
        self.part = part


def build_map(
    *,
    bounds_lonlat: tuple[float, float, float, float],
    asset: AssetUrl,
    parts: Sequence[str] = PARTS,
    scripts: Files = SCRIPTS,
    styles: Files = STYLES,
    has_backdrop: bool = False,
) -> ShellMap:
    """The map with every part, in the order they start. `bounds_lonlat`: degrees, EPSG:4326. `asset` gives a static file's address."""
    if has_backdrop:
        scripts, parts = (*scripts, BACKDROP_SCRIPT), ("backdrop", *parts)
    shell_map = ShellMap(bounds_lonlat=bounds_lonlat, asset=asset, scripts=scripts, styles=styles)
    for part in parts:
        shell_map.add_child(MapPart(part))
    return shell_map
