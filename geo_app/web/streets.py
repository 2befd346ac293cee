"""`/streets/<digest>/<level>.json`: the street backdrop of our maps, whole levels of the district.

The address holds the digest of the imported streets and nothing of the view: it may be cached for ever and tells nobody's whereabouts.
"""

import gzip
import hashlib
from functools import lru_cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from geo_app.cartography.backdrop import LEVELS, Level, draw_backdrop
from geo_app.maps.offers import StreetOffer
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.streets import Streets
from geo_app.web.coding import best_coding
from geo_app.web.house import get_snapshot, link
from geo_app.web.parameters import read_parameters

blueprint = Blueprint("streets", __name__)
DIGEST_DIGITS = 16
GZIP_LEVEL = 9
CACHE_CONTROL = "public, max-age=31536000, immutable"


@blueprint.get("/streets/<digest>/<level>.json")
def backdrop(digest: str, level: str) -> Response:
    """One level of the streets whose digest begins so."""
    read_parameters((), request.args)
    streets = get_snapshot().streets
    if streets is None or digest != streets.digest[:DIGEST_DIGITS] or level not in [*Level]:
        raise NotFound
    plain, packed = _level(streets, Level(level))
    is_packed = best_coding() != "identity"
    answer = Response(packed if is_packed else plain, content_type="application/json")
    answer.headers["Cache-Control"] = CACHE_CONTROL
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest())
    if is_packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.make_conditional(request)
    return answer


def street_offer(snapshot: Snapshot) -> StreetOffer | None:
    """What a map page is told of the backdrop; None where no streets were imported."""
    meta = snapshot.streets_meta
    if meta is None:
        return None
    address = link("streets.backdrop", digest=meta["digest"][:DIGEST_DIGITS], level="LEVEL", lang="ko").replace("LEVEL", "{level}")
    levels = tuple((level.value, style.min_zoom) for level, style in LEVELS.items())
    return StreetOffer(address, levels)


# Two: while workers change over, requests for the old streets still come.
@lru_cache(maxsize=2 * len(Level))
def _level(streets: Streets, level: Level) -> tuple[bytes, bytes]:
    plain = draw_backdrop(streets, level)
    return plain, gzip.compress(plain, GZIP_LEVEL, mtime=0)
