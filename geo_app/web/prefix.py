"""The path prefix of the public address, whether the proxy in front strips it or not."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from geo_app.web.headers import HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# What may stand in a query as it is (RFC 3986, 3.4); the rest is encoded, so that it can end no header.
QUERY_SIGNS = "%/?:@!$&'()*+,;=~"


class PathPrefix:
    """WSGI middleware: every link gets the prefix; a path that still carries it is served too.

    The prefix alone leads to the prefix with a slash: without it a page lies outside what the service worker may keep.
    """

    def __init__(self, app: "WSGIApplication", prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Move the prefix from PATH_INFO to SCRIPT_NAME."""
        path = environ.get("PATH_INFO", "")
        if path == self._prefix and environ.get("REQUEST_METHOD") in ("GET", "HEAD"):
            return self._lead_inside(environ.get("QUERY_STRING", ""), start_response)
        if path == self._prefix or path.startswith(self._prefix + "/"):
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
        environ["SCRIPT_NAME"] = self._prefix
        return self._app(environ, start_response)

    def _lead_inside(self, query: str, start_response: "StartResponse") -> Iterable[bytes]:
        question = f"?{quote(query, safe=QUERY_SIGNS, encoding='latin-1')}" if query else ""
        told = [("Location", f"{self._prefix}/{question}"), ("Content-Length", "0"), ("Cache-Control", "no-cache"), *HEADERS.items()]
        start_response("308 PERMANENT REDIRECT", told)
        return [b""]
