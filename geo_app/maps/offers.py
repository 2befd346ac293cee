"""What the map page is told by its door: where its data lies and which street layer it may offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo_app.domain.errors import BadArgument

# Places in braces are filled by the page's script with a layer's name and a site's id.
URL_NAMES = ("layer", "states", "latin", "sites", "revision", "site", "list")


@dataclass(frozen=True, slots=True)
class TileOffer:
    """A street layer of another host, loaded only when a visitor asks for it.

    `url_template` has {z}, {x}, {y}; `host` is what the page's policy must allow for images ("https://tile.openstreetmap.org") and
    `name` what the button tells; `attribution` is plain text, linked to `attribution_url` where there is one.
    """

    name: str
    host: str
    url_template: str
    attribution: str
    max_zoom: int = 19
    attribution_url: str = ""


@dataclass(frozen=True, slots=True)
class StreetOffer:
    """The backdrop of imported streets, our own bytes.

    `url_template` has {level}; `levels` are (name, zoom from which it is drawn). Who made the data is said by the page itself.
    """

    url_template: str
    levels: tuple[tuple[str, int], ...]

    def constants(self) -> dict[str, object]:
        """What the page's script is told."""
        return {"url": self.url_template, "levels": self.levels}


def openstreetmap() -> TileOffer:
    """The standard layer of openstreetmap.org (its tile usage policy: attribution, a Referer, no bulk loading)."""
    return TileOffer(
        name="openstreetmap.org",
        host="https://tile.openstreetmap.org",
        url_template="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        attribution="© OpenStreetMap",
        attribution_url="https://www.openstreetmap.org/copyright",
    )


def check_urls(urls: Mapping[str, str], names: Sequence[str] = URL_NAMES) -> dict[str, str]:
    """The addresses of `names`. Raises `BadArgument` for one that is missing or that names another host."""
    for name in names:
        if name not in urls:
            raise BadArgument(name=f"urls[{name!r}]", value=None, expected="an address of this service")
        if urlsplit(urls[name]).netloc:
            raise BadArgument(name=f"urls[{name!r}]", value=urls[name], expected="an address without a host")
    return {name: urls[name] for name in names}
