"""Which content coding to send, and answers in it."""

import gzip

from flask import Response, request

COMPRESS_FROM_BYTES = 860  # below about one packet, coding costs more than it saves
GZIP_LEVEL = 5
_CODINGS = ("br", "gzip")


def best_coding() -> str:
    """`br`, `gzip` or `identity`: the smallest the asker accepts."""
    accepted = request.headers.get("Accept-Encoding", "")
    if not accepted:
        return "identity"
    offered = request.accept_encodings
    return next((coding for coding in _CODINGS if offered[coding] > 0), "identity")


def compress_page(response: Response) -> Response:
    """The answer gzipped where the asker accepts it and it is worth it."""
    response.vary.add("Accept-Encoding")
    if response.content_length is not None and response.content_length < COMPRESS_FROM_BYTES:
        return response
    if request.accept_encodings["gzip"] > 0 and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(response.get_data(), GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
