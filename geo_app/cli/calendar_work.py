"""What `geo-app holidays` and `geo-app alerts` do: read what was typed, edit the calendar, tell what came of it."""

import json
from datetime import timedelta

import click

from geo_app.cli.calendar_lines import FEASTS, alert_line, holiday_line
from geo_app.cli.showing import now, opened_workspace, terminal_words
from geo_app.cli.typed_days import Typed, read_year
from geo_app.domain.calendar import AlertKind, Calendar, Holiday, HolidayKind, WeatherAlert
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import ALERT_KIND_WORDS, HOLIDAY_KIND_WORDS
from geo_app.workspace.calendar_edits import Edit, add_alert, add_holidays, read_calendar, remove_alert, remove_holiday

_LONGEST_HOLIDAYS = 31
_LONGEST_ALERT = 92  # one summer; a longer one is a slip of the year
# Staff type what the weather office writes: the alert, its two degrees, or the weather alone. Not 해제 (lifted).
_SPOKEN_ALERTS = {
    f"{weather}{degree}": kind.value
    for weather, kind in (("폭염", AlertKind.HEAT_WAVE), ("한파", AlertKind.COLD_WAVE))
    for degree in ("", "특보", "주의보", "경보")
}


def list_holidays(year_text: str | None, *, as_json: bool) -> None:
    """Print the holidays of the newest revision, of one year where it is given."""
    words = terminal_words()
    year = read_year(year_text, words)
    with opened_workspace() as workspace:
        calendar, revision = read_calendar(workspace), workspace.ledger.head_number()
    held = [item for item in calendar.holidays if year in (None, item.day.year)]
    if as_json:
        document = calendar.to_record()
        document["holidays"] = [item for item in document["holidays"] if year in (None, int(item["day"][:4]))]
        document.pop("alerts", None)
        click.echo(json.dumps({"revision": revision, **document}, ensure_ascii=False, indent=2))
        return
    for item in held:
        click.echo(holiday_line(item, words))
    click.echo(_covered_sentence(calendar, words))


def add_typed_holidays(
    date_text: str | None,
    name: str | None,
    *,
    kind: str | None,
    source: str | None,
    reason: str | None,
    until: str | None,
    is_outside_meant: bool,
) -> None:
    """Add one day, or all days from the first to `until`; print what is new, what was there, and what else those days are."""
    words = terminal_words()
    typed = Typed(words)
    first = typed.day(date_text, "DATE")
    last = first if until is None else typed.day(until, "--until")
    called = typed.text(name, "NAME")
    chosen = typed.choice(kind, "--kind", HOLIDAY_KIND_WORDS)
    told = typed.text(source, "--source")
    count = typed.day_count(first, last, most=_LONGEST_HOLIDAYS)
    editor = typed.editor(reason)
    holidays = [Holiday(first + timedelta(days=number), called, HolidayKind(chosen), told) for number in range(count)]
    with opened_workspace() as workspace:
        edit = add_holidays(workspace, holidays, editor, only_covered=not is_outside_meant)
    for item in holidays:
        _tell_beside(item, edit, words)
    _tell(edit, words)


def remove_typed_holiday(date_text: str | None, name: str | None, *, reason: str | None) -> None:
    """Take one holiday away and print it."""
    words = terminal_words()
    typed = Typed(words)
    day = typed.day(date_text, "DATE")
    called = None if name is None else typed.text(name, "NAME")
    editor = typed.editor(reason)
    with opened_workspace() as workspace:
        edit = remove_holiday(workspace, day, called, editor)
    for item in edit.before.holidays:
        if item not in edit.calendar.holidays:
            click.echo(words("Removed: {holiday}", holiday=holiday_line(item, words)))
            _warn_of_feast(item, edit.calendar, words)
    _tell(edit, words)


def list_alerts(*, as_json: bool) -> None:
    """Print the alerts of the newest revision."""
    words = terminal_words()
    with opened_workspace() as workspace:
        calendar, revision = read_calendar(workspace), workspace.ledger.head_number()
    today = now().date()
    if as_json:
        alerts = [
            {**item, "in_force": item["first"] <= today.isoformat() <= item["last"]} for item in calendar.to_record().get("alerts", ())
        ]
        click.echo(json.dumps({"revision": revision, "today": today.isoformat(), "alerts": alerts}, ensure_ascii=False, indent=2))
        return
    for item in calendar.alerts:
        in_force = item.first <= today <= item.last
        click.echo(f"{alert_line(item, words)}{' · ' + words('in force today') if in_force else ''}")
    if not calendar.alerts:
        click.echo(words("No weather alerts are known."))


def add_typed_alert(
    kind: str | None, date_text: str | None, *, until: str | None, source: str | None, reason: str | None, is_outside_meant: bool
) -> None:
    """Add one alert and print it, as new or as there already."""
    words = terminal_words()
    typed = Typed(words)
    chosen = typed.choice(kind, "KIND", ALERT_KIND_WORDS, _SPOKEN_ALERTS)
    first = typed.day(date_text, "DATE")
    last = first if until is None else typed.day(until, "--until")
    typed.day_count(first, last, most=_LONGEST_ALERT)
    told = typed.text(source, "--source")
    editor = typed.editor(reason)
    alert = WeatherAlert(AlertKind(chosen), first, last, told)
    with opened_workspace() as workspace:
        edit = add_alert(workspace, alert, editor, only_covered=not is_outside_meant)
    line = alert_line(alert, words)
    click.echo(words("There already: {holiday}", holiday=line) if edit.revision is None else words("Added: {holiday}", holiday=line))
    _tell(edit, words)


def remove_typed_alert(kind: str | None, date_text: str | None, *, reason: str | None) -> None:
    """Take one alert away and print it."""
    words = terminal_words()
    typed = Typed(words)
    chosen = typed.choice(kind, "KIND", ALERT_KIND_WORDS, _SPOKEN_ALERTS)
    day = typed.day(date_text, "DATE")
    editor = typed.editor(reason)
    with opened_workspace() as workspace:
        edit = remove_alert(workspace, AlertKind(chosen), day, editor)
    for item in edit.before.alerts:
        if item not in edit.calendar.alerts:
            click.echo(words("Removed: {holiday}", holiday=alert_line(item, words)))
    _tell(edit, words)


def _warn_of_feast(item: Holiday, calendar: Calendar, words: Words) -> None:
    """Shops that never close are shut on the very day of 설날 and 추석: without it they are told open."""
    if item.name in FEASTS and not any((other.name, other.day.year) == (item.name, item.day.year) for other in calendar.holidays):
        sentence = words(
            "{year} has no {name} now: places that shut on that very day are shown as open on it. Add it again: geo-app holidays add",
            year=item.day.year,
            name=item.name,
        )
        click.echo(f"{words('warning')}: {sentence}", err=True)


def _tell(edit: Edit, words: Words) -> None:
    if edit.revision is None:
        click.echo(words("It is there already; nothing was changed."))
    else:
        click.echo(words("Published as revision {number}.", number=edit.revision.number))


def _tell_beside(item: Holiday, edit: Edit, words: Words) -> None:
    """A line for a day that was added, and what else the day is."""
    was_there = item in edit.before.holidays
    line = holiday_line(item, words)
    click.echo(words("There already: {holiday}", holiday=line) if was_there else words("Added: {holiday}", holiday=line))
    others = [other.name for other in edit.calendar.list_holidays(item.day, item.day) if other.name != item.name]
    if others and not was_there:
        click.echo(words("The same day is also: {names}", names=", ".join(others)))
    if not edit.calendar.covers(item.day):
        click.echo(_covered_sentence(edit.calendar, words))


def _covered_sentence(calendar: Calendar, words: Words) -> str:
    if calendar.covers_from is None or calendar.covers_until is None:
        return words("The calendar covers no year yet.")
    return words(
        "The calendar covers {first} to {last}; of other days it knows only what was added.",
        first=calendar.covers_from,
        last=calendar.covers_until,
    )
