"""Settings: the environment, read once. Only the doors and what stands above this file may see it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import urlsplit

from geo_app.domain.errors import GeoAppError


class BadSetting(GeoAppError):
    """A setting that cannot be used. Values: `name`, `value`, `expected`."""

    code = "bad-setting"


@dataclass(frozen=True, slots=True)
class SettingDoc:
    """One setting as the manual and `geo-app doctor` show it."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    SettingDoc("GEO_APP_HOME", "./instance", "the data folder: ledger, desk, secret, prepared layers"),
    SettingDoc(
        "GEO_APP_PUBLIC_URL", "", "address the public sees, with its path prefix: https://www.gwangsan.go.kr/shelter; empty = as asked"
    ),
    SettingDoc(
        "GEO_APP_HOSTS", "", "further host names that may be asked for, comma-separated (the public URL's host and loopback always may)"
    ),
    SettingDoc("GEO_APP_TRUSTED_PROXIES", "0", "how many reverse proxies stand in front and set X-Forwarded-For and X-Forwarded-Proto"),
    SettingDoc("GEO_APP_TILES", "osm", "street layer offered on /map: osm, vworld, off, or an https template with {z}, {x}, {y}"),
    SettingDoc("GEO_APP_TILES_KEY", "", "key of the street layer (vworld)"),
    SettingDoc("GEO_APP_TILES_ATTRIBUTION", "", "attribution of a street-layer template; needed with a template"),
    SettingDoc("GEO_APP_OFFLINE", "on", "phones keep the finder for a night without a network; off: they drop what they kept"),
    SettingDoc(
        "GEO_APP_EMBED_ORIGINS",
        "",
        "sites whose pages may frame /embed, comma-separated: https://www.gwangsan.go.kr, https://*.gwangsan.go.kr; empty = our own only",
    ),
    SettingDoc("GEO_APP_LANG", "ko", "language of the command line: ko, en, vi, zh, ru or uz"),
    SettingDoc("GEO_APP_PUBLISHED_FILE", "", "serve this file of geo-app publish, read-only, in place of a ledger: for a machine outside"),
    SettingDoc("GEO_APP_PUBLISHER_KEY", "", "public key that must have signed it: what geo-app publish --show-key prints inside"),
    SettingDoc("GEO_APP_WORKERS", "2", "server processes"),
    SettingDoc("GEO_APP_THREADS", "16", "threads in each server process; a slow client holds one: put a buffering proxy in front"),
)
MAX_REQUEST_BYTES = 64 * 1024  # the doors take short forms only
# What a policy can name: scheme, host (the first label may be any), port. A policy cannot name an address of IPv6.
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_EMBED_ORIGIN = re.compile(rf"https?://(?P<star>\*\.)?(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?", re.IGNORECASE)
# Second labels under which a country lets anybody register (KISA for .kr, and what other countries commonly have).
_EVERYBODYS = frozenset(("ac", "co", "com", "edu", "es", "go", "gov", "hs", "kg", "mil", "ms", "ne", "net", "or", "org", "pe", "re", "sc"))
MOST_PORT = 65_535
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, checked. `path_prefix` is "" or "/shelter", never with a slash at its end.

    `hosts` stand as a browser asks for them: lower case, IDNA, IPv6 in brackets and in its shortest form; without ports.
    `embed_origins` stand as a policy names them: "https://*.gwangsan.go.kr", lower case, IDNA.
    """

    home: Path
    public_url: str
    path_prefix: str
    hosts: tuple[str, ...]
    trusted_proxies: int
    tiles: str
    tiles_key: str
    tiles_attribution: str
    is_offline_kept: bool
    embed_origins: tuple[str, ...]
    published_file: Path | None
    publisher_key: str
    workers: int
    threads: int


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from an environment such as `os.environ`. Raises `BadSetting` naming the first that cannot be used."""

    def text(name: str) -> str:
        default = next(doc.default for doc in SETTINGS if doc.name == name)
        return environment.get(name, "").strip() or default

    public_url = text("GEO_APP_PUBLIC_URL").rstrip("/")
    parts = urlsplit(public_url)
    if public_url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise BadSetting(name="GEO_APP_PUBLIC_URL", value=public_url, expected="https://host/path")
    named_hosts = tuple(_host(host.strip()) for host in text("GEO_APP_HOSTS").split(",") if host.strip())
    return Settings(
        home=Path(text("GEO_APP_HOME")),
        public_url=public_url,
        path_prefix=parts.path,
        hosts=(*LOOPBACK_HOSTS, *([_host(parts.hostname)] if parts.hostname else []), *named_hosts),
        trusted_proxies=_count("GEO_APP_TRUSTED_PROXIES", text("GEO_APP_TRUSTED_PROXIES"), least=0, most=9),
        tiles=_tiles(text("GEO_APP_TILES"), text("GEO_APP_TILES_KEY"), text("GEO_APP_TILES_ATTRIBUTION")),
        tiles_key=text("GEO_APP_TILES_KEY"),
        tiles_attribution=text("GEO_APP_TILES_ATTRIBUTION"),
        is_offline_kept=_switch("GEO_APP_OFFLINE", text("GEO_APP_OFFLINE")),
        embed_origins=tuple(read_embed_origin(part.strip()) for part in text("GEO_APP_EMBED_ORIGINS").split(",") if part.strip()),
        published_file=Path(text("GEO_APP_PUBLISHED_FILE")) if text("GEO_APP_PUBLISHED_FILE") else None,
        publisher_key=text("GEO_APP_PUBLISHER_KEY"),
        workers=_count("GEO_APP_WORKERS", text("GEO_APP_WORKERS"), least=1, most=64),
        threads=_count("GEO_APP_THREADS", text("GEO_APP_THREADS"), least=1, most=64),
    )


def _host(name: str) -> str:
    try:
        if ":" in name.partition("]")[0]:
            bare = name.removeprefix("[").partition("]")[0]
            return f"[{IPv6Address(bare)}]" if name.startswith("[") or name.count(":") > 1 else _host(name.partition(":")[0])
        host = name.casefold()
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        raise BadSetting(name="GEO_APP_HOSTS", value=name, expected="map.example.kr, 192.0.2.1, ::1") from None


def _is_somebodys(host: str) -> bool:
    """May it stand behind a star? Not a whole country (kr, go.kr) and no address of numbers, of which no part can be any."""
    *further, second, top = ["", *host.split(".")]
    return not top.isdigit() and (any(further) or (second != "" and second not in _EVERYBODYS))


def read_embed_origin(text: str) -> str:
    """One origin of GEO_APP_EMBED_ORIGINS as a policy names it, lower case, IDNA. Raises `BadSetting`."""
    scheme, _, host = text.partition("://")
    try:
        origin = text if text.isascii() else f"{scheme}://{host.encode('idna').decode('ascii')}"
    except ValueError:
        origin = ""
    # Each goes into a header as it is: whatever is not an origin to the last letter is refused.
    found = _EMBED_ORIGIN.fullmatch(origin)
    if found is None or int(found["port"] or 1) > MOST_PORT or (found["star"] and not _is_somebodys(found["host"].lower())):
        raise BadSetting(
            name="GEO_APP_EMBED_ORIGINS", value=text, expected="https://www.example.kr, https://*.example.kr, http://127.0.0.1:5000"
        )
    return origin.lower()


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise BadSetting(name=name, value=value, expected="on or off")
    return value == "on"


def _count(name: str, value: str, *, least: int, most: int) -> int:
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(name=name, value=value, expected=f"{least}–{most}")
    return int(value)


def _tiles(value: str, key: str, attribution: str) -> str:
    if value in ("osm", "off"):
        return value
    if value == "vworld":
        if not key:
            raise BadSetting(name="GEO_APP_TILES_KEY", value="", expected="the VWorld key that GEO_APP_TILES=vworld needs")
        return value
    if not (value.startswith("https://") and all(place in value for place in ("{z}", "{x}", "{y}"))):
        raise BadSetting(name="GEO_APP_TILES", value=value, expected="osm, vworld, off or https://…/{z}/{x}/{y}.png")
    if not attribution:
        raise BadSetting(name="GEO_APP_TILES_ATTRIBUTION", value="", expected="the attribution that a template needs")
    return value
