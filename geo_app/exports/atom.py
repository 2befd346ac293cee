"""A feed of changes as Atom (RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

NAMESPACE: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change: its id for ever, when it was made (with a zone), what it says as plain text, the page that shows it."""

    id: str
    title: str
    updated: datetime
    text: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed's own facts; entries newest first. `page_url` is the page that tells the same."""

    id: str
    title: str
    author: str
    lang: str
    updated: datetime
    feed_url: str
    page_url: str
    rights: str
    entries: Sequence[FeedEntry]


def lasting_id(name: str) -> str:
    """The one URN of a name (such as a SHA-256), the same wherever the service stands: `urn:uuid:…`, version 5.

    >>> lasting_id("changes") == lasting_id("changes") != lasting_id("changes/2")
    True
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'geo-app/{name}')}"


def atom_bytes(feed: Feed) -> bytes:
    """The feed as UTF-8. Equal feeds have equal bytes."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.lang})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat(timespec="seconds"))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.feed_url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    _add(_add(root, "author"), "name", feed.author)
    if feed.rights:
        _add(root, "rights", feed.rights)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.updated.isoformat(timespec="seconds"))
        _add(element, "link", rel="alternate", type="text/html", href=entry.page_url)
        _add(element, "summary", entry.text, type="text")
    ET.indent(root, "")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element
