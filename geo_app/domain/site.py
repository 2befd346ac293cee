"""A place of the district: what is said of it, where it is, when its door is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo_app.domain.calendar import AlertKind
from geo_app.domain.provenance import Precision, Provenance, Status, Visibility

Attributes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Closure:
    """Shut on the shifts that start on the days `first` to `last`, both included. It ends by itself."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Open at other hours on the shifts that start on the days `first` to `last`, both included. It ends by itself.

    `times` are the sittings of one day, `10:00-15:00` or `10:00-14:00,22:00-26:00` (`hours.parse_spans`); those that cannot be read
    leave the days unknown. On a holiday they hold all the same. A closure of the same day wins, and of several the last holds.
    """

    first: date
    last: date
    times: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HoursStatement:
    """What one source says about the hours.

    `text` is kept as written. `opening_hours` is the canonical OpenStreetMap form of the weekly rule without holidays, or None where
    the text was not understood. `on_holidays` is one of `hours.HOLIDAY_RULES`, or None where nobody said. With `alert` it speaks only
    of the shifts that start on days under that alert, in the place of what its source says otherwise.
    """

    text: str
    opening_hours: str | None = None
    on_holidays: str | None = None
    source: str | None = None
    source_url: str | None = None
    as_of: date | None = None
    alert: AlertKind | None = None


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A place as a file or a form tells it, before it has an id of ours.

    `geometry` is in EPSG:4326, longitude first; None where no coordinates are known. `attributes` holds the layer's own fields
    (`domain.layers`), parsed: numbers are numbers, dates are ISO strings, choices are codes.
    """

    layer: str
    name: str
    provenance: Provenance
    kind: str | None = None
    status: Status = Status.REPORTED
    precision: Precision = Precision.NONE
    visibility: Visibility = Visibility.PUBLIC
    address: str | None = None
    geometry: BaseGeometry | None = None
    hours: tuple[HoursStatement, ...] = ()
    closures: tuple[Closure, ...] = ()
    dated_hours: tuple[DatedHours, ...] = ()
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site(SiteDraft):
    """A published place. `id` is given once (`sh-000123`), never reused, never made from a code or a name."""

    id: str = ""

    @property
    def is_sample(self) -> bool:
        """True for a made-up record."""
        return self.status is Status.SAMPLE

    @property
    def is_pin(self) -> bool:
        """True when it may be drawn: public, with coordinates of a stated precision."""
        return self.visibility is Visibility.PUBLIC and self.geometry is not None and self.precision is not Precision.NONE
