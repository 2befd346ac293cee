"""Doors that will be taken away: announced a year before, in headers, in the document and on the page of the doors.

Here and nowhere else: an entry in `DEPARTURES` is the announcement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from typing import Final

from flask import Flask, Response, request

from geo_app.domain.calendar import SEOUL

LEAST_NOTICE_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Departure:
    """What goes: the door at `path` (and what begins with it, where it ends in a slash), told on one day and gone after another."""

    path: str
    told_on: datetime
    gone_after: datetime
    instead: str

    def __post_init__(self) -> None:
        if self.gone_after - self.told_on < timedelta(days=LEAST_NOTICE_DAYS):
            raise ValueError(self)

    def concerns(self, path: str) -> bool:
        """True for what is taken away with it."""
        return path == self.path or (self.path.endswith("/") and path.startswith(self.path))

    def headers(self) -> list[tuple[str, str]]:
        """RFC 9745 and RFC 8594."""
        sunset = datetime.combine(self.gone_after.date(), time(), tzinfo=SEOUL).astimezone(UTC)
        return [("Deprecation", f"@{int(self.told_on.timestamp())}"), ("Sunset", format_datetime(sunset, usegmt=True))]


DEPARTURES: Final[tuple[Departure, ...]] = ()


def announce(app: Flask, departures: Sequence[Departure] = DEPARTURES) -> None:
    """Let the answers of doors that will go say so. Where none will, nothing is done to any answer."""
    if departures:
        app.after_request(lambda answer: _told(answer, departures))


def find_departure(path: str, departures: Sequence[Departure] = DEPARTURES) -> Departure | None:
    """The announcement that concerns a path."""
    return next((item for item in departures if item.concerns(path)), None)


def _told(answer: Response, departures: Sequence[Departure]) -> Response:
    found = find_departure(request.path, departures)
    if found is not None:
        answer.headers.extend(found.headers())
    return answer
