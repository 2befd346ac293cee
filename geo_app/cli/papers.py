"""`geo-app poster`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from geo_app.cli.showing import current_settings, opened_workspace, terminal_words
from geo_app.domain.provenance import Status
from geo_app.papers.fonts import find_font_files
from geo_app.papers.printer import BadSheet, Printer
from geo_app.papers.sheet import SHELTERS, SheetOrder, Size, build_sheet
from geo_app.settings import BadSetting
from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words
from geo_app.wording.problems import error_sentence
from geo_app.workspace.founding import district_of

_EXAMPLE_URL = "https://www.example.go.kr/shelter"


@click.command("poster", help="Write the poster (A4) or door sticker (A6) of shelter ID to FILE, or those of all shelters to a folder.")
@click.argument("site_id", metavar="[ID]", required=False)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "folder", type=click.Path(path_type=Path, file_okay=False), help="A folder for the sheets of all shelters.")
@click.option("--size", type=click.Choice([size.value for size in Size]), default=Size.A4.value, show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True, help="The language told large.")
def poster_command(site_id: str | None, file: Path | None, folder: Path | None, size: str, lang: str) -> None:
    """Print from the newest snapshot. The QR code needs GEO_APP_PUBLIC_URL."""
    words = terminal_words()
    if (folder is None) == (site_id is None or file is None):
        raise click.UsageError(words("Give ID and FILE, or --all and a folder."))
    public_url = current_settings().public_url
    if not public_url:
        raise BadSetting(name="GEO_APP_PUBLIC_URL", value="", expected=_EXAMPLE_URL)
    with opened_workspace() as workspace:
        snapshot = workspace.load_snapshot()
        printer = Printer()
        if site_id is not None and file is not None:
            _write(file, _print(printer, snapshot, site_id, public_url, Size(size), lang))
            return
        if folder is not None:
            count, failures = _print_all(printer, snapshot, folder, public_url, Size(size), lang)
            click.echo(words.plural("{count} sheet in {folder}", "{count} sheets in {folder}", count, folder=folder))
            _tell_failures(failures, words)


def _tell_failures(failures: dict[str, BadSheet], words: Words) -> None:
    """A line on standard error for each shelter without its sheet; exit 1 where there is any."""
    for site_id, fault in failures.items():
        click.echo(words("No sheet of {id}: {reason}", id=site_id, reason=error_sentence(fault, words)), err=True)
    if failures:
        raise SystemExit(1)


def _print_all(
    printer: Printer, snapshot: Snapshot, folder: Path, public_url: str, size: Size, lang: str
) -> tuple[int, dict[str, BadSheet]]:
    """How many sheets were written, and why each of the others was not: one bad record must not cost the rest their sheets."""
    find_font_files()  # without fonts there is no sheet at all: said once
    layer = snapshot.get_layer(SHELTERS)
    ids = [site_id for site_id in layer.ids if layer.get_feature(site_id)["properties"]["status"] != Status.CLOSED.value]
    folder.mkdir(parents=True, exist_ok=True)
    failures: dict[str, BadSheet] = {}
    with click.progressbar(ids, file=sys.stderr) as shown:
        for site_id in shown:
            try:
                _write(folder / f"{site_id}-{size}-{lang}.pdf", _print(printer, snapshot, site_id, public_url, size, lang))
            except BadSheet as fault:
                failures[site_id] = fault
    return len(ids) - len(failures), failures


def _print(printer: Printer, snapshot: Snapshot, site_id: str, public_url: str, size: Size, lang: str) -> bytes:
    layer = snapshot.get_layer(SHELTERS)
    spoken = "" if lang == DEFAULT_LANGUAGE else f"?lang={lang}"
    order = SheetOrder(
        size=size,
        lang=lang,
        page_url=f"{public_url}/sites/{SHELTERS}/{site_id}{spoken}",
        made_at=datetime.fromisoformat(layer.meta.made_at),
        revision=layer.meta.revision,
        district=district_of(snapshot),
    )
    return printer.print_pdf(build_sheet(layer.get_feature(site_id), order), size, made_at=order.made_at)


def _write(path: Path, data: bytes) -> None:
    # Whole or not at all: a printer must never be handed half a page.
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)
