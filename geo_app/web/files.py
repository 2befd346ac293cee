"""`/export/<table>.<ext>`: a whole layer, or the indicators, as a file, with what it says of itself; the same bytes to everybody."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import orjson
from flask import Blueprint, Response, abort, current_app, request, send_file

from geo_app import __version__
from geo_app.domain.calendar import SEOUL
from geo_app.domain.layers import FieldKind, get_layer
from geo_app.domain.problem import Problem
from geo_app.exports.columns import layer_table
from geo_app.exports.csv_file import CP949, ENCODINGS, name_cp949
from geo_app.exports.csvw import csvw_document, indicator_datatypes, layer_datatypes
from geo_app.exports.exporting import FORMATS, export_features
from geo_app.exports.indicator_table import COLUMNS, indicators_table
from geo_app.exports.layer_notes import find_licence_address, layer_metadata
from geo_app.exports.tables import export_table
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coverage_parameters import OLD_REVISIONS
from geo_app.web.data_sets import INDICATORS, DataSet, data_set_title, get_data_set, list_cards
from geo_app.web.house import get_district, get_house, get_snapshot, public_link
from geo_app.web.made_files import made_file
from geo_app.web.parameters import BadParameters, Parameter, choice, integer, read_parameters
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, get_words
from geo_app.wording.labels import choice_label

blueprint = Blueprint("files", __name__)
EXPORT_FORMAT = 2  # raise it when the bytes of a file change though its data do not
READ_AT_ONCE_BYTES = 8 << 20
MOST_REVISION = 1_000_000_000
CSVW_TYPE = "application/csvm+json"
_REVISIONS = {"type": "integer", "minimum": 1, "maximum": MOST_REVISION}
_REVISION = Parameter(
    "revision",
    integer(1, MOST_REVISION),
    _REVISIONS,
    "an earlier revision of the data; without it the newest",
)
_ENCODING = Parameter(
    "encoding", choice([*ENCODINGS]), {"type": "string", "enum": [*ENCODINGS]}, "of a CSV file; cp949 names what it cannot hold",
    default="utf-8",
)  # fmt: skip
FILE = (_ENCODING, _REVISION)
BESIDE = (_REVISION,)
_ASKED_AGAIN = "public, max-age=0, must-revalidate"


@blueprint.get("/export/<table>.<ext>")
def download(table: str, ext: str) -> Response:
    """The file, or 304 to who has it."""
    if ext not in FORMATS:
        abort(404)
    values = read_parameters(FILE if ext == "csv" else BESIDE, request.args)  # no other format knows an encoding
    snapshot = _snapshot(values["revision"])
    held = get_data_set(snapshot, table)
    encoding = CP949 if values.get("encoding") == CP949 else "utf-8"
    tag = hashlib.sha256(f"{EXPORT_FORMAT} {__version__} {table} {ext} {encoding} {held.made_at} {held.tag}".encode()).hexdigest()
    answer = _known(tag) or _sent(snapshot, held, ext, encoding, tag)
    if ext == "csv":
        beside = public_link("files.beside", table=table, **({} if values["revision"] is None else {"revision": values["revision"]}))
        answer.headers["Link"] = f'<{beside}>; rel="describedby"; type="{CSVW_TYPE}"'
    return _headed(answer, held)


@blueprint.get("/export/<table>.csv-metadata.json")
def beside(table: str) -> Response:
    """What the CSV file of that name says of itself (CSV on the Web)."""
    values = read_parameters(BESIDE, request.args)
    snapshot = _snapshot(values["revision"])
    held = get_data_set(snapshot, table)
    answer = Response(orjson.dumps(_csvw(snapshot, held), option=orjson.OPT_INDENT_2), content_type=CSVW_TYPE)
    answer.add_etag()
    return _headed(cast("Response", answer.make_conditional(request)), held)


def _snapshot(revision: int | None) -> Snapshot:
    newest = get_snapshot()
    return newest if revision is None else cast("Snapshot", current_app.extensions[OLD_REVISIONS].load(revision, newest))


def _known(tag: str) -> Response | None:
    if not request.if_none_match.contains_weak(tag):
        return None
    answer = Response(status=304)
    answer.set_etag(tag)
    return answer


def _sent(snapshot: Snapshot, held: DataSet, ext: str, encoding: str, tag: str) -> Response:
    def make(path: Path) -> None:
        problems = _write(snapshot, held, path, encoding)
        if any(problem.is_error for problem in problems):
            raise BadParameters(problems)

    path = made_file(get_house().settings.home, f"{tag[:40]}.{ext}", make)
    answer = _open(path)
    answer.content_type = FORMATS[ext].media_type.replace("utf-8", name_cp949(path.read_bytes()) if encoding == CP949 else "utf-8")
    answer.set_etag(tag)
    answer.last_modified = held.made_at
    answer = cast("Response", answer.make_conditional(request, accept_ranges=True, complete_length=path.stat().st_size))
    answer.headers["Content-Disposition"] = _disposition(snapshot, held, ext)
    return answer


def _open(path: Path) -> Response:
    # A large file goes out piece by piece; a small one is read at once, so that no file stays open behind an answer nobody reads.
    return send_file(path) if path.stat().st_size > READ_AT_ONCE_BYTES else Response(path.read_bytes())


def _write(snapshot: Snapshot, held: DataSet, path: Path, encoding: str) -> list[Problem]:
    if held.layer is None:
        table = indicators_table(snapshot.document(INDICATORS), held.revision, held.made_at, held.notes.card)
        return export_table(table, path, encoding=encoding)
    metadata = layer_metadata(held.name, held.revision, held.made_at, held.notes)
    return export_features(held.features(), metadata, path, encoding=encoding)


def _csvw(snapshot: Snapshot, held: DataSet) -> dict[str, Any]:
    if held.layer is None:
        columns: Sequence[str] = COLUMNS
        datatypes, lists = indicator_datatypes(), frozenset({"computed_from"})
        metadata: dict[str, str | int] = {"revision": held.revision, "made_at": held.made_at.isoformat()}
        metadata |= {"licence": held.notes.licence_text, "source": held.notes.source_text}
    else:
        layer = get_layer(held.name)
        columns, datatypes = layer_table(held.features(), layer)[0], layer_datatypes(layer)
        lists = frozenset(field.name for field in layer.fields if field.kind is FieldKind.CHOICES)
        metadata = layer_metadata(held.name, held.revision, held.made_at, held.notes).members()
    words = get_words(DEFAULT_LANGUAGE)
    return csvw_document(
        url=f"{held.name}.csv",
        columns=columns,
        datatypes=datatypes,
        lists=lists,
        metadata=metadata,
        licences=[find_licence_address(code, list_cards(snapshot)) or choice_label(words, "licence", code) for code in held.notes.licences],
        title=_title(snapshot, held),
        language=DEFAULT_LANGUAGE,
    )


def _disposition(snapshot: Snapshot, held: DataSet, ext: str) -> str:
    """A plain name for old programs, and the Korean one for the others (RFC 6266)."""
    korean = f"{_title(snapshot, held)}_r{held.revision}_{held.made_at.astimezone(SEOUL):%Y-%m-%d}.{ext}".replace(" ", "_")
    return f"attachment; filename=\"{held.name}-r{held.revision}.{ext}\"; filename*=UTF-8''{quote(korean, safe='')}"


def _title(snapshot: Snapshot, held: DataSet) -> str:
    return f"{get_district(snapshot).name(DEFAULT_LANGUAGE)} {data_set_title(held.name, get_words(DEFAULT_LANGUAGE))}"


def _headed(answer: Response, held: DataSet) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "Content-Disposition, ETag, Link, X-Revision"
    answer.headers["Cache-Control"] = _ASKED_AGAIN
    answer.headers["X-Revision"] = str(held.revision)
    return answer
