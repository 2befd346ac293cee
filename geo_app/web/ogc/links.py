"""The links of an answer: absolute, under the public address, each saying what it leads to and in which form."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import request

from geo_app.web.house import get_language, link, public_root, words_of_reader
from geo_app.web.ogc.media import JSON_FORM, PAGE, PAGE_FORM, PATH
from geo_app.web.prefix import QUERY_SIGNS
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words, get_words

Link = dict[str, str]

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SORTABLES = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
SCHEMA_OF = "http://www.opengis.net/def/rel/ogc/1.0/schema"
CONFORMANCE = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
DATA = "http://www.opengis.net/def/rel/ogc/1.0/data"
# What stands unencoded in the queries we write: our own lists are then read as they were typed (RFC 3986, 3.4).
_PLAIN_SIGNS = ",:/*@"


def address(endpoint: str, **values: Any) -> str:
    """The absolute address of a door, carrying the reader's language."""
    return public_root() + link(endpoint, **values)


def linked(rel: str, href: str, media: str, title: str) -> Link:
    """One link; `title` is a message id."""
    return {"rel": rel, "type": media, "title": words_of_reader()(title), "href": href}


@dataclass(frozen=True, slots=True)
class Here:
    """The address of this request, read once: `doors` leads to the landing page (without a slash), `place` to what was asked."""

    doors: str
    place: str
    query: str
    words: Words

    def as_asked(self) -> str:
        """This very address."""
        return f"{self.place}?{self.query}" if self.query else self.place

    def with_(self, **changed: int | str) -> str:
        """The same question with some parameters changed or added."""
        if any(name in request.args for name in changed):
            return f"{self.place}?{urlencode({**request.args.to_dict(), **changed}, safe=_PLAIN_SIGNS)}"
        # Mostly the parameter is new: what was asked is not written anew then.
        added = "&".join(f"{name}={value}" for name, value in changed.items())
        return f"{self.as_asked()}{'&' if self.query else '?'}{added}"

    def link(self, rel: str, href: str, media: str, title: str) -> Link:
        """One link; `title` is a message id."""
        return {"rel": rel, "type": media, "title": self.words(title), "href": href}

    def forms(self, media: str) -> list[Link]:
        """`self` and the other form of the same; `media` is the type of the form for programs."""
        page = self.link("alternate", self.with_(f=PAGE_FORM), PAGE, "This document as a page")
        return [self.link("self", self.as_asked(), media, "This document"), page]

    def collection(self, collection_id: str) -> str:
        """The address of a collection, as `address` would give it: without asking the router, which costs more than a search."""
        language = "" if self.words.lang == DEFAULT_LANGUAGE else f"?lang={self.words.lang}"
        return f"{self.doors}/collections/{collection_id}{language}"


def here() -> Here:
    """Where this request asks."""
    root = public_root() + quote(request.script_root)
    query = quote(request.environ.get("QUERY_STRING", ""), safe=QUERY_SIGNS, encoding="latin-1")
    return Here(root + PATH, root + quote(request.path), query, get_words(get_language()))


def forms_of_this(media: str) -> list[Link]:
    """`self` and the other form of what is asked."""
    return here().forms(media)


def form_links(media: str) -> dict[str, str]:
    """For a page: the address of this in the form for programs, and that form's type."""
    return {"href": here().with_(f=JSON_FORM), "type": media}
