"""The open data of a district as schema.org JSON-LD: a catalogue, a data set a layer, a download a format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from geo_app.exports.schema_org import JsonLd

CATALOGUE_ID: Final = "#catalogue"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a data set: its format's name for people, its media type, its absolute address."""

    name: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """What is told of one data set. `licences`: addresses, or names where a licence has none; `temporal`: an ISO 8601 day or interval.

    `bounds_lonlat`: of its own shapes, as in `CatalogueFacts`; None where it has none.
    """

    id: str
    name: str
    description: str
    licences: Sequence[str]
    modified: datetime
    revision: int
    temporal: str | None
    downloads: Sequence[Download]
    bounds_lonlat: Box | None = None


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """Whose data it is and where: `page_url` is the page of the catalogue, `bounds_lonlat` (west, south, east, north) in EPSG:4326."""

    name: str
    description: str
    page_url: str
    creator: str
    creator_url: str
    place: str
    bounds_lonlat: Box
    modified: datetime
    lang: str
    feed_url: str


def catalogue_json_ld(catalogue: CatalogueFacts, datasets: Sequence[DatasetFacts]) -> JsonLd:
    """The document. Every data set may be had for nothing, so each says `isAccessibleForFree`."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": f"{catalogue.page_url}{CATALOGUE_ID}",
        "url": catalogue.page_url,
        "name": catalogue.name,
        "description": catalogue.description,
        "inLanguage": catalogue.lang,
        "dateModified": catalogue.modified.isoformat(timespec="seconds"),
        "creator": _creator(catalogue),
        "subjectOf": {"@type": "DataFeed", "url": catalogue.feed_url, "encodingFormat": "application/atom+xml"},
        "dataset": [_dataset(catalogue, facts) for facts in datasets],
    }


def _dataset(catalogue: CatalogueFacts, facts: DatasetFacts) -> JsonLd:
    licences = [_licence(text) for text in facts.licences]
    told: dict[str, Any] = {
        "@type": "Dataset",
        "@id": f"{catalogue.page_url}#{facts.id}",
        "url": f"{catalogue.page_url}#{facts.id}",
        "identifier": facts.id,
        "name": facts.name,
        "description": facts.description,
        "license": licences[0] if len(licences) == 1 else licences,
        "creator": _creator(catalogue),
        "version": str(facts.revision),
        "dateModified": facts.modified.isoformat(timespec="seconds"),
        "spatialCoverage": _place(catalogue, facts),
        "temporalCoverage": facts.temporal,
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@id": f"{catalogue.page_url}{CATALOGUE_ID}"},
        "distribution": [
            {"@type": "DataDownload", "name": item.name, "encodingFormat": item.media_type, "contentUrl": item.url}
            for item in facts.downloads
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, [], "")}


def _creator(catalogue: CatalogueFacts) -> JsonLd:
    return {"@type": "GovernmentOrganization", "name": catalogue.creator, "url": catalogue.creator_url}


def _licence(text: str) -> str | JsonLd:
    # The vocabulary takes an address or a work, never a bare phrase.
    return text if text.startswith("http") else {"@type": "CreativeWork", "name": text}


def _place(catalogue: CatalogueFacts, facts: DatasetFacts) -> JsonLd:
    # What is told of is the district, and shapes drawn by somebody else may reach a little over its border.
    boxes = [catalogue.bounds_lonlat, *([facts.bounds_lonlat] if facts.bounds_lonlat else [])]
    west, south = (min(box[side] for box in boxes) for side in (0, 1))
    east, north = (max(box[side] for box in boxes) for side in (2, 3))
    # South and west, then north and east: the vocabulary writes latitude first.
    return {"@type": "Place", "name": catalogue.place, "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}}
