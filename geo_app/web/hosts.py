"""Which host names may be asked for, and in which scheme."""

import re
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from flask import g, request
from werkzeug.exceptions import SecurityError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


def check_host(hosts: Sequence[str]) -> Callable[[], None]:
    """A check of the request of now: raises SecurityError unless it asks for one of `hosts`; else notes that its host may be repeated.

    A host that begins with a dot stands for every name under it. Flask's own TRUSTED_HOSTS compares letter by letter and knows no IPv6.
    """
    known = frozenset(hosts)
    parents = tuple(host for host in hosts if host.startswith("."))

    def check() -> None:
        host = asked_host(request.headers.get("Host") or request.environ.get("SERVER_NAME", ""))
        if host not in known and not (host and parents and f".{host}".endswith(parents)):
            raise SecurityError
        g.is_known_host = True

    return check


def asked_host(header: str) -> str | None:
    """The host of a `Host` header as the settings write it: lower case, no port, IPv6 in its shortest form. None when it is none."""
    found = _HOST.fullmatch(header.lower() if header.count(":") <= 1 or header.startswith("[") else f"[{header.lower()}]")
    if found is None:
        return None
    host = found[1]
    try:
        return f"[{IPv6Address(host[1:-1])}]" if host.startswith("[") else host
    except ValueError:
        return None


class KnownScheme:
    """WSGI middleware behind trusted proxies: what is not https was asked by http, whatever a header says."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the application see http or https."""
        environ["wsgi.url_scheme"] = "https" if environ.get("wsgi.url_scheme") == "https" else "http"
        return self._app(environ, start_response)
