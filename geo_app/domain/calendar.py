"""Public holidays as dated facts with a source: a document that staff can read and mend, not a package's opinion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from geo_app.domain.errors import BadRecord

SEOUL = ZoneInfo("Asia/Seoul")
# The very days carry exactly these names ("설날 전날" is another day): shops that never close are shut on them.
_FEASTS = frozenset({"설날", "추석"})


class HolidayKind(StrEnum):
    """Why a day is a public holiday; all are holidays alike."""

    PUBLIC = "public"
    SUBSTITUTE = "substitute"
    TEMPORARY = "temporary"
    ELECTION = "election"


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
class Calendar:
    """The public holidays between `covers_from` and `covers_until`, both included; None on either side: nothing is covered.

    Outside those days holidays are not known. Hours there are told as on ordinary days, and `covers` lets a door say so: to call every
    weekday of another year unknown would hide the much that is certain behind the little that is not.
    """

    holidays: tuple[Holiday, ...] = ()
    covers_from: date | None = None
    covers_until: date | None = None
    _by_day: Mapping[date, tuple[Holiday, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        in_order = tuple(sorted(self.holidays, key=lambda item: (item.day, item.name)))
        by_day: dict[date, tuple[Holiday, ...]] = {}
        for item in in_order:
            by_day[item.day] = (*by_day.get(item.day, ()), item)
        object.__setattr__(self, "holidays", in_order)
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
        days = range(first.toordinal(), last.toordinal() + 1)
        return tuple(item for ordinal in days for item in self._by_day.get(date.fromordinal(ordinal), ()))

    def to_record(self) -> dict[str, Any]:
        """Plain JSON values, the form of the stored document."""
        return {
            "covers_from": self.covers_from and self.covers_from.isoformat(),
            "covers_until": self.covers_until and self.covers_until.isoformat(),
            "holidays": [_holiday_record(item) for item in self.holidays],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Calendar":
        """The calendar that a stored document tells. Raises `BadRecord`."""
        try:
            return cls(
                tuple(_load_holiday(item) for item in record.get("holidays", ())),
                _load_day(record.get("covers_from")),
                _load_day(record.get("covers_until")),
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


def _load_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
