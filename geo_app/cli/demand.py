"""`geo-app demand`: what coverage is counted in; the office's own tables and curves, each change a revision.

Only the commands stand here, so that their help comes at once; the work is in `demand_work`.
"""

from pathlib import Path

import click

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
_REASON = click.option("--reason", help="Why; it stands in the history. Needed.")
_SOURCE = click.option("--source", metavar="TEXT-or-URL", help="Whose figures they are: a report, an address. Needed.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group("demand", help="Demand: list, import tables by grid, dong or point, and mend the curves by hour of the week.")
def demand_command() -> None:
    """Commands about demand."""


@demand_command.command("list", help="What coverage can be counted in: unit, year, source.")
@_JSON
def list_demands_command(as_json: bool) -> None:
    """List the demands of the newest revision."""
    from geo_app.cli.demand_work import show_demands

    show_demands(as_json=as_json)


@demand_command.command("import", help="Bring FILE (CSV, XLSX) in as the table --key. Columns: 격자코드, 행정동 or 경도 and 위도; 값.")
@click.argument("file", type=_READABLE)
@click.option("--key", metavar="KEY", help="Its short name in addresses: small Latin letters, digits, hyphens. Needed.")
@click.option("--name", metavar="TEXT", help="What pages call it. Needed.")
@click.option("--year", metavar="YEAR", help="The year the figures are of. Needed.")
@click.option("--unit", metavar="people|establishments|index", default="people", show_default=True, help="What the figures count.")
@_SOURCE
@_REASON
@_DRY_RUN
@_JSON
def import_table_command(
    file: Path,
    key: str | None,
    name: str | None,
    year: str | None,
    unit: str,
    source: str | None,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import one table."""
    from geo_app.cli.demand_work import import_typed_table

    import_typed_table(file, key=key, name=name, year=year, unit=unit, source=source, reason=reason, is_dry_run=dry_run, as_json=as_json)


@demand_command.command("remove", help="Take the table KEY away; the history keeps it.")
@click.argument("key", metavar="KEY", required=False)
@_REASON
def remove_table_command(key: str | None, reason: str | None) -> None:
    """Take one table away."""
    from geo_app.cli.demand_work import remove_typed_table

    remove_typed_table(key, reason=reason)


@demand_command.command("curves-export", help="Write the curves to FILE.csv, to be edited: a row for each job and day, a column an hour.")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export_curves_command(file: Path) -> None:
    """Write the curves of the newest revision."""
    from geo_app.cli.demand_work import export_curves

    export_curves(file)


@demand_command.command("curves-import", help="Bring FILE (CSV, XLSX) in as the district's curves, as curves-export writes them.")
@click.argument("file", type=_READABLE)
@_SOURCE
@_REASON
@_DRY_RUN
@_JSON
def import_curves_command(file: Path, source: str | None, reason: str | None, dry_run: bool, as_json: bool) -> None:
    """Import the curves."""
    from geo_app.cli.demand_work import import_typed_curves

    import_typed_curves(file, source=source, reason=reason, is_dry_run=dry_run, as_json=as_json)
