"""What `geo-app demand` does: read what was typed, change the numbered inputs, tell what came of it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from geo_app.cli.showing import opened_workspace, problem_document, terminal_words
from geo_app.cli.typed_days import Typed, read_year
from geo_app.domain.demand import DemandUnit
from geo_app.domain.problem import Problem
from geo_app.exports.csv_file import ENCODINGS, write_csv_rows
from geo_app.ingest.curves_file import COLUMNS, curve_rows
from geo_app.planning.curves import get_curves
from geo_app.planning.demand import DemandInfo, list_demands
from geo_app.wording.catalogue import Words
from geo_app.wording.demand_terms import DEMAND_UNIT_WORDS, demand_name, demand_unit
from geo_app.workspace.demand_import import TableOrder, import_curves, import_table, read_curve_book, remove_table

SHOWN_PROBLEMS = 50


def show_demands(*, as_json: bool) -> None:
    """Print every demand of the newest revision with its unit, year and source."""
    words = terminal_words()
    with opened_workspace() as workspace:
        snapshot = workspace.load_snapshot()
        infos, is_built_in = list_demands(snapshot), get_curves(snapshot).is_built_in
    if as_json:
        rows = [_info_document(info, words) for info in infos]
        document = {"revision": snapshot.number, "curves_built_in": is_built_in, "demands": rows}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for info in infos:
        click.echo(_info_line(info, words))
        if info.left_out:
            click.echo(f"    {words('left out: {names}', names=', '.join(info.left_out))}")
    if is_built_in:
        click.echo(words("The district has no curves of its own: the built-in ones are used (geo-app demand curves-export)."))


def import_typed_table(
    file: Path, *, key: str | None, name: str | None, year: str | None, unit: str, source: str | None, reason: str | None,
    is_dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import one table and print what came of it; exit 1 where it was refused."""
    words = terminal_words()
    typed = Typed(words)
    order = TableOrder(
        path=file,
        key=typed.text(key, "--key"),
        name=typed.text(name, "--name"),
        year=read_year(typed.text(year, "--year"), words) or 0,
        source=typed.text(source, "--source"),
        unit=DemandUnit(typed.choice(unit, "--unit", DEMAND_UNIT_WORDS)),
        is_dry_run=is_dry_run,
    )
    editor = typed.editor(reason)
    with opened_workspace() as workspace:
        done = import_table(workspace, order, editor)
    reading = done.reading
    counts = {"rows": reading.row_count, "places": len(reading.rows), "total": reading.total, "outside_total": reading.outside_total}
    number = None if done.revision is None else done.revision.number
    if as_json:
        facts = {"placed_by": reading.placed_by.value, "encoding": reading.encoding, "mapping": reading.mapping}
        _echo_json({"revision": number, "is_same": done.is_same, **counts, **facts}, reading.problems, words)
    else:
        _show_problems(reading.problems, words)
        shown = {**counts, "total": _plain(reading.total), "outside_total": _plain(reading.outside_total)}
        click.echo(words("rows {rows}, places {places}, sum {total}; outside the district {outside_total}", **shown))
        _tell(number, words, is_same=done.is_same, is_refused=reading.has_errors)
    _exit(reading.problems)


def remove_typed_table(key: str | None, *, reason: str | None) -> None:
    """Withdraw one table."""
    words = terminal_words()
    typed = Typed(words)
    named = typed.text(key, "KEY")
    editor = typed.editor(reason)
    with opened_workspace() as workspace:
        revision = remove_table(workspace, named, editor)
    _tell(revision.number, words)


def export_curves(file: Path) -> None:
    """Write the curves as a CSV that a spreadsheet opens."""
    words = terminal_words()
    with opened_workspace() as workspace:
        book = read_curve_book(workspace)
    write_csv_rows(COLUMNS, curve_rows(book.jobs), file, encoding=ENCODINGS["utf-8"])
    click.echo(words("Curves of {count} jobs written to {file}.", count=len(book.jobs), file=file.name))


def import_typed_curves(file: Path, *, source: str | None, reason: str | None, is_dry_run: bool, as_json: bool) -> None:
    """Import the curves and print what came of it; exit 1 where they were refused."""
    words = terminal_words()
    typed = Typed(words)
    told = typed.text(source, "--source")
    editor = typed.editor(reason)
    with opened_workspace() as workspace:
        done = import_curves(workspace, file, editor, source=told, is_dry_run=is_dry_run)
    number = None if done.revision is None else done.revision.number
    if as_json:
        _echo_json({"revision": number, "is_same": done.is_same, "jobs": [job.id for job in done.jobs]}, done.problems, words)
    else:
        _show_problems(done.problems, words)
        is_refused = any(problem.is_error for problem in done.problems)
        _tell(number, words, is_same=done.is_same, is_refused=is_refused)
    _exit(done.problems)


def _info_document(info: DemandInfo, words: Words) -> dict[str, Any]:
    return {
        "key": info.key,
        "name": demand_name(words, info.name_msgid, info.names),
        "unit": info.unit.value,
        "year": info.year,
        "source": info.source,
        "is_assumption": info.is_assumption,
        "is_rough": info.is_rough,
        "left_out": list(info.left_out),
    }


def _info_line(info: DemandInfo, words: Words) -> str:
    marks = [words("assumption")] * info.is_assumption + [words("rough extent")] * info.is_rough
    year = [] if info.year is None else [str(info.year)]
    unit = demand_unit(words, info.unit.value, info.key)
    return " · ".join([info.key, demand_name(words, info.name_msgid, info.names), unit, *year, *marks, *filter(None, [info.source])])


def _echo_json(facts: dict[str, Any], problems: Iterable[Problem], words: Words) -> None:
    document = {**facts, "problems": [problem_document(problem, words) for problem in problems]}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _show_problems(problems: Iterable[Problem], words: Words) -> None:
    listed = list(problems)
    for problem in listed[:SHOWN_PROBLEMS]:
        shown = problem_document(problem, words)
        where = words("file") if problem.line is None else words("line {line}", line=problem.line)
        column = f" · {problem.column}" if problem.column else ""
        mark = words("error") if problem.is_error else words("warning")
        click.echo(f"[{mark}] {where}{column}: {shown['message']} {shown['hint']} ({problem.code})", err=True)
    if len(listed) > SHOWN_PROBLEMS:
        click.echo(words("… and {count} more; --json lists them all.", count=len(listed) - SHOWN_PROBLEMS), err=True)


def _tell(number: int | None, words: Words, *, is_same: bool = False, is_refused: bool = False) -> None:
    if number is not None:
        click.echo(words("Published as revision {number}.", number=number))
    elif is_refused:
        click.echo(words("Nothing was applied. Mend what is named above and import the file again."))
    elif is_same:
        click.echo(words("It is there already; nothing was changed."))
    else:
        click.echo(words("This was a dry run; nothing was written."))


def _exit(problems: Iterable[Problem]) -> None:
    if any(problem.is_error for problem in problems):
        raise SystemExit(1)


def _plain(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
