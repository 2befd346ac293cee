"""A plain client of the OGC doors: what a stranger's program sees, with no code of ours in it."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

GEOJSON, JSON, HTML = "application/geo+json", "application/json", "text/html"
SCHEMA, OPENAPI = "application/schema+json", "application/vnd.oai.openapi+json;version=3.0"
PROBLEM = "application/problem+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True)
class Answer:
    """Status, headers (by lower-case name) and body."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    def json(self) -> Any:
        """The body as JSON; NaN and Infinity are none."""
        return json.loads(self.body, parse_constant=_refuse)

    def link(self, rel: str, media: str | None = None) -> dict[str, Any]:
        """The first link of that relation, and type where one is named."""
        return next(item for item in self.links(rel) if media is None or item.get("type", "").startswith(media))

    def links(self, rel: str) -> list[dict[str, Any]]:
        """All links of that relation."""
        return [item for item in self.json()["links"] if item["rel"] == rel]

    def ids(self) -> list[Any]:
        """The ids of the features, in their order."""
        return [feature["id"] for feature in self.json()["features"]]


class Door:
    """The doors under one address."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.root = f"{site}/ogc"

    def get(self, path: str = "/", *, accept: str | None = None, method: str = "GET", **parameters: Any) -> Answer:
        """`path` under the landing page, or a whole address; parameters as they would be typed."""
        url = path if path.startswith("http") else f"{self.root}{path}"
        if parameters:
            url += ("&" if "?" in url else "?") + urllib.parse.urlencode({name.rstrip("_"): text for name, text in parameters.items()})
        return self.fetch(url, method=method, **({} if accept is None else {"Accept": accept}))

    def fetch(self, url: str, *, method: str = "GET", **headers: str) -> Answer:
        """A whole address with headers (`If_None_Match` for If-None-Match)."""
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        request = urllib.request.Request(url, method=method, headers={"Accept": GEOJSON + ", " + JSON, **sent})
        try:
            with urllib.request.urlopen(request, timeout=60) as told:
                return Answer(url, told.status, _lower(told.headers), told.read())
        except urllib.error.HTTPError as told:
            with told:
                return Answer(url, told.code, _lower(told.headers), told.read())

    def items(self, collection: str, **parameters: Any) -> Answer:
        """The items of a collection, which must be there."""
        answer = self.get(f"/collections/{collection}/items", **parameters)
        assert answer.status == 200, (answer.url, answer.status, answer.body[:500])
        return answer

    def collections(self) -> list[dict[str, Any]]:
        """All that are offered."""
        return list(self.get("/collections").json()["collections"])

    def everything(self, collection: str, **parameters: Any) -> list[dict[str, Any]]:
        """Every feature of a collection, in one page."""
        features = self.items(collection, limit=10_000, **parameters).json()["features"]
        assert len(features) < 10_000
        return list(features)

    def layer(self, name: str) -> list[dict[str, Any]]:
        """The same places by another door, in the order of their ids."""
        return list(self.fetch(f"{self.site}/layers/{name}.geojson").json()["features"])


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): text for name, text in headers.items()}


def _refuse(text: str) -> Any:
    raise AssertionError(text)


def schema_names(document: dict[str, Any]) -> set[str]:
    """The properties that a JSON schema names."""
    return set(document["properties"])


# RFC 3339, section 5.6.
DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
