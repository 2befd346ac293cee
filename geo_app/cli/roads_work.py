"""What `geo-app roads` does: read what was typed, import, show or remove the streets, tell what came of it."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from geo_app.cli.showing import now, opened_workspace, operator, problem_document, terminal_words
from geo_app.cli.typed_days import Typed
from geo_app.domain.problem import Problem
from geo_app.wording.catalogue import Words
from geo_app.workspace.street_import import StreetImport, find_streets_meta, import_streets, remove_streets

_MODE_LINES = {
    "walk": "On foot: {km} km, {percent} % of it joined",
    "bicycle": "By bicycle: {km} km, {percent} % of it joined",
    "motorbike": "By motorbike: {km} km, {percent} % of it joined",
}
_SHORT_M = 10_000
_REACH_LINES = {
    "walk": "On foot in the district: {km} km; within {metres} m {percent} % of the squares, {near} of {places} counted places",
    "bicycle": "By bicycle in the district: {km} km; within {metres} m {percent} % of the squares, {near} of {places} counted places",
    "motorbike": "By motorbike in the district: {km} km; within {metres} m {percent} % of the squares, {near} of {places} counted places",
}


def import_roads(
    file: Path, *, source: str | None, date_text: str | None, margin_m: float, reason: str | None, is_dry_run: bool, accept_sparse: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Import the streets of one file and tell what they are."""
    words = terminal_words()
    typed = Typed(words)
    data_date = None if date_text is None else typed.day(date_text, "--date")
    told_source = None if source is None else typed.text(source, "--source")
    told_reason = words("Import of {file}", file=file.name) if reason is None else typed.text(reason, "--reason")
    with opened_workspace() as workspace:
        done = import_streets(
            workspace, file, source=told_source, data_date=data_date, margin_m=margin_m,
            actor=operator(), reason=told_reason, at=now(), is_dry_run=is_dry_run, accept_sparse=accept_sparse,
            progress=_tell_progress,
        )  # fmt: skip
    if sys.stderr.isatty():
        click.echo(err=True)
    _show_import(done, words, is_dry_run=is_dry_run, as_json=as_json)
    if done.is_refused:
        raise SystemExit(1)


def show_roads(*, as_json: bool) -> None:
    """Print what the newest revision knows of its streets."""
    words = terminal_words()
    with opened_workspace() as workspace:
        meta = find_streets_meta(workspace)
    if as_json:
        click.echo(json.dumps({"streets": meta}, ensure_ascii=False, indent=2))
    elif meta is None:
        click.echo(words("There are no streets; ways are estimated. Bring some in: geo-app roads import FILE"))
    else:
        _show_meta(meta, words)
        click.echo(words("In since revision {number}.", number=meta["revision"]))


def remove_roads(reason: str | None) -> None:
    """Take the streets away."""
    words = terminal_words()
    told_reason = Typed(words).text(reason, "--reason")
    with opened_workspace() as workspace:
        revision = remove_streets(workspace, actor=operator(), reason=told_reason, at=now())
    if revision is None:
        click.echo(words("There are no streets; nothing has changed."))
    else:
        click.echo(words("The streets were taken away; ways are estimated from now on."))
        click.echo(words("Published as revision {number}.", number=revision.number))


def streets_line(meta: Mapping[str, Any], words: Words) -> str:
    """Source, date and attribution of streets, as one line."""
    day = meta["data_date"] or words("date unknown")
    return words("{source} · data of {day} · {attribution}", source=meta["source"], day=day, attribution=meta["attribution"])


def _show_import(done: StreetImport, words: Words, *, is_dry_run: bool, as_json: bool) -> None:
    problems = [problem_document(problem, words) for problem in done.problems]
    if as_json:
        revision = None if done.revision is None else done.revision.number
        document = {"revision": revision, "unchanged": done.is_same, "streets": done.meta, "problems": problems}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for problem, shown in zip(done.problems, problems, strict=True):
        _show_problem(problem, shown, words)
    if done.meta is not None:
        _show_meta(done.meta, words)
    click.echo(_outcome(done, words, is_dry_run=is_dry_run))


def _show_problem(problem: Problem, shown: Mapping[str, Any], words: Words) -> None:
    mark = words("error") if problem.is_error else words("warning")
    where = words("file") if problem.line is None else words("line {line}", line=problem.line)
    click.echo(f"[{mark}] {where}: {shown['message']} {shown['hint']} ({shown['code']})", err=True)


def _outcome(done: StreetImport, words: Words, *, is_dry_run: bool) -> str:
    if done.is_refused:
        return words("Nothing was written; the streets stay as they were.")
    if done.is_same:
        return words("These very streets are in already; nothing has changed.")
    if done.revision is None:
        return words("This was a dry run; nothing was written.") if is_dry_run else ""
    return words("Published as revision {number}.", number=done.revision.number)


def _show_meta(meta: Mapping[str, Any], words: Words) -> None:
    click.echo(streets_line(meta, words))
    click.echo(words("{edges} stretches of street between {nodes} junctions", edges=f"{meta['edges']:,}", nodes=f"{meta['nodes']:,}"))
    click.echo(
        words("{count} parts; the largest has {percent} % of the length", count=meta["components"], percent=_percent(meta["largest_share"]))
    )
    for mode, sentence in _MODE_LINES.items():
        facts = meta["modes"][mode]
        click.echo(words(sentence, km=_km(facts["length_m"]), percent=_percent(facts["connected_share"])))
    if "reach" in meta:  # streets that came in before it was measured do not say
        _show_reach(meta["reach"], words)


def _show_reach(reach: Mapping[str, Any], words: Words) -> None:
    for mode, sentence in _REACH_LINES.items():
        facts = reach["modes"][mode]
        counts = {"metres": round(reach["limit_m"]), "near": facts["places_near"], "places": reach["places"]}
        click.echo(words(sentence, km=_km(facts["length_m"]), percent=_percent(facts["cells_share"] or 0.0), **counts))


def _km(length_m: float) -> str:
    return f"{length_m / 1000:,.1f}" if length_m < _SHORT_M else f"{length_m / 1000:,.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _tell_progress(count: int) -> None:
    # How many there will be is known at the end only, so a number runs instead of a bar.
    if sys.stderr.isatty():
        click.echo("\r" + terminal_words()("{count} ways read …", count=f"{count:,}"), nl=False, err=True)
