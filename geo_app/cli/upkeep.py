"""`geo-app export`, `history`, `restore`, `backup`."""

import json
import unicodedata
from datetime import datetime
from pathlib import Path

import click

from geo_app.cli.calendar_lines import list_differences
from geo_app.cli.map_file import MAP_FILE, export_map_file
from geo_app.cli.showing import current_settings, now, opened_workspace, operator, problem_document, terminal_words
from geo_app.domain.change import Revision
from geo_app.exports.exporting import FORMATS, export_features
from geo_app.exports.layer_notes import layer_metadata, read_notes
from geo_app.wording.catalogue import LANGUAGES, Words, get_words
from geo_app.workspace.backups import put_back, write_backup
from geo_app.workspace.packs import DOCUMENTS
from geo_app.workspace.revision_notes import CalendarStep, list_calendar_steps, restoring_reason, split_reason

_MOST_DEEDS = 3


@click.command(
    "export",
    help="Write LAYER to FILE; the ending of FILE chooses the format: " + ", ".join(FORMATS) + ". "
    "With map.html as LAYER: the whole map as one HTML file that needs no network (FILE: map.html).",
)
@click.argument("layer", metavar=f"LAYER|{MAP_FILE}")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Of map.html; without it that of GEO_APP_LANG.")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "cp949"]),
    default="utf-8",
    show_default=True,
    help="Of a CSV file; cp949 names what it cannot hold.",
)
def export_command(layer: str, file: Path | None, lang: str | None, encoding: str) -> None:
    """Write the newest revision's layer."""
    words = terminal_words()
    if file is None and layer != MAP_FILE:
        raise click.UsageError(words("Name the file to write: geo-app export {layer} {layer}.csv", layer=layer))
    path = file or Path(MAP_FILE)
    try:
        if layer == MAP_FILE:
            export_map_file(path, lang=lang or words.lang, words=words)
        else:
            _export_layer(layer, path, encoding, words)
    except OSError as fault:
        raise click.FileError(str(path), hint=fault.strerror) from fault


def _export_layer(layer: str, file: Path, encoding: str, words: Words) -> None:
    with opened_workspace() as workspace:
        snapshot = workspace.load_snapshot()
        held = snapshot.get_layer(layer)
        features = [held.feature(position) for position in range(len(held))]
        notes = read_notes(layer, features, snapshot.document("sources") or ())
        metadata = layer_metadata(layer, held.meta.revision, datetime.fromisoformat(held.meta.made_at), notes)
        problems = export_features(features, metadata, file, encoding=encoding)
    for item in problems:
        shown = problem_document(item, words)
        click.echo(f"{shown['message']} {shown['hint']}", err=True)
    if any(item.is_error for item in problems):
        raise SystemExit(1)
    click.echo(words("{count} records of {layer} were written to {file}.", count=len(held), layer=layer, file=file))


@click.command("history", help="Revisions, newest first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def history_command(limit: int, as_json: bool) -> None:
    """List revisions."""
    with opened_workspace() as workspace:
        revisions = workspace.ledger.list_latest_revisions(limit=limit)
        steps = list_calendar_steps(workspace.ledger) if any(DOCUMENTS in item.collections for item in revisions) else {}
    if as_json:
        english = get_words("en")
        listed = json.dumps([_document(item, steps.get(item.number), english) for item in revisions], ensure_ascii=False, indent=2)
        click.echo(
            "".join(character if character == "\n" or not _is_control(character) else _json_escape(character) for character in listed)
        )
        return
    words = terminal_words()
    for item in revisions:
        click.echo(
            words(
                "{number}  {time}  {actor} ({channel})  {count} records  {reason}",
                number=item.number,
                time=f"{item.made_at:%Y-%m-%d %H:%M}",
                actor=_on_one_line(item.actor),
                channel=item.channel.value,
                count=item.change_count,
                reason=_on_one_line(" · ".join([*_list_deeds(item, steps.get(item.number), words), split_reason(item)[1]])),
            )
        )


def _list_deeds(item: Revision, step: CalendarStep | None, words: Words) -> list[str]:
    """What a revision did that its count of records does not tell."""
    restored, _ = split_reason(item)
    back = [] if restored is None else [words("back to revision {number}", number=restored)]
    told = [] if step is None else list_differences(step.before, step.after, words)
    more = [words("and {count} more changes of the calendar", count=len(told) - _MOST_DEEDS)] if len(told) > _MOST_DEEDS else []
    return [*back, *told[:_MOST_DEEDS], *more]


def _is_control(character: str) -> bool:
    # C: controls, bidirectional overrides, lone surrogates; Zl and Zp: line separators. A terminal must not obey what a reason says.
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp")


def _on_one_line(text: str) -> str:
    return "".join(character.encode("unicode_escape").decode() if _is_control(character) else character for character in text)


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _document(item: Revision, step: CalendarStep | None, words: Words) -> dict[str, object]:
    restored, reason = split_reason(item)
    return {
        "revision": item.number,
        "made_at": item.made_at.isoformat(),
        "actor": item.actor,
        "channel": item.channel.value,
        "reason": reason,
        "restored": restored,
        "calendar": [] if step is None else list_differences(step.before, step.after, words),
        "change_count": item.change_count,
        "collections": list(item.collections),
        "sha256": item.sha256,
    }


@click.command(
    "restore", help="Bring everything back to revision REV, by a new revision (nothing is overwritten); or put a backup's ledger back."
)
@click.argument("rev", type=click.IntRange(min=1), required=False)
@click.option("--reason", help="Why; it stands in the history. Needed with REV.")
@click.option("--from", "backup", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file that `geo-app backup` wrote.")
def restore_command(rev: int | None, reason: str | None, backup: Path | None) -> None:
    """Go back."""
    words = terminal_words()
    if backup is not None and rev is None:
        number = put_back(current_settings().home, backup)
        click.echo(words("The ledger of {file} is back in its place; its newest revision is {number}.", file=backup, number=number))
        return
    if rev is None or not reason or backup is not None:
        raise click.UsageError(words("Give a revision and --reason, or --from and the file of a backup."))
    with opened_workspace() as workspace:
        revision = workspace.restore(rev, actor=operator(), reason=restoring_reason(rev, reason), at=now())
    if revision is None:
        click.echo(words("Nothing differs from revision {number}.", number=rev))
    else:
        click.echo(
            words(
                "Revision {number} stands as revision {restored} did ({count} records changed).",
                number=revision.number,
                restored=rev,
                count=revision.change_count,
            )
        )


@click.command("backup", help="Write ledger and desk to FILE (a tar of two whole SQLite files, readable by its owner only).")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_command(file: Path) -> None:
    """Write a backup while everything runs on."""
    with opened_workspace() as workspace:
        write_backup(workspace, file)
    click.echo(terminal_words()("The backup was written to {file} ({size} bytes).", file=file, size=file.stat().st_size))
