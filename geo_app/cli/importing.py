"""`geo-app import`: what the file holds, how it was understood, what was done, and every problem with what to do."""

import json
from pathlib import Path
from typing import Any

import click

from geo_app.cli.showing import now, opened_workspace, operator, problem_document, terminal_words
from geo_app.domain.layers import LAYERS, get_layer
from geo_app.wording.catalogue import Words
from geo_app.workspace.importing import ImportOrder, ImportReport, import_file

SHOWN_PROBLEMS = 50


@click.command(
    "import",
    help="Bring FILE (CSV, XLSX, GeoJSON, GeoPackage, KML) into a layer. "
    "Exit 0 applied or nothing to do, 1 problems and nothing applied, 2 bad usage.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--layer", "layer_name", required=True, type=click.Choice([*LAYERS]), help="The layer the rows belong to.")
@click.option(
    "--source", help="Short name of the source; the same one next month, so that rows meet their records. Default: the file's name."
)
@click.option("--crs", help="Coordinate system of the file: EPSG:4326, 5179, 5181, 5186 or 5174. Default: guessed, and stated.")
@click.option("--kind", help="The kind of every row, where the file has no such column.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--skip-bad", is_flag=True, help="Apply the good rows and leave the bad ones out.")
@click.option("--complete", is_flag=True, help="The file is the whole source: its records that are missing here are closed.")
@click.option("--allow-outside", is_flag=True, help="Let places outside the district in, with a warning.")
@click.option("--repair-swapped", is_flag=True, help="Put swapped longitude and latitude right, with a warning.")
@click.option("--reason", help="Why; it stands in the history.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def import_command(
    file: Path, layer_name: str, source: str | None, crs: str | None, kind: str | None, reason: str | None, *, as_json: bool, **flags: bool
) -> None:
    """Import one file."""
    words = terminal_words()
    order = ImportOrder(
        path=file,
        layer=get_layer(layer_name),
        source=source or file.stem,
        crs=crs,
        defaults={"kind": kind} if kind else {},
        is_dry_run=flags["dry_run"],
        skip_bad=flags["skip_bad"],
        is_complete=flags["complete"],
        allow_outside=flags["allow_outside"],
        repair_swapped=flags["repair_swapped"],
    )
    with opened_workspace() as workspace:
        report = import_file(workspace, order, actor=operator(), reason=reason or words("Import of {file}", file=file.name), at=now())
    if as_json:
        click.echo(json.dumps(_document(report, words), ensure_ascii=False, indent=2))
    else:
        _show(report, words, is_dry_run=order.is_dry_run)
    if any(problem.is_error for problem in report.problems) and not report.is_applied:
        raise SystemExit(1)


def _document(report: ImportReport, words: Words) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("added", "changed", "unchanged", "absent", "closed", "rejected")}
    return {
        "revision": None if report.revision is None else report.revision.number,
        "applied": report.is_applied,
        **counts,
        "encoding": report.encoding,
        "crs": report.crs,
        "crs_guessed": report.crs_guessed,
        "mapping": dict(report.mapping),
        "seen_in_revision": report.seen_in_revision,
        "problems": [problem_document(problem, words) for problem in report.problems],
    }


def _show(report: ImportReport, words: Words, *, is_dry_run: bool) -> None:
    if report.mapping:
        click.echo(words("Columns: {mapping}", mapping=", ".join(f"{column} → {name}" for column, name in report.mapping.items())))
    crs = words("{crs} (guessed)", crs=report.crs) if report.crs_guessed else report.crs
    click.echo(words("Encoding {encoding} · coordinates {crs}", encoding=report.encoding or "–", crs=crs or "–"))
    for problem in report.problems[:SHOWN_PROBLEMS]:
        _show_problem(problem_document(problem, words), words)
    if len(report.problems) > SHOWN_PROBLEMS:
        click.echo(words("… and {count} more; --json lists them all.", count=len(report.problems) - SHOWN_PROBLEMS), err=True)
    counts = {name: getattr(report, name) for name in ("added", "changed", "unchanged", "absent", "closed", "rejected")}
    click.echo(
        words("added {added}, changed {changed}, unchanged {unchanged}, absent {absent}, closed {closed}, rejected {rejected}", **counts)
    )
    click.echo(_outcome(report, words, is_dry_run=is_dry_run))


def _show_problem(shown: dict[str, Any], words: Words) -> None:
    where = words("line {line}", line=shown["line"]) if shown["line"] is not None else words("file")
    if shown["column"]:
        where += f" · {shown['column']}"
    mark = words("error") if shown["severity"] == "error" else words("warning")
    click.echo(f"[{mark}] {where}: {shown['message']} {shown['hint']} ({shown['code']})", err=True)


def _outcome(report: ImportReport, words: Words, *, is_dry_run: bool) -> str:
    if report.revision is not None:
        return words("Published as revision {number}.", number=report.revision.number)
    if is_dry_run:
        return words("This was a dry run; nothing was written.")
    if report.is_refused:
        return words("Nothing was applied and nothing was lost. The whole file was refused: mend what is named above and import it again.")
    if not report.is_applied:
        return words("Nothing was applied and nothing was lost. Mend the file, or add --skip-bad to take the good rows only.")
    if report.seen_in_revision is not None:
        return words("This very file came in with revision {number}; nothing has changed.", number=report.seen_in_revision)
    return words("There is nothing to change.")
