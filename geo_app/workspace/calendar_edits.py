"""Edits of the calendar by staff: each one revision of the numbered input `calendar`, or none where nothing changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import orjson

from geo_app.domain.calendar import AlertKind, Calendar, Holiday, WeatherAlert
from geo_app.domain.change import Change, Channel, Revision, RevisionDraft
from geo_app.domain.errors import GeoAppError, StaleRevision
from geo_app.domain.record import canonical_json
from geo_app.workspace.packs import DOCUMENTS
from geo_app.workspace.workspace import Workspace

CALENDAR_DOCUMENT: Final = "calendar"
_TRIES = 5
_NEAR_DAYS, _NEAR_COUNT = 31, 5


class HolidayConflict(GeoAppError):
    """The day has a holiday of that name, told otherwise. Values: `day`, `name`, `kind`, `source`."""

    code = "holiday-conflict"


class UnknownHoliday(GeoAppError):
    """That day has no such holiday. Values: `holiday` (the day, and the name where one was given), `near`: holidays about it."""

    code = "unknown-holiday"


class SeveralHolidays(GeoAppError):
    """The day has more than one and none was named. Values: `day`, `names`."""

    code = "several-holidays"


class DayNotCovered(GeoAppError):
    """The calendar does not speak of that day. Values: `day`, `first`, `last` (empty: it covers no day)."""

    code = "day-not-covered"


class AlertConflict(GeoAppError):
    """Alerts of one kind overlap. Values: `kind`, `first`, `last` of the one that is there."""

    code = "alert-conflict"


class UnknownAlert(GeoAppError):
    """No alert of that kind begins that day. Values: `kind`, `day`, `near`: those that are there."""

    code = "unknown-alert"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that was made: the calendar before it and as it now is, and the revision; None where nothing differs."""

    before: Calendar
    calendar: Calendar
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits, why and when: what a revision says of itself."""

    actor: str
    reason: str
    at: datetime
    channel: Channel = Channel.OPERATOR


def read_calendar(workspace: Workspace) -> Calendar:
    """The calendar of the newest revision; empty where the district has none."""
    return _calendar_of(workspace, workspace.ledger.head_number())


def add_holidays(workspace: Workspace, holidays: Sequence[Holiday], editor: Editor, *, only_covered: bool = True) -> Edit:
    """Add days; those that are there already in the same words stay as they are.

    Raises `HolidayConflict`; `DayNotCovered` unless `only_covered` is off; `StaleRevision` where others keep writing.
    """

    def change(calendar: Calendar) -> Calendar:
        for item in holidays:
            if only_covered:
                _require_covered(calendar, item.day)
            _refuse_other(calendar, item)
        new = [item for item in holidays if item not in calendar.holidays]
        return replace(calendar, holidays=(*calendar.holidays, *new))

    return _edit(workspace, editor, change)


def remove_holiday(workspace: Workspace, day: date, name: str | None, editor: Editor) -> Edit:
    """Take a holiday away; without a name the only one of its day. Raises `UnknownHoliday`, `SeveralHolidays`, `StaleRevision`."""

    def change(calendar: Calendar) -> Calendar:
        held = calendar.list_holidays(day, day)
        named = [item for item in held if name in (None, item.name)]
        if not named:
            raise UnknownHoliday(holiday=f"{day} {name or ''}".strip(), near=_near(calendar, day))
        if len(named) > 1:
            raise SeveralHolidays(day=day.isoformat(), names=", ".join(item.name for item in named))
        return replace(calendar, holidays=tuple(item for item in calendar.holidays if item not in named))

    return _edit(workspace, editor, change)


def add_alert(workspace: Workspace, alert: WeatherAlert, editor: Editor, *, only_covered: bool = True) -> Edit:
    """Add an alert; the very same one stays as it is.

    Raises `AlertConflict` where one of its kind overlaps it; `DayNotCovered` unless `only_covered` is off; `StaleRevision`.
    """

    def change(calendar: Calendar) -> Calendar:
        if alert in calendar.alerts:
            return calendar
        for day in (alert.first, alert.last) if only_covered else ():
            _require_covered(calendar, day)
        for item in calendar.alerts:
            if item.kind is alert.kind and item.first <= alert.last and alert.first <= item.last:
                raise AlertConflict(kind=item.kind.value, first=item.first.isoformat(), last=item.last.isoformat())
        return replace(calendar, alerts=(*calendar.alerts, alert))

    return _edit(workspace, editor, change)


def remove_alert(workspace: Workspace, kind: AlertKind, first: date, editor: Editor) -> Edit:
    """Take away the alert of that kind that begins on `first`. Raises `UnknownAlert`, `StaleRevision`."""

    def change(calendar: Calendar) -> Calendar:
        kept = tuple(item for item in calendar.alerts if (item.kind, item.first) != (kind, first))
        if len(kept) == len(calendar.alerts):
            near = ", ".join(f"{item.first}~{item.last}" for item in calendar.alerts if item.kind is kind)
            raise UnknownAlert(kind=kind.value, day=first.isoformat(), near=near or "–")
        return replace(calendar, alerts=kept)

    return _edit(workspace, editor, change)


def _edit(workspace: Workspace, editor: Editor, change: Callable[[Calendar], Calendar]) -> Edit:
    for tries_left in reversed(range(_TRIES)):
        head = workspace.ledger.head_number()
        before = _calendar_of(workspace, head)
        after = change(before)
        if after == before:
            return Edit(before, before, None)
        body = Change(DOCUMENTS, CALENDAR_DOCUMENT, canonical_json(after.to_record()))
        draft = RevisionDraft(editor.actor, editor.reason, editor.channel, editor.at, [body])
        try:
            return Edit(before, after, workspace.publish_draft(draft, expected_head=head))
        except StaleRevision:
            # Somebody published meanwhile, perhaps an import that has nothing to do with the calendar: judge the edit anew.
            if not tries_left:
                raise
    raise AssertionError  # the last try returns or raises


def _calendar_of(workspace: Workspace, head: int) -> Calendar:
    stored = workspace.packs.documents(head).get(CALENDAR_DOCUMENT)
    return Calendar.from_record(orjson.loads(stored)) if stored else Calendar.empty()


def _require_covered(calendar: Calendar, day: date) -> None:
    if not calendar.covers(day):
        raise DayNotCovered(day=day.isoformat(), first=_text(calendar.covers_from), last=_text(calendar.covers_until))


def _refuse_other(calendar: Calendar, holiday: Holiday) -> None:
    for item in calendar.list_holidays(holiday.day, holiday.day):
        if item.name == holiday.name and item != holiday:
            raise HolidayConflict(day=item.day.isoformat(), name=item.name, kind=item.kind.value, source=item.source)


def _near(calendar: Calendar, day: date) -> str:
    nearest = sorted(calendar.holidays, key=lambda item: abs((item.day - day).days))[:_NEAR_COUNT]
    near = sorted((item for item in nearest if abs((item.day - day).days) <= _NEAR_DAYS), key=lambda item: item.day)
    return ", ".join(f"{item.day} {item.name}" for item in near) or "–"


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
