"""Which content coding to send, and answers in it."""

import gzip
from functools import lru_cache

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

COMPRESS_FROM_BYTES = 860  # below about one packet, coding costs more than it saves
GZIP_LEVEL = 5
MAX_HEADER = 256
_CODINGS = ("br", "gzip")


def best_coding() -> str:
    """`br`, `gzip` or `identity`: the smallest the asker accepts."""
    return next(iter(_accepted()), "identity")


def _accepted() -> tuple[str, ...]:
    return _codings_of(request.environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_HEADER])


# Browsers send a handful of different headers; reading one anew costs as much as the rest of a ready answer.
@lru_cache(maxsize=64)
def _codings_of(header: str) -> tuple[str, ...]:
    offered = parse_accept_header(header, Accept)
    return tuple(coding for coding in _CODINGS if offered[coding] > 0)


def compress_page(response: Response) -> Response:
    """The answer gzipped where the asker accepts it and it is worth it."""
    response.vary.add("Accept-Encoding")
    if response.content_length is not None and response.content_length < COMPRESS_FROM_BYTES:
        return response
    if "gzip" in _accepted() and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(response.get_data(), GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
