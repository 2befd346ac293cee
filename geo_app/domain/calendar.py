"""Public holidays and weather alerts as dated facts with a source: a document that staff can read and mend, not a package's opinion."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from geo_app.domain.errors import BadRecord

SEOUL = ZoneInfo("Asia/Seoul")
# The very days carry exactly these names ("설날 전날" is another day): shops that never close are shut on them.
_day_of = attrgetter("day")
_FEASTS = frozenset({"설날", "추석"})


class HolidayKind(StrEnum):
    """Why a day is a holiday; all are holidays alike. `LOCAL`: kept in the district alone (its own day, a strike)."""

    PUBLIC = "public"
    SUBSTITUTE = "substitute"
    TEMPORARY = "temporary"
    ELECTION = "election"
    LOCAL = "local"


class AlertKind(StrEnum):
    """A weather alert under which some places keep other hours: 폭염특보 and 한파특보."""

    HEAT_WAVE = "heat-wave"
    COLD_WAVE = "cold-wave"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday. `name` in Korean, as the government's table writes it; `source` says where the date comes from.

    Two that fall on one day are two holidays: on 2028-10-03 both 추석 and 개천절.
    """

    day: date
    name: str
    kind: HolidayKind = HolidayKind.PUBLIC
    source: str = ""


@dataclass(frozen=True, slots=True)
class WeatherAlert:
    """An alert in force on the days `first` to `last`, both included. It ends by itself; `source` says who announced it."""

    kind: AlertKind
    first: date
    last: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The public holidays between `covers_from` and `covers_until`, both included (None on either side: nothing is covered), and alerts.

    Outside those days holidays are not known. Hours there are told as on ordinary days, and `covers` lets a door say so: to call every
    weekday of another year unknown would hide the much that is certain behind the little that is not.
    """

    holidays: tuple[Holiday, ...] = ()
    covers_from: date | None = None
    covers_until: date | None = None
    alerts: tuple[WeatherAlert, ...] = ()
    _by_day: Mapping[date, tuple[Holiday, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        in_order = tuple(sorted(self.holidays, key=lambda item: (item.day, item.name)))
        by_day: dict[date, tuple[Holiday, ...]] = {}
        for item in in_order:
            by_day[item.day] = (*by_day.get(item.day, ()), item)
        object.__setattr__(self, "holidays", in_order)
        object.__setattr__(self, "alerts", tuple(sorted(self.alerts, key=lambda item: (item.first, item.kind, item.last))))
        object.__setattr__(self, "_by_day", by_day)

    @classmethod
    def empty(cls) -> "Calendar":
        """The calendar that knows of no holiday and covers no day."""
        return cls()

    def covers(self, day: date) -> bool:
        """True where the holidays of that day are known."""
        return self.covers_from is not None and self.covers_until is not None and self.covers_from <= day <= self.covers_until

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday of a day (the first by name where two fall together), or None."""
        return next(iter(self._by_day.get(day, ())), None)

    def is_public_holiday(self, day: date) -> bool:
        """True on a holiday of any kind."""
        return day in self._by_day

    def is_seollal_or_chuseok_day(self, day: date) -> bool:
        """True on the very day of 설날 or 추석, not on the days beside it."""
        return any(item.name in _FEASTS for item in self._by_day.get(day, ()))

    def list_holidays(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The holidays from `first` to `last`, both included, by day and name."""
        start = bisect_left(self.holidays, first, key=_day_of)
        return self.holidays[start : bisect_right(self.holidays, last, lo=start, key=_day_of)] if first <= last else ()

    def alerts_on(self, day: date) -> tuple[AlertKind, ...]:
        """The kinds of alert in force on a day, each once."""
        return tuple(kind for kind in AlertKind if any(item.kind is kind and item.first <= day <= item.last for item in self.alerts))

    def to_record(self) -> dict[str, Any]:
        """Plain JSON values, the form of the stored document."""
        record: dict[str, Any] = {
            "covers_from": self.covers_from and self.covers_from.isoformat(),
            "covers_until": self.covers_until and self.covers_until.isoformat(),
            "holidays": [_holiday_record(item) for item in self.holidays],
        }
        # A document without alerts has the bytes it had before there were any.
        return {**record, "alerts": [_alert_record(item) for item in self.alerts]} if self.alerts else record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Calendar":
        """The calendar that a stored document tells. Raises `BadRecord`."""
        try:
            return cls(
                tuple(_load_holiday(item) for item in record.get("holidays", ())),
                _load_day(record.get("covers_from")),
                _load_day(record.get("covers_until")),
                tuple(_load_alert(item) for item in record.get("alerts", ())),
            )
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            raise BadRecord(id="calendar", field="holidays", reason=str(fault)) from fault


def _holiday_record(item: Holiday) -> dict[str, str]:
    return {"day": item.day.isoformat(), "name": item.name, "kind": item.kind.value, "source": item.source}


def _load_holiday(item: Mapping[str, Any]) -> Holiday:
    return Holiday(
        day=date.fromisoformat(item["day"]),
        name=str(item["name"]),
        kind=HolidayKind(item.get("kind", "public")),
        source=str(item.get("source", "")),
    )


def _alert_record(item: WeatherAlert) -> dict[str, str]:
    return {"kind": item.kind.value, "first": item.first.isoformat(), "last": item.last.isoformat(), "source": item.source}


def _load_alert(item: Mapping[str, Any]) -> WeatherAlert:
    first, last = date.fromisoformat(item["first"]), date.fromisoformat(item["last"])
    return WeatherAlert(AlertKind(item["kind"]), first, last, str(item.get("source", "")))


def _load_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
