"""`/layers/<layer>.geojson`: the whole public layer, ready-made bytes."""

from flask import Blueprint, Response, request

from geo_app.web.coding import best_coding
from geo_app.web.house import get_snapshot
from geo_app.web.parameters import read_parameters

blueprint = Blueprint("layers", __name__)
# Revalidated each time: a 304 costs one small answer, and a closed shelter must not stay open in a cache.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


@blueprint.get("/layers/<layer>.geojson")
def geojson(layer: str) -> Response:
    """The layer in the best coding the asker accepts, or 304 when she has it."""
    if request.query_string:
        read_parameters((), request.args)
    held = get_snapshot().get_layer(layer)
    coding = best_coding()
    ready = held.ready[coding]
    # The tag is a quoted SHA-256: it stands in the header, alone or in a list, or it does not.
    known = request.environ.get("HTTP_IF_NONE_MATCH", "")
    is_known = ready.etag in known or known.strip() == "*"
    headers = [
        ("ETag", ready.etag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", CACHE_CONTROL),
        ("X-Revision", str(held.meta.revision)),
        ("Access-Control-Allow-Origin", "*"),
    ]
    if is_known:
        return Response(status=304, headers=headers)
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    return Response(ready.data, headers=headers, content_type="application/geo+json")
