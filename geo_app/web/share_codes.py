"""The blocks that a web master pastes: the frame, the element, the picture with its list. Every text is escaped for HTML here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from geo_app.cartography.picture_text import plain_text
from geo_app.domain.site import HoursStatement
from geo_app.web.embed_parameters import EmbedRequest, embed_query
from geo_app.web.tongues import mark_korean
from geo_app.wording.catalogue import Words, get_words
from geo_app.wording.readback import read_back

LIST_MOST: Final = 300  # a pasted list is read, not searched: whoever has more links to ours


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place as a pasted list tells it: what will still be true tomorrow, and so no state. `where` may be empty; `hours` too.

    `link` is the absolute address of its page; `latin` its name for readers of other languages, empty where it says nothing more.
    """

    name: str
    where: str
    hours: str
    is_sample: bool
    link: str
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute addresses: of the frame, the element's script, the picture, the whole map, the list."""

    frame: str
    script: str
    picture: str
    whole: str
    listing: str


@dataclass(frozen=True, slots=True)
class CodeOrder:
    """What the blocks are made for. `width_px` None: as wide as its place. `title` is what stands on the picture.

    `is_height_chosen`: the web master named another height than the usual one, and means it.
    """

    asked: EmbedRequest
    title: str
    links: Links
    width_px: int | None
    height_px: int
    words: Words
    is_height_chosen: bool = False


def frame_code(order: CodeOrder) -> str:
    """A bare iframe, one line, without a style."""
    width = "100%" if order.width_px is None else str(order.width_px)
    attributes = {"title": order.title, "src": order.links.frame, "width": width, "height": str(order.height_px)}
    return f'<iframe {_attributes(attributes)} loading="lazy" allow="geolocation"></iframe>'


def element_code(order: CodeOrder) -> str:
    """The custom element with links that stand there until it is ready, and its script."""
    # Without a height it is as tall as what it shows; its width is always that of its place.
    told = {**embed_query(order.asked), **({"height": str(order.height_px)} if order.is_height_chosen else {}), "title": order.title}
    whole = f'<a href="{_attribute(order.links.whole)}">{_text(order.title)}</a>'
    listing = f'<a href="{_attribute(order.links.listing)}">{_text(order.words("List"))}</a>'
    script = f'<script src="{_attribute(order.links.script)}" async></script>'
    return f"<work-shelter-map {_attributes(told)}>{whole} · {listing}</work-shelter-map>\n{script}"


def picture_code(order: CodeOrder, places: Sequence[ListedPlace], at: datetime, *, left_out: int = 0) -> str:
    """The picture as a link to the live map, and its places as a list with the day it was made: a picture never stands alone.

    `left_out` says how many further places the list does not name.
    """
    words, links = order.words, order.links
    # As wide as its place it keeps its own ratio: a height in pixels would press it flat on a phone, and a style may be forbidden there.
    size = {"width": "100%"} if order.width_px is None else {"width": str(order.width_px), "height": str(order.height_px)}
    image = f'<img {_attributes({"src": links.picture, **size, "alt": _alternative(order)})} loading="lazy">'
    date = at.strftime("%Y-%m-%d")
    # The picture changes with the hour, the list stands for weeks: it names every place, and says so.
    day = words("All places, also closed ones, as of {date}", date=date) if order.asked.only_open else words("List as of {date}", date=date)
    live = f'<a href="{_attribute(links.whole)}">{_text(words("See what is open now"))}</a>'
    more = words("{count} more places", count=left_out)
    rows = [_row(place, words) for place in places]
    rows += [f'<li><a href="{_attribute(links.listing)}">{_text(more)}</a></li>'] if left_out else []
    listed = ["<ul>", *rows, "</ul>"] if rows else []
    return "\n".join([f'<p><a href="{_attribute(links.whole)}">{image}</a></p>', f"<p>{_text(day)} · {live}</p>", *listed])


def _alternative(order: CodeOrder) -> str:
    if order.asked.only_open:
        return order.words(
            "{title}: a picture of the map with the open places only. All places stand as a list below it.", title=order.title
        )
    return order.words("{title}: a picture of the map. The places stand as a list below it.", title=order.title)


def hours_line(statements: Sequence[HoursStatement], words: Words) -> str:
    """The weekly hours in a few words where all sources say the same, else that they do not, or that nobody knows."""
    said = {(item.opening_hours, item.on_holidays) for item in statements if item.alert is None and item.opening_hours}
    if len(said) > 1:
        return words("Sources tell different hours")
    told = next((_week(hours, on_holidays, words.lang) for hours, on_holidays in said), None)
    return told or words("Opening hours not known")


# Many places keep the same few hours.
@lru_cache(maxsize=1024)
def _week(hours: str | None, on_holidays: str | None, lang: str) -> str | None:
    return read_back(hours, on_holidays, get_words(lang))


def _row(place: ListedPlace, words: Words) -> str:
    sample = f" ({_text(words('Sample'))})" if place.is_sample else ""
    name = f'<a href="{_attribute(place.link)}">{_marked(place.name, words)}</a>'
    latin = f" {_text(place.latin)}" if place.latin else ""
    told = [f"{name}{latin}{sample}", *(_marked(text, words) for text in (place.where, place.hours) if text)]
    return f"<li>{' — '.join(told)}</li>"


def _marked(text: str, words: Words) -> str:
    return str(mark_korean(plain_text(text), words.lang))


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{_attribute(text)}"' for name, text in values.items())


def _attribute(text: str) -> Markup:
    return escape(plain_text(text))


def _text(text: str) -> Markup:
    return escape(plain_text(text))
