"""May a page hold our frame? What its address says, before anybody has pasted a line into it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from geo_app.settings import BadSetting, read_embed_origin

_PORTS: Final = {"http": 80, "https": 443}
# What a browser opens; the setting takes less (see `settings`).
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
LOOPBACK = ("localhost", "127.0.0.1")


class Finding(StrEnum):
    """What the address of a page says."""

    NO_ADDRESS = "no-address"
    UNLISTABLE = "unlistable"
    OWN = "own"
    LISTED = "listed"
    NOT_LISTED = "not-listed"


class Reason(StrEnum):
    """Why the setting cannot name the origin of a page."""

    NONE = ""
    IPV6 = "ipv6"
    DOT = "dot"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`origin` is the page's (empty where it has none); `is_mixed`: it is https and would show a frame of http, which browsers refuse.

    `setting` is the whole value of GEO_APP_EMBED_ORIGINS that would let the page in, where it is not listed; `reason` says why none can.
    """

    finding: Finding
    origin: str = ""
    is_mixed: bool = False
    setting: str = ""
    reason: Reason = Reason.NONE

    @property
    def is_allowed(self) -> bool:
        """True where the frame will be shown."""
        return self.finding in (Finding.OWN, Finding.LISTED) and not self.is_mixed


def check_typed(text: str, *, own_url: str, listed: Sequence[str]) -> tuple[Verdict, ...]:
    """The verdict on what somebody typed; two, of https and of http, where no scheme stands in it: only the browser tells which."""
    if has_scheme(text):
        return (check_address(text, own_url=own_url, listed=listed),)
    found = [check_address(f"{scheme}://{text.strip()}", own_url=own_url, listed=listed) for scheme in ("https", "http")]
    # A single word is no address to anybody who did not write "http://" before it.
    is_address = find_origin(text) is not None
    return (
        tuple(found)
        if is_address and found[0].finding is not Finding.UNLISTABLE
        else (found[0] if is_address else Verdict(Finding.NO_ADDRESS),)
    )


def has_scheme(text: str) -> bool:
    """True where the text begins as `https://` does."""
    return _SCHEME.match(text.strip()) is not None


def check_address(text: str, *, own_url: str, listed: Sequence[str]) -> Verdict:
    """The verdict on the page at `text`. `own_url` is our public address, `listed` the origins of the setting, as a policy names them.

    >>> check_address("http://a.example/page", own_url="https://map.example", listed=("http://a.example",)).finding.value
    'listed'
    """
    origin = find_origin(text)
    if origin is None:
        return Verdict(Finding.NO_ADDRESS)
    own = find_origin(own_url)
    is_mixed = origin.startswith("https:") and own is not None and own.startswith("http:") and urlsplit(own).hostname not in LOOPBACK
    if own is not None and _is_named_by(own, origin):
        return Verdict(Finding.OWN, origin, is_mixed)
    if any(_is_named_by(item, origin) for item in listed):
        return Verdict(Finding.LISTED, origin, is_mixed)
    try:
        return Verdict(Finding.NOT_LISTED, origin, is_mixed, ",".join([*listed, read_embed_origin(origin)]))
    except BadSetting:
        return Verdict(Finding.UNLISTABLE, origin, reason=_reason(origin))


def find_origin(text: str) -> str | None:
    """Scheme, host and port of an address as a browser compares them; https where none is written. None for what is no web address.

    >>> find_origin(" WWW.Gwangsan.go.kr/page?x=1 "), find_origin("https://광산.한국:443"), find_origin("ftp://a.kr")
    ('https://www.gwangsan.go.kr', 'https://xn--hc0b358a.xn--3e0b707e', None)
    """
    address = text.strip()
    try:
        parts = urlsplit(address if has_scheme(address) else f"https://{address}")
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except ValueError:
        return None
    is_bracketed = ":" in host
    is_host = is_bracketed or (_HOST.fullmatch(host) and (has_scheme(address) or "." in host or host in LOOPBACK))
    if scheme not in _PORTS or not is_host or parts.username is not None:
        return None
    return f"{scheme}://{f'[{host}]' if is_bracketed else host}" + ("" if port in (None, _PORTS[scheme]) else f":{port}")


def _reason(origin: str) -> Reason:
    host = urlsplit(origin).hostname or ""
    return Reason.IPV6 if ":" in host else Reason.DOT if host.endswith(".") else Reason.SIGN


def _is_named_by(source: str, origin: str) -> bool:
    """Does a source of a policy name that origin? One of http names https too (CSP Level 3, 6.7.2.8); a star stands for any labels."""
    named, asked = urlsplit(source), urlsplit(origin)
    if named.scheme != asked.scheme and (named.scheme, asked.scheme) != ("http", "https"):
        return False
    host, wanted = asked.hostname or "", named.hostname or ""
    is_host = host.endswith(wanted[1:]) and host != wanted[2:] if wanted.startswith("*.") else host == wanted
    port, wanted_port = asked.port or _PORTS[asked.scheme], named.port or _PORTS[named.scheme]
    return is_host and (port == wanted_port or (wanted_port == _PORTS["http"] and port == _PORTS[asked.scheme]))
