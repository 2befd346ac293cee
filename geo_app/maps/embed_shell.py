"""The frame's map as Folium parts: the same bytes for every language, area and choice of layers. Its data stands in its page."""

from geo_app.domain.district import District
from geo_app.maps.elements import STYLES, AssetUrl, build_map
from geo_app.maps.offers import StreetOffer
from geo_app.maps.shell import MapShell, render_shell, with_backdrop

EMBED_SCRIPTS = (
    ("leaflet", "vendor/leaflet/leaflet.js"),
    ("markercluster", "vendor/markercluster/markercluster.js"),
    # Made of the files that static/js/embed_map/order.txt names; what a list alone needs too is js/embed.js, before all these.
    ("embed-map", "js/embed_map.js"),
)
EMBED_PARTS = ("frame", "hands", "ground", "places", "here")


def build_embed_shell(*, asset: AssetUrl, district: District, backdrop: StreetOffer | None = None) -> MapShell:
    """The shell of the page `/embed`; `templates/web/embed.html` gives it its place, with streets behind it where a `backdrop` is offered.

    `asset("css/map.css")` gives a static file's address, prefix included.
    """
    shell_map = build_map(
        bounds_lonlat=district.bounds_lonlat,
        asset=asset,
        parts=EMBED_PARTS,
        scripts=EMBED_SCRIPTS,
        styles=STYLES,
        has_backdrop=backdrop is not None,
    )
    return render_shell(shell_map, with_backdrop({}, backdrop))
