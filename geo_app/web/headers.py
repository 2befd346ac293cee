"""Headers on every answer: what a page may load, who may frame it, what it tells other hosts."""

from collections.abc import Sequence

from flask import Flask, Response

CSP_BASE = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000"


def content_security_policy(*, scripts: Sequence[str] = (), styles: Sequence[str] = (), images: Sequence[str] = ()) -> str:
    """The policy with a page's own inline blocks (`'sha256-…'`) and one further image host."""
    added = {"script-src": scripts, "style-src": styles, "img-src": images}
    return "; ".join(" ".join([name, *values, *added.get(name, ())]) for name, values in CSP_BASE.items())


PLAIN_POLICY = content_security_policy()


def send_headers(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer; a page that needs its own policy has set it before."""
    fixed = [*HEADERS.items(), *([("Strict-Transport-Security", HSTS)] if is_https else [])]
    plain = [*fixed, ("Content-Security-Policy", PLAIN_POLICY)]

    @app.after_request
    def _add(response: Response) -> Response:
        # Appended in one go, not set one by one: no view sets these names, and setting looks through all that are there.
        has_policy = "Content-Security-Policy" in response.headers
        response.headers.extend(fixed if has_policy else plain)
        return response
