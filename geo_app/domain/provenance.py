"""Where a fact comes from, how sure it is, and who may see it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How sure it is that the place exists as written. `SAMPLE` is made up, and says so everywhere."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    PLANNED = "planned"
    CLOSED = "closed"
    SAMPLE = "sample"


# Places that do not open: not yet, or never again. Their doors are closed whatever their hours say.
NOT_OPEN = (Status.PLANNED.value, Status.CLOSED.value)


class Precision(StrEnum):
    """How near the coordinates are to the door. `NONE` is listed, never a pin."""

    ADDRESS = "address"
    STREET = "street"
    DONG = "dong"
    COMPLEX = "complex"
    NONE = "none"


# At these a point stands for the place itself; at the others for a dong or a complex it lies somewhere in.
POINT_PRECISIONS = (Precision.ADDRESS.value, Precision.STREET.value)


class Visibility(StrEnum):
    """`PUBLIC` is shown, `COUNTED` only counted, `INTERNAL` stays with the office."""

    PUBLIC = "public"
    COUNTED = "counted"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Provenance:
    """`source` is the short id of a source ("asiae-2026-01-18", "partners.csv"), `source_key` the source's own key of the row."""

    source: str
    source_key: str | None = None
    source_url: str | None = None
    as_of: date | None = None
    checked_on: date | None = None
    licence: str | None = None
