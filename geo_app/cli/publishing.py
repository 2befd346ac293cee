"""`geo-app publish`: what is public as one signed file, for a machine outside that holds nothing else of the office."""

import json
from pathlib import Path

import click

from geo_app.cli.showing import now, opened_workspace, terminal_words
from geo_app.workspace.publishing import Publication, public_key, publish_file

BYTES_A_MB = 1_000_000


@click.command("publish", help="Write the newest revision, all that is public of it and nothing else, to one signed FILE.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--show-key", is_flag=True, help="Print the public key that `geo-app serve --public FILE --publisher KEY` needs outside.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def publish_command(file: Path | None, show_key: bool, as_json: bool) -> None:
    """Write the file, or print the key, or both."""
    words = terminal_words()
    if file is None and not show_key:
        raise click.UsageError(words("Name the FILE to write, or ask for --show-key."))
    with opened_workspace() as workspace:
        key = public_key(workspace)
        made = None if file is None else publish_file(workspace, file, at=now())
    if as_json:
        told = {"publisher": str(key)} | ({} if made is None else _document(made, file))
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if made is not None:
        click.echo(
            words(
                "Revision {revision} was written to {file} ({size} MB).",
                revision=made.revision,
                file=file,
                size=f"{made.size / BYTES_A_MB:.1f}",
            )
        )
        click.echo(words("Outside: geo-app serve --public {name} --publisher {key}", name=file.name if file else "", key=key))
    elif show_key:
        click.echo(key)


def _document(made: Publication, file: Path | None) -> dict[str, object]:
    return {
        "file": str(file),
        "revision": made.revision,
        "serial": made.serial,
        "published_at": made.published_at.isoformat(),
        "bytes": made.size,
    }
