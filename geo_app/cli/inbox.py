"""`geo-app inbox`: reports and wishes taken in outside, copied out of the machine there and brought onto the desk inside."""

import json
from pathlib import Path
from typing import Any

import click

from geo_app.cli.showing import current_settings, now, opened_workspace, terminal_words
from geo_app.wording.catalogue import Words
from geo_app.workspace.inbox import Sorted, copy_inbox, import_inbox
from geo_app.workspace.public_room import PublicHome


@click.group("inbox", help="Reports and wishes taken in outside: copy them out, bring them inside.")
def inbox_command() -> None:
    """The two ways of an inbox."""


@inbox_command.command("export", help="On the machine outside: copy its inbox to FILE while it serves, without anything of who reported.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_command(file: Path) -> None:
    """Write the copy."""
    copy_inbox(PublicHome(current_settings().home).inbox, file)
    click.echo(terminal_words()("The inbox was copied to {file}. Inside: geo-app inbox import {name}", file=file, name=file.name))


@inbox_command.command("import", help="Inside: bring the reports and wishes of FILE onto the desk. The same file twice changes nothing.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def import_command(file: Path, as_json: bool) -> None:
    """Take them in and say what became of them."""
    words = terminal_words()
    with opened_workspace() as workspace:
        reports, wishes = import_inbox(workspace, file, at=now())
    if as_json:
        weighed = {"over_limit": reports.taken.over_limit, "vouching": reports.taken.vouching}
        told = {"reports": _document(reports, "unknown_sites") | weighed, "wishes": _document(wishes, "unknown_places")}
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(_line(words("Reports"), reports, words))
    click.echo(_weighed_line(reports, words))
    click.echo(_line(words("Wishes"), wishes, words))


def _document(counted: Sorted, unknown: str) -> dict[str, Any]:
    taken = counted.taken
    return {
        "added": taken.added,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "too_old": counted.too_old,
        unknown: counted.unknown,
        "refused": counted.refused,
    }


def _weighed_line(counted: Sorted, words: Words) -> str:
    return words(
        "Left out as more than fit in an hour: {over}. Places whose hours these reports vouch for: {vouching}.",
        over=counted.taken.over_limit,
        vouching=counted.taken.vouching,
    )


def _line(name: str, counted: Sorted, words: Words) -> str:
    return words(
        "{name}: {added} new, {changed} changed, {unchanged} here already, {old} too old, {unknown} of unknown places, "
        "{refused} unreadable.",
        name=name,
        added=counted.taken.added,
        changed=counted.taken.changed,
        unchanged=counted.taken.unchanged,
        old=counted.too_old,
        unknown=counted.unknown,
        refused=counted.refused,
    )
