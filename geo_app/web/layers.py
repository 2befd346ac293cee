"""`/layers/<layer>.geojson`: the whole public layer, ready-made bytes."""

from flask import Blueprint, Response, request

from geo_app.web.coding import best_coding
from geo_app.web.house import get_snapshot

blueprint = Blueprint("layers", __name__)
# Revalidated each time: a 304 costs one small answer, and a closed shelter must not stay open in a cache.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


@blueprint.get("/layers/<layer>.geojson")
def geojson(layer: str) -> Response:
    """The layer in the best coding the asker accepts, or 304 when she has it."""
    held = get_snapshot().get_layer(layer)
    coding = best_coding()
    ready = held.ready[coding]
    is_known = request.headers.get("If-None-Match") is not None and ready.etag.strip('"') in request.if_none_match
    answer = Response(status=304) if is_known else Response(ready.data, mimetype="application/geo+json")
    headers = answer.headers
    headers["ETag"] = ready.etag
    headers["Vary"] = "Accept-Encoding"
    headers["Cache-Control"] = CACHE_CONTROL
    headers["X-Revision"] = str(held.meta.revision)
    headers["Access-Control-Allow-Origin"] = "*"
    if coding != "identity" and not is_known:
        headers["Content-Encoding"] = coding
    return answer
