"""`geo-app roads`: the street network that minutes and maps rest on."""

from pathlib import Path

import click

_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")


@click.group("roads", help="Streets: import, show, remove. Without streets every way is an estimate (추정).")
def roads_command() -> None:
    """Commands about streets."""


@roads_command.command(
    "import",
    help=(
        "Bring the streets of FILE in: .osm.pbf or .osm of OpenStreetMap, or 표준노드링크 as .zip or folder. Only the district and its"
        " margin are kept. Exit 0 applied or nothing to do, 1 refused and nothing written, 2 bad usage."
    ),
)
@click.argument("file", type=click.Path(exists=True, readable=True, path_type=Path))
@click.option("--source", help="Where the file comes from. Default: OpenStreetMap or 표준노드링크.")
@click.option("--date", "date_text", metavar="DATE", help="The day the data is of (2026-11-01). Default: what the file says.")
@click.option("--margin-m", type=float, default=2000.0, show_default=True, help="Metres around the district that are kept too.")
@click.option("--reason", help="Why; it stands in the history.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--accept-sparse", is_flag=True, help="Take streets that reach less than half of the district, which are refused else.")
@_JSON
def import_roads_command(
    file: Path, source: str | None, date_text: str | None, margin_m: float, reason: str | None, dry_run: bool, accept_sparse: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Import streets."""
    from geo_app.cli.roads_work import import_roads

    import_roads(
        file, source=source, date_text=date_text, margin_m=margin_m, reason=reason,
        is_dry_run=dry_run, accept_sparse=accept_sparse, as_json=as_json,
    )  # fmt: skip


@roads_command.command("show", help="The streets that are in: source, date, size, how well they hang together.")
@_JSON
def show_roads_command(as_json: bool) -> None:
    """Show what is known of the streets."""
    from geo_app.cli.roads_work import show_roads

    show_roads(as_json=as_json)


@roads_command.command("remove", help="Take the streets away by a new revision; earlier revisions keep them.")
@click.option("--reason", help="Why; it stands in the history. Needed.")
def remove_roads_command(reason: str | None) -> None:
    """Remove the streets."""
    from geo_app.cli.roads_work import remove_roads

    remove_roads(reason)
