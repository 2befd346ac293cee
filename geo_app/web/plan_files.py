"""`/plan/<table>.<ext>`: every table of the planner as CSV, XLSX, GeoJSON, GeoPackage or KML, asked with the parameters of its page."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from flask import Blueprint, Response, abort, request
from shapely.geometry import shape

from geo_app import __version__
from geo_app.exports.answer_json import AnswerHead
from geo_app.exports.coverage_tables import (
    TableBody,
    area_body,
    cell_body,
    gap_body,
    host_body,
    make_metadata,
    make_table,
    site_body,
    week_body,
)
from geo_app.exports.csv_file import CP949, ENCODINGS, name_cp949
from geo_app.exports.exporting import FORMATS
from geo_app.exports.tables import export_table
from geo_app.planning.reach_areas import list_standings
from geo_app.planning.world import get_world
from geo_app.web.coverage import CAUSE, LANG, MOST, WORKERS
from geo_app.web.coverage_answers import get_answers
from geo_app.web.coverage_parameters import Asked, read_question
from geo_app.web.house import public_root
from geo_app.web.parameters import BadParameters, Parameter, choice
from geo_app.web.plan_file_basis import file_basis
from geo_app.wording.catalogue import Words, get_words

blueprint = Blueprint("coverage_files", __name__)
_ASKED_AGAIN = "public, max-age=0, must-revalidate"
ENCODING = Parameter(
    "encoding", choice([*ENCODINGS]), {"type": "string", "enum": [*ENCODINGS]}, "of a CSV file; cp949 names what it cannot hold",
    default="utf-8",
)  # fmt: skip
FURTHER = (LANG, ENCODING, WORKERS, MOST, CAUSE)
Body = Callable[[Asked, Words], TableBody]


@blueprint.get("/plan/<table>.<ext>")
def download(table: str, ext: str) -> Response:
    """The table as a file. The same revision and parameters give the same bytes."""
    if table not in TABLES or ext not in FORMATS:
        abort(404)
    asked = read_question(request.args, FURTHER)
    root = public_root() + request.script_root
    key = (table, ext, root, asked.notes, tuple(asked.further.values()))
    etag = get_answers().file_tag(asked, key)
    if etag is not None and _is_known(etag):
        return _headed(Response(status=304), asked, etag)
    ready = get_answers().file(asked, key, lambda: _make(asked, table, ext, root))
    return cast("Response", _headed(_file(asked, table, ext, ready.data), asked, ready.etag).make_conditional(request))


def _make(asked: Asked, table: str, ext: str, root: str) -> bytes:
    """The bytes of the file. Raises `BadParameters` naming what its encoding cannot hold."""
    words = get_words(asked.further["lang"])
    head = AnswerHead(asked.snapshot.number, asked.question, asked.edits, __version__, root, asked.notes)
    basis = file_basis(table, asked, words)
    metadata = make_metadata(table, head, basis, get_answers().coverage(asked), asked.snapshot.made_at, words)
    made = make_table(table, TABLES[table](asked, words), basis, metadata, words)
    with tempfile.TemporaryDirectory(prefix="geo-app-table-") as folder:
        path = Path(folder) / f"{table}.{ext}"
        problems = export_table(made, path, encoding=asked.further["encoding"])
        if any(problem.is_error for problem in problems):
            raise BadParameters(problems)
        return path.read_bytes()


def _file(asked: Asked, table: str, ext: str, data: bytes) -> Response:
    media_type, name = FORMATS[ext].media_type, f"coverage-{table}-r{asked.snapshot.number}-{asked.question.at:%Y%m%dT%H%M}.{ext}"
    if (ext, asked.further["encoding"]) == ("csv", CP949):
        media_type = media_type.replace("utf-8", name_cp949(data))
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _headed(answer: Response, asked: Asked, etag: str) -> Response:
    answer.headers["Cache-Control"] = _ASKED_AGAIN
    answer.headers["X-Revision"] = str(asked.snapshot.number)
    answer.headers["ETag"] = etag
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _is_known(etag: str) -> bool:
    """That the asker has these bytes already. Only of GET and HEAD, as all these addresses are."""
    return request.if_none_match.contains_weak(etag.strip('"'))


def read_shapes(asked: Asked, layer: str) -> dict[str, Any]:
    """Published geometries of a layer by id."""
    held = asked.snapshot.get_layer(layer)
    features = (held.feature(position) for position in range(len(held)))
    return {feature["id"]: shape(feature["geometry"]) for feature in features if feature["geometry"] is not None}


def _unit(asked: Asked) -> str:
    return get_answers().coverage(asked).demand_info.unit.value


TABLES: Mapping[str, Body] = MappingProxyType({
    "dongs": lambda asked, _: area_body(get_answers().coverage(asked).by_dong, _unit(asked), read_shapes(asked, "dongs")),
    "complexes": lambda asked, _: area_body(
        get_answers().coverage(asked).by_complex, _unit(asked), read_shapes(asked, "industrial-complexes")
    ),
    "jobs": lambda asked, _: area_body(get_answers().coverage(asked).by_job, _unit(asked)),
    "groups": lambda asked, _: area_body(get_answers().coverage(asked).by_group, _unit(asked)),
    "cells": lambda asked, _: cell_body(get_answers().coverage(asked), get_world(asked.snapshot).cells),
    "gaps": lambda asked, words: gap_body(get_answers().gaps(asked, asked.further["most"], asked.further["cause"]), words),
    "week": lambda asked, words: week_body(get_answers().week(asked), words),
    "hosts": lambda asked, _: host_body(get_answers().hosts(asked, asked.further["workers"])),
    "sites": lambda asked, _: site_body(list_standings(get_world(asked.snapshot), asked.question, asked.edits)),
})  # fmt: skip
