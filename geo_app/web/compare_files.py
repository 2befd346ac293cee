"""`/plan/compare/<table>.<ext>`: the differences of two scenarios as CSV or XLSX, by the same parameters as their page."""

import tempfile
from pathlib import Path

from flask import Blueprint, Response, abort, request

from geo_app import __version__
from geo_app.exports.compare_tables import area_changes_table, hour_changes_table
from geo_app.exports.coverage_query import question_parameters
from geo_app.exports.exporting import FORMATS
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, export_table
from geo_app.web.compare_sides import Side, Sides, read_sides
from geo_app.web.house import words_of_reader
from geo_app.wording.catalogue import Words

blueprint = Blueprint("compare_files", __name__)
TABLES = ("dongs", "complexes", "hours")
EXTENSIONS = ("csv", "xlsx")


@blueprint.get("/plan/compare/<table>.<ext>")
def download(table: str, ext: str) -> Response:
    """The table as a file. Nothing in it holds a token."""
    if table not in TABLES or ext not in EXTENSIONS:
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
    metadata = _metadata(table, sides, words)
    if table == "hours":
        return hour_changes_table(table, *sides.weeks(), metadata, words)
    found = sides.compared()
    return area_changes_table(table, found.by_dong if table == "dongs" else found.by_complex, metadata, words)


def _metadata(table: str, sides: Sides, words: Words) -> AnalysisMetadata:
    asked = sides.a.asked
    info = sides.compared().before.demand_info
    notes = {
        **{f"asked_{name}": text for name, text in question_parameters(asked.question).items()},
        **_side_notes("a", sides.a, words),
        **_side_notes("b", sides.b, words),
        "demand_source": info.source,
        "demand_year": "" if info.year is None else str(info.year),
        "distance_kind": sides.compared().before.distance_kind,
        "code_version": __version__,
    }
    return AnalysisMetadata(f"compare-{table}", asked.snapshot.number, asked.snapshot.made_at, notes)


def _side_notes(letter: str, side: Side, words: Words) -> dict[str, str]:
    kept = side.scenario
    name = words("Things as they are") if kept is None else kept.name or words("A scenario without a name")
    return {f"{letter}_name": name, f"{letter}_edits": "" if kept is None else kept.edits}
