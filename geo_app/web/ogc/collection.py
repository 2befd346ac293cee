"""What a collection of the OGC doors says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from geo_app.domain.errors import GeoAppError
from geo_app.finder.items import ItemTable
from geo_app.wording.catalogue import Words

LonLatBox = tuple[float, float, float, float]
Interval = tuple[date | None, date | None]


class UnknownCollection(GeoAppError):
    """No collection has that id. Values: `collection`, `known` (comma-separated)."""

    code = "unknown-collection"


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms features may be used. `title` is a message id; `href` is None where the terms have no page of their own."""

    code: str
    title: str
    href: str | None = None


class KeptTable:
    """A table made when it is first asked for, and kept. The first asker makes it; who asks for the same meanwhile waits for it."""

    def __init__(self, make: Callable[[], ItemTable]) -> None:
        self._make = make
        self._lock = Lock()
        self._table: ItemTable | None = None

    def __call__(self) -> ItemTable:
        """The table. Raises what making it raises, and keeps nothing then."""
        with self._lock:
            if self._table is None:
                self._table = self._make()
            return self._table


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection of a snapshot.

    `title` and `description` are message ids: show them by `title_in` and `description_in`. `extent_lonlat` is (west, south, east,
    north) in EPSG:4326, longitude first, None where nothing has a geometry; `interval` holds the first and last day of the features'
    own dates, None where they have none. `layer` names the layer of places it is made of, None for an analysis. `table` may take
    a second when it is asked for the first time of an analysis, and is at hand from then on. `cache_tag` changes whenever the features
    may have: two collections with equal ids and tags have equal features. `revision` is the last that touched it. `parameters` ask the
    planner's page for the analysis it holds, empty for a layer.
    """

    id: str
    title: str
    description: str
    table: Callable[[], ItemTable]
    has_geometry: bool
    revision: int
    cache_tag: str
    extent_lonlat: LonLatBox | None = None
    interval: Interval | None = None
    licences: tuple[Licence, ...] = ()
    layer: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    def title_in(self, words: Words) -> str:
        """The title in a language."""
        return words(self.title)

    def description_in(self, words: Words) -> str:
        """The description in a language."""
        return words(self.description, **self.values)
