"""Headers on every answer: what a page may load, who may frame it, what it tells other hosts."""

from collections.abc import Sequence

from flask import Flask, Response, request

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
# Tells a phone that an answer is ours, and not a page that a proxy or a hotel's network put in its place (static/js/sw/kept.js).
MARK = ("X-App", "geo-app")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # No other host is told; our own is, since the forms of a page without a referrer would say "null" for where they come from.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    MARK[0]: MARK[1],
}
# An answer under a link that is somebody's key: no search engine and no cache on the way keeps it. Where it stood is told to our own host
# alone, as everywhere: without any referrer its forms would say "null" for where they come from, as a stranger's can.
SECRET_HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
SECRET_PARAMETER, SECRET_PATH = "scenario", "/plan/compare"
HSTS = "max-age=31536000"


def content_security_policy(
    *, scripts: Sequence[str] = (), styles: Sequence[str] = (), images: Sequence[str] = (), framed_by: Sequence[str] = ()
) -> str:
    """The policy with a page's own inline blocks (`'sha256-…'`), one further image host, and who may frame the page: nobody, or these."""
    added = {"script-src": scripts, "style-src": styles, "img-src": images}
    base = {**CSP_BASE, "frame-ancestors": [*framed_by]} if framed_by else CSP_BASE
    return "; ".join(" ".join([name, *values, *added.get(name, ())]) for name, values in base.items())


FRAMED_BY_NOBODY = "frame-ancestors 'none'"
PLAIN_POLICY = content_security_policy()


def send_headers(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer; a page that needs its own policy has set it before."""
    fixed = [*HEADERS.items(), *([("Strict-Transport-Security", HSTS)] if is_https else [])]
    plain = [*fixed, ("Content-Security-Policy", PLAIN_POLICY)]
    # The older header cannot name sites, so that it must not stand where the policy does: browsers of before 2016 are told nothing.
    framed = [item for item in fixed if item[0] != "X-Frame-Options"]

    @app.after_request
    def _add(response: Response) -> Response:
        # Appended in one go, not set one by one: no view sets these names, and setting looks through all that are there.
        policy = response.headers.get("Content-Security-Policy")
        own = fixed if policy is None or FRAMED_BY_NOBODY in policy else framed
        response.headers.extend(plain if policy is None else own)
        if _is_secret():
            response.headers.update(SECRET_HEADERS)
        return response


def _is_secret() -> bool:
    query = request.environ.get("QUERY_STRING", "")
    # The name may stand there encoded; only then is the query read for it.
    is_named = f"{SECRET_PARAMETER}=" in query or ("%" in query and SECRET_PARAMETER in request.args)
    return is_named or request.path.startswith(SECRET_PATH)
