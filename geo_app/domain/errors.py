"""One family of errors: a stable code and the values that explain it, never a sentence."""

from typing import ClassVar

ErrorValue = str | int | float | bool | None


class GeoAppError(Exception):
    """A fault with a stable `code`; `values` fill the sentence that `wording` has for that code."""

    code: ClassVar[str] = "fault"

    def __init__(self, **values: ErrorValue) -> None:
        super().__init__(self.code, values)
        self.values: dict[str, ErrorValue] = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({shown})"


class BadCoordinates(GeoAppError):
    """Not finite, outside the globe, or with its axes swapped. Values: `lon`, `lat`, `reason`."""

    code = "bad-coordinates"


class BadGeometry(GeoAppError):
    """A geometry that cannot be indexed or stored. Values: `reason`, and `id` where one is known."""

    code = "bad-geometry"


class BadArgument(GeoAppError):
    """An argument outside its stated range. Values: `name`, `value`, `expected`."""

    code = "bad-argument"


class UnknownLayer(GeoAppError):
    """No layer has that name. Values: `layer`, `known` (comma-separated)."""

    code = "unknown-layer"


class UnknownSite(GeoAppError):
    """No published record has that id in that layer. Values: `layer`, `id`."""

    code = "unknown-site"


class UnknownCrs(GeoAppError):
    """A coordinate system this project does not read. Values: `crs`, `known`."""

    code = "unknown-crs"


class BadRecord(GeoAppError):
    """A stored record that does not have the form of a site. Values: `id`, `field`, `reason`."""

    code = "bad-record"


class StaleRevision(GeoAppError):
    """Somebody wrote first: the expected head is not the head. Values: `expected`, `head`."""

    code = "stale-revision"


class UnknownRevision(GeoAppError):
    """No revision has that number. Values: `revision`, `head`."""

    code = "unknown-revision"


class BrokenLedger(GeoAppError):
    """A row or a chain link does not match its SHA-256. Values: `revision`, `what`."""

    code = "broken-ledger"


class BrokenStore(GeoAppError):
    """The store cannot be read or written. Values: `path`, `reason`."""

    code = "broken-store"
