"""Whether a request was made by one of our own pages, and what kind of answer it asks for."""

from urllib.parse import urlsplit

from flask import request

OWN_FETCH_SITES = ("same-origin", "none")  # "none": the reader's own doing, such as sending a form again after a reload
JSON, HTML = "application/json", "text/html"


def is_from_elsewhere(public_url: str) -> bool:
    """True where the browser says that another site's page sent this request.

    `Sec-Fetch-Site` is the browser's own word and decides where it stands. A browser without it (or on plain http) says `Origin`; its
    "null" is what a page says that hides where it is, which ours do not. Who is no browser says neither.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site not in OWN_FETCH_SITES
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    sender = _host_and_port(origin)
    return sender is None or sender not in (request.host.lower(), _host_and_port(public_url))


def asks_for_json() -> bool:
    """True where JSON is wanted more than a page; who takes anything gets the page."""
    accepted = request.accept_mimetypes
    return accepted[JSON] > accepted[HTML]


def _host_and_port(address: str) -> str | None:
    try:
        return urlsplit(address).netloc.lower() or None
    except ValueError:
        return None
