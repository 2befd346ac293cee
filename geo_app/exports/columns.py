"""A published feature as one row of a table: our English field names, one value a cell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import shape

from geo_app.domain.layers import Field, FieldKind, GeometryKind, Layer
from geo_app.domain.record import canonical_json

Cell = str | int | float | bool | None

_BEFORE_PLACE = ("id", "name", "kind", "status", "precision", "address", "dong")
_POINT = ("lon", "lat")
_AREA = "geometry_wkt"
_HOURS = (
    "hours",
    "opening_hours",
    "on_holidays",
    "hours_source",
    "hours_source_url",
    "hours_as_of",
    "hours_more",
    "closures",
    "dated_hours",
)
_JSON_COLUMNS = frozenset({"hours_more", "closures", "dated_hours"})
_PROVENANCE = ("source", "source_key", "source_url", "as_of", "checked_on", "licence")
_STATEMENT = {
    "hours": "text", "opening_hours": "opening_hours", "on_holidays": "on_holidays",
    "hours_source": "source", "hours_source_url": "source_url", "hours_as_of": "as_of",
}  # fmt: skip
_WKT_DECIMALS = 7
# A cell of a workbook holds 32,767 characters: a longer outline goes on in columns of its own, cut before a comma, so that no piece
# begins with what a spreadsheet computes.
PIECE_CHARS = 32_000
# The columns that say where a row is; a format with geometries of its own has none of them.
PLACE_COLUMNS = frozenset({*_POINT, _AREA})
LIST_JOINT = "; "


def list_columns(layer: Layer) -> tuple[str, ...]:
    """The columns of a layer's table, in order. They depend on the layer alone, so two exports of it can be laid side by side."""
    place = _POINT if layer.geometry is GeometryKind.POINT else (*_POINT, _AREA)
    hours = _HOURS if layer.has_hours else ()
    computed = ("aged",) if layer.find_field("completed_year") else ()
    return (*_BEFORE_PLACE, *place, *hours, *(field.name for field in layer.fields), *computed, *_PROVENANCE)


def list_json_columns(layer: Layer) -> frozenset[str]:
    """The columns of a layer whose cells are JSON text."""
    return _JSON_COLUMNS | {field.name for field in layer.fields if field.kind is FieldKind.JSON}


def layer_table(features: Iterable[Mapping[str, Any]], layer: Layer) -> tuple[tuple[str, ...], Iterable[Mapping[str, Cell]]]:
    """Columns and rows of the features for a format without geometries; `geometry_wkt_2` and so on stand there only where needed."""
    columns = list_columns(layer)
    rows: Iterator[Mapping[str, Cell]] = (feature_cells(feature, layer) for feature in features)
    if _AREA not in columns:
        return columns, rows
    held = [_in_pieces(row) for row in rows]
    most = max((sum(name.startswith(_AREA) for name in row) for row in held), default=0)
    behind = columns.index(_AREA) + 1
    return (*columns[:behind], *(_piece_name(number) for number in range(1, most)), *columns[behind:]), held


def _in_pieces(row: Mapping[str, Cell]) -> Mapping[str, Cell]:
    text = row.get(_AREA)
    if not isinstance(text, str) or len(text) <= PIECE_CHARS:
        return row
    return {**row, **{_piece_name(number): piece for number, piece in enumerate(_cut(text))}}


def _piece_name(number: int) -> str:
    return f"{_AREA}_{number + 1}" if number else _AREA


def _cut(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > PIECE_CHARS:
        end = text.rindex(",", start + 1, start + PIECE_CHARS)
        yield text[start:end]
        start = end
    yield text[start:]


def feature_cells(feature: Mapping[str, Any], layer: Layer) -> dict[str, Cell]:
    """The feature's cells by column; empty ones are left out. Lists of codes are joined with `; `, structures are JSON text."""
    properties = feature["properties"]
    cells: dict[str, Cell] = {"id": feature.get("id"), **_geometry_cells(feature.get("geometry")), **_hours_cells(properties)}
    for name in (*_BEFORE_PLACE[1:], "aged", *_PROVENANCE):
        cells[name] = properties.get(name)
    for field in layer.fields:
        cells[field.name] = _field_cell(field, properties.get(field.name))
    return {name: cell for name, cell in cells.items() if cell not in (None, "")}


def _field_cell(field: Field, value: Any) -> Cell:
    if value is None:
        return None
    if field.kind is FieldKind.CHOICES:
        return LIST_JOINT.join(value)
    plain: Cell = canonical_json(value) if field.kind is FieldKind.JSON else value
    return plain


def _geometry_cells(geometry: Mapping[str, Any] | None) -> dict[str, Cell]:
    if geometry is None:
        return {}
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        return {"lon": lon, "lat": lat}
    return {_AREA: shapely.to_wkt(shape(dict(geometry)), rounding_precision=_WKT_DECIMALS, trim=True)}


def _hours_cells(properties: Mapping[str, Any]) -> dict[str, Cell]:
    """The first statement in columns of its own, the others and the dated closures as JSON text."""
    statements = properties.get("hours") or [{}]
    cells: dict[str, Cell] = {column: statements[0].get(name) for column, name in _STATEMENT.items()}
    if len(statements) > 1:
        cells["hours_more"] = canonical_json(statements[1:])
    for name in ("closures", "dated_hours"):
        if properties.get(name):
            cells[name] = canonical_json(properties[name])
    return cells
