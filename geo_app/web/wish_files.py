"""`/wishes.<ext>`: the wishes as CSV, XLSX, GeoJSON, GeoPackage or KML; small numbers are as untold there as on the page."""

import tempfile
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, abort, request

from geo_app import __version__
from geo_app.domain.wish import LEAST_TOLD, WISHES_KEPT, WishCount
from geo_app.exports.columns import Cell
from geo_app.exports.exporting import FORMATS
from geo_app.exports.tables import AnalysisMetadata, export_table
from geo_app.exports.wish_tables import NOTE, TABLE_NAME, wishes_table
from geo_app.finder.gazetteer import Place
from geo_app.web.house import get_snapshot, seoul_now, words_of_reader
from geo_app.web.parameters import Parameter, choice, read_parameters
from geo_app.web.wish_list import KIND_WORDS, count_text, list_located
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Words
from geo_app.wording.wish_terms import DAY_BAND_WORDS

blueprint = Blueprint("wish_files", __name__)
WISHES_FILE = (
    Parameter("lang", choice(LANGUAGES), {"type": "string", "enum": [*LANGUAGES]}, "language of the file", default=DEFAULT_LANGUAGE),
)


@blueprint.get("/wishes.<ext>")
def download(ext: str) -> Response:
    """All that are told, as they stand now."""
    if ext not in FORMATS:
        abort(404)
    read_parameters(WISHES_FILE, request.args)
    words, at = words_of_reader(), seoul_now()
    table = wishes_table([_cells(place, item, at, words) for place, item in list_located()], _metadata(words), words)
    with tempfile.TemporaryDirectory(prefix="geo-app-wishes-") as folder:
        path = Path(folder) / f"{TABLE_NAME}.{ext}"
        export_table(table, path)
        data = path.read_bytes()
    answer = Response(data, content_type=FORMATS[ext].media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{TABLE_NAME}-{at:%Y%m%d}.{ext}"'
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _cells(place: Place, item: WishCount, at: datetime, words: Words) -> dict[str, Cell]:
    return {
        "place": place.id,
        "name": told_name(place.name, place.latin, words),
        "kind": words(KIND_WORDS[place.kind]),
        "lon": place.lon,
        "lat": place.lat,
        "days": words(DAY_BAND_WORDS[item.time.days]),
        "hour": item.time.hour,
        "count": item.count,
        "count_text": count_text(item),
        "as_of": at.date().isoformat(),
    }


def _metadata(words: Words) -> AnalysisMetadata:
    snapshot = get_snapshot()
    notes = {"note": words(NOTE), "least_told": str(LEAST_TOLD), "kept_days": str(WISHES_KEPT.days), "code_version": __version__}
    return AnalysisMetadata(TABLE_NAME, snapshot.number, snapshot.made_at, notes)
