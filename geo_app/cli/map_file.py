"""`geo-app export map.html`: the newest revision as one map file."""

from pathlib import Path

import click

from geo_app.cli.showing import current_settings, now, opened_workspace
from geo_app.domain.problem import Problem
from geo_app.wording.catalogue import Words, get_words

MAP_FILE = "map.html"


def export_map_file(file: Path, *, lang: str, words: Words) -> None:
    """Write the file in the language `lang`, whole or not at all, and say so in `words`. Raises `NotFounded`, `OSError`."""
    from geo_app.exports.exporting import write_whole
    from geo_app.maps.single_file import build_map_file
    from geo_app.snapshot.credits import boundary_producers
    from geo_app.workspace.founding import district_of

    with opened_workspace() as workspace:
        snapshot = workspace.load_snapshot()
        text = build_map_file(
            snapshot,
            now(),
            district=district_of(snapshot),
            words=get_words(lang),
            credit=boundary_producers(snapshot),
            public_url=current_settings().public_url,
        )

    def write(unfinished: Path) -> list[Problem]:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        return []

    write_whole(file, MAP_FILE, write)
    size = words("{file}: {size} bytes", file=file, size=file.stat().st_size)
    told = words("It tells who is open for two weeks from now. Open it from a disk, or put it on a website as it stands.")
    click.echo(f"{size} · {told}")
