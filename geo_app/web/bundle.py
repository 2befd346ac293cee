"""`/shelters.bundle.json`: what a phone needs to rank shelters by itself, made once a minute at most."""

import gzip
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import brotli
import orjson
from flask import Blueprint, Response, current_app, request

from geo_app.domain.report import ReportSummary
from geo_app.finder.bundle import build_bundle
from geo_app.snapshot.layer import ReadyBytes
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import GZIP_LEVEL, best_coding
from geo_app.web.house import get_reports, get_snapshot, seoul_now
from geo_app.web.parameters import read_parameters

blueprint = Blueprint("bundle", __name__)
EXTENSION = "geo_app.bundle"
BROTLI_QUALITY = 5
# The phone's service worker keeps a copy of its own; every other cache asks each time, and mostly hears 304.
CACHE_CONTROL = "no-cache"


@dataclass(frozen=True, slots=True)
class _Made:
    """A bundle in every coding, and what it was made of."""

    snapshot: Snapshot
    minute: datetime
    reports: Mapping[str, ReportSummary]
    ready: Mapping[str, ReadyBytes]

    def is_of(self, snapshot: Snapshot, minute: datetime, reports: Mapping[str, ReportSummary]) -> bool:
        return self.snapshot is snapshot and self.minute == minute and self.reports == reports


class BundleCache:
    """Holds the newest bundle of one app. Safe to share between threads: a minute's first request makes it, the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: _Made | None = None

    def get(self, snapshot: Snapshot, at: datetime, reports: Mapping[str, ReportSummary]) -> Mapping[str, ReadyBytes]:
        """The bundle by content coding, for the minute of `at`."""
        minute = at.replace(second=0, microsecond=0)
        with self._lock:
            if self._made is None or not self._made.is_of(snapshot, minute, reports):
                self._made = _Made(snapshot, minute, dict(reports), make_ready(build_bundle(snapshot, minute, reports)))
            return self._made.ready


def make_ready(bundle: Mapping[str, object]) -> dict[str, ReadyBytes]:
    """The bytes of a bundle in each content coding, each with its own tag."""
    data = orjson.dumps(bundle)
    coded = {
        "identity": data,
        "gzip": gzip.compress(data, GZIP_LEVEL, mtime=0),
        "br": brotli.compress(data, quality=BROTLI_QUALITY),
    }
    return {coding: ReadyBytes(body, f'"{hashlib.sha256(body).hexdigest()}"') for coding, body in coded.items()}


@blueprint.get("/shelters.bundle.json")
def bundle() -> Response:
    """The bundle in the best coding the asker accepts, or 304 when she has it. It takes no parameters, so it can hold no position."""
    read_parameters((), request.args)
    snapshot = get_snapshot()
    cache: BundleCache = current_app.extensions.setdefault(EXTENSION, BundleCache())
    coding = best_coding()
    ready = cache.get(snapshot, seoul_now(), get_reports())[coding]
    headers = [
        ("ETag", ready.etag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", CACHE_CONTROL),
        ("X-Revision", str(snapshot.number)),
        ("Access-Control-Allow-Origin", "*"),
    ]
    known = request.environ.get("HTTP_IF_NONE_MATCH", "")
    if ready.etag in known or known.strip() == "*":
        return Response(status=304, headers=headers)
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    return Response(ready.data, headers=headers, content_type="application/json")
