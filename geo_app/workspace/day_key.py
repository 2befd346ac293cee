"""The key of one day, which turns an address into a tag and then is destroyed, so that no tag leads back to an address.

It stands in a file of its own and not on the desk: a backup holds the whole desk, and a key in a backup would outlive its day. Its
bytes are overwritten before the file is unlinked; a disk that writes elsewhere (flash, copy-on-write) may keep them a while longer.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

KEY_BYTES = 32
TAG_CHARACTERS = 16  # 64 bits: a million reporters a day meet by chance once in 40 million days
IPV6_NETWORK_BITS = 56  # what a household may be given whole, to make as many reporters of it as it likes
NO_ADDRESS = "-"  # who comes without a readable address shares one tag with all others who do


@dataclass(frozen=True, slots=True)
class Tag:
    """Who reported, as far as it is known: `text` tells a reporter from others of `day` and nothing more."""

    text: str
    day: date


class DayKey:
    """The key file at `path`. Not safe between processes by itself: hold a lock around each call."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def tag(self, address: str | None, day: date) -> Tag:
        """The tag of an address on `day`; the first of a day destroys the key before it and makes a new one. Raises `OSError`."""
        held = self._read()
        key_day, key = held if held is not None and _is_of(held[0], day) else self._make(day)
        digest = hmac.new(key, network_of(address).encode(), hashlib.sha256).hexdigest()
        return Tag(digest[:TAG_CHARACTERS], key_day)

    def current_day(self, day: date) -> date:
        """Whose tags may stand on `day`: the day of the key that is held, else `day`. A key of another day is destroyed.

        Raises `OSError`.
        """
        held = self._read()
        if held is not None and _is_of(held[0], day):
            return held[0]
        self._destroy()
        return day

    def _read(self) -> tuple[date, bytes] | None:
        try:
            day, _, key = self._path.read_text(encoding="ascii").partition(" ")
            found = date.fromisoformat(day), bytes.fromhex(key)
        except (FileNotFoundError, ValueError):  # none, or one that somebody was about to destroy
            return None
        return found if len(found[1]) == KEY_BYTES else None

    def _make(self, day: date) -> tuple[date, bytes]:
        self._destroy()
        key = secrets.token_bytes(KEY_BYTES)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{day.isoformat()} {key.hex()}")
        return day, key

    def _destroy(self) -> None:
        try:
            with self._path.open("r+b") as stream:
                stream.write(bytes(self._path.stat().st_size))
                stream.flush()
                os.fsync(stream.fileno())
        except FileNotFoundError:
            return
        self._path.unlink(missing_ok=True)


def network_of(address: str | None) -> str:
    """What stands for a reporter: an IPv4 address, or the /56 of an IPv6 one; a port behind it is left out.

    >>> network_of("2001:db8:1:2:3::4"), network_of("::ffff:203.0.113.7"), network_of("203.0.113.7:5021")
    ('2001:db8:1::/56', '203.0.113.7', '203.0.113.7')
    """
    text = (address or "").strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return NO_ADDRESS
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), IPV6_NETWORK_BITS), strict=False))
    return str(found)


def _is_of(key_day: date, day: date) -> bool:
    # A request that began just before midnight may come after one that began just after it: it takes the new day's key.
    return key_day in (day, day + timedelta(days=1))
