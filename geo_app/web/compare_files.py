"""`/plan/compare/<table>.<ext>`: the differences of two scenarios as files, by the same parameters as their page."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, request

from geo_app import __version__
from geo_app.exports.columns import LIST_JOINT, Cell
from geo_app.exports.compare_tables import complex_changes_table, dong_changes_table, hour_changes_table
from geo_app.exports.coverage_json import list_notes
from geo_app.exports.coverage_query import question_parameters
from geo_app.exports.exporting import FORMATS
from geo_app.exports.file_basis import FileBasis, basis_columns, told_basis
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column, export_table
from geo_app.planning.demand_bases import COMPLEX_WORKERS
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.world import get_world
from geo_app.web.compare_sides import Side, Sides, read_sides
from geo_app.web.compare_tables import FILES, TITLES
from geo_app.web.house import words_of_reader
from geo_app.web.plan_files import read_shapes
from geo_app.web.plan_form import more_told
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import NOTE_WORDS

blueprint = Blueprint("compare_files", __name__)


@blueprint.get("/plan/compare/<table>.<ext>")
def download(table: str, ext: str) -> Response:
    """The table as a file. Nothing in it holds a token."""
    if table not in FILES or ext not in FILES[table]:
        abort(404)
    sides, words = read_sides(request.args), words_of_reader()
    with tempfile.TemporaryDirectory(prefix="geo-app-compare-") as folder:
        path = Path(folder) / f"{table}.{ext}"
        export_table(_table(table, sides, words), path)
        data = path.read_bytes()
    answer = Response(data, content_type=FORMATS[ext].media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="compare-{table}-r{sides.a.asked.snapshot.number}.{ext}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _table(table: str, sides: Sides, words: Words) -> AnalysisTable:
    found, asked = sides.compared(), sides.a.asked
    unit = found.before.demand_info.unit
    info = get_world(asked.snapshot).demand(COMPLEX_WORKERS).info if table == "complexes" else found.before.demand_info
    held = FileBasis(
        asked.question, asked.snapshot.number, info, found.before.distance_kind, more_told(asked.question, words), is_week=table == "hours"
    )
    metadata = _metadata(table, sides, held, info, words)
    basis = (*_names(sides, words), *basis_columns(held, words))
    if table == "hours":
        return hour_changes_table(*sides.weeks(), unit, metadata, basis, words)
    if table == "dongs":
        return dong_changes_table(found.by_dong, read_shapes(asked, "dongs"), unit, metadata, basis, words)
    return complex_changes_table(found.by_complex, read_shapes(asked, "industrial-complexes"), metadata, basis, words)


def _metadata(table: str, sides: Sides, basis: FileBasis, info: DemandInfo, words: Words) -> AnalysisMetadata:
    snapshot = sides.a.asked.snapshot
    notes = {
        **{f"asked_{name}": text for name, text in question_parameters(basis.question).items()},
        **_side_notes("a", sides.a, words),
        **_side_notes("b", sides.b, words),
        "demand": info.key,
        "demand_source": info.source,
        "demand_year": "" if info.year is None else str(info.year),
        "distance_kind": basis.distance_kind or "",
        "code_version": __version__,
    }
    title = f"{words('Compare scenarios')}: {words(TITLES[table])}"
    known = " ".join(words(NOTE_WORDS[code]) for code in list_notes(sides.compared().before))
    told = told_basis(basis, snapshot.made_at, words, title=title, notes=known, code_version=__version__)
    names = [
        (words(letter), LIST_JOINT.join([side.name(words), *side.changes(words)])) for letter, side in (("A", sides.a), ("B", sides.b))
    ]
    return AnalysisMetadata(f"compare-{table}", snapshot.number, snapshot.made_at, notes, (*told[:1], *names, *told[1:]))


def _side_notes(letter: str, side: Side, words: Words) -> dict[str, str]:
    return {f"{letter}_name": side.name(words), f"{letter}_edits": "" if side.scenario is None else side.scenario.edits}


def _names(sides: Sides, words: Words) -> tuple[tuple[Column, Cell], ...]:
    """What A and B are, in every row: the columns tell of them by letter only."""
    return (Column("a_name", words("A")), sides.a.name(words)), (Column("b_name", words("B")), sides.b.name(words))
