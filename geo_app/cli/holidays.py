"""`geo-app holidays`, `geo-app alerts`: the calendar that every door is judged by, mended by staff.

Only the commands stand here, so that their help comes at once; the work is in `calendar_work`.
"""

import click

from geo_app.domain.calendar import HolidayKind

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
_REASON = click.option("--reason", help="Why; it stands in the history. Needed.")
_SOURCE = click.option("--source", metavar="TEXT-or-URL", help="Who announced it: an official gazette, a page. Needed.")
_UNTIL = click.option("--until", metavar="DATE", help="The last day, where it is more than one.")
_OUTSIDE = click.option("--outside", is_flag=True, help="Also a day outside the years that the calendar covers.")
# What is left out is named in the reader's language, so click may not refuse it first.
_DATE = click.argument("date_text", metavar="DATE", required=False)
_NAME = click.argument("name", metavar="NAME", required=False)
_KIND = click.argument("kind", metavar="KIND", required=False)


@click.group("holidays", help="Holidays: list, add, remove. Each change is a revision.")
def holidays_command() -> None:
    """Commands about holidays."""


@holidays_command.command("list", help="The holidays that are known, by day.")
@click.option("--year", "year_text", metavar="YEAR", help="Of this year only.")
@_JSON
def list_holidays_command(year_text: str | None, as_json: bool) -> None:
    """List the calendar of the newest revision."""
    from geo_app.cli.calendar_work import list_holidays

    list_holidays(year_text, as_json=as_json)


@holidays_command.command("add", help="Add the holiday NAME on DATE (2026-06-03). The same day twice changes nothing.")
@_DATE
@_NAME
@click.option("--kind", metavar="|".join(HolidayKind), help="Why it is a holiday; local: in the district alone. Needed.")
@_SOURCE
@_REASON
@_UNTIL
@_OUTSIDE
def add_holiday_command(
    date_text: str | None, name: str | None, kind: str | None, source: str | None, reason: str | None, until: str | None, outside: bool
) -> None:
    """Add one day, or all days from DATE to --until."""
    from geo_app.cli.calendar_work import add_typed_holidays

    add_typed_holidays(date_text, name, kind=kind, source=source, reason=reason, until=until, is_outside_meant=outside)


@holidays_command.command("remove", help="Take away the holiday on DATE. NAME is needed where the day has several.")
@_DATE
@_NAME
@_REASON
def remove_holiday_command(date_text: str | None, name: str | None, reason: str | None) -> None:
    """Take one holiday away."""
    from geo_app.cli.calendar_work import remove_typed_holiday

    remove_typed_holiday(date_text, name, reason=reason)


@click.group("alerts", help="Weather alerts (heat-wave, cold-wave): list, add, remove. They end by themselves.")
def alerts_command() -> None:
    """Commands about weather alerts."""


@alerts_command.command("list", help="The weather alerts that are known, by first day.")
@_JSON
def list_alerts_command(as_json: bool) -> None:
    """List the alerts of the newest revision."""
    from geo_app.cli.calendar_work import list_alerts

    list_alerts(as_json=as_json)


@alerts_command.command("add", help="Add an alert of KIND (heat-wave or 폭염, cold-wave or 한파) from DATE to --until.")
@_KIND
@_DATE
@_UNTIL
@_SOURCE
@_REASON
@_OUTSIDE
def add_alert_command(
    kind: str | None, date_text: str | None, until: str | None, source: str | None, reason: str | None, outside: bool
) -> None:
    """Add one alert."""
    from geo_app.cli.calendar_work import add_typed_alert

    add_typed_alert(kind, date_text, until=until, source=source, reason=reason, is_outside_meant=outside)


@alerts_command.command("remove", help="Take away the alert of KIND that begins on DATE.")
@_KIND
@_DATE
@_REASON
def remove_alert_command(kind: str | None, date_text: str | None, reason: str | None) -> None:
    """Take one alert away."""
    from geo_app.cli.calendar_work import remove_typed_alert

    remove_typed_alert(kind, date_text, reason=reason)
