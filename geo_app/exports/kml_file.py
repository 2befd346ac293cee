"""KML 2.2 out: a placemark a row, its cells as typed data of a schema, what the file says of itself in the document's head."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem
from geo_app.exports.columns import PLACE_COLUMNS, Cell, feature_cells, list_columns
from geo_app.exports.metadata import FileNotes

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
# Areas as lines: a filled district would hide the map below it.
_STYLE: Final = (
    '<Style id="row"><LineStyle><color>ff7a4a1f</color><width>2</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle></Style>'
)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML 1.0 document can hold
_INT_LIMIT: Final = 1 << 31
_BREAKS: Final = {"\r": "&#13;"}  # a bare one would be read as a line feed
_NAME: Final = "name"
Geometry = Mapping[str, Any] | None


def write_kml(features: Iterable[Mapping[str, Any]], layer: Layer, metadata: FileNotes, path: Path) -> list[Problem]:
    """Writes the features of a layer; a text that XML cannot hold is a problem with its line, column and value."""
    held = list(features)
    rows = [feature_cells(feature, layer) for feature in held]
    columns = [column for column in list_columns(layer) if column not in PLACE_COLUMNS]
    ids = [str(feature["id"]) for feature in held]
    return write_kml_rows(layer.name, columns, rows, [feature.get("geometry") for feature in held], metadata, path, ids=ids)


def write_kml_rows(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Cell]],
    geometries: Sequence[Geometry],
    metadata: FileNotes,
    path: Path,
    *,
    titles: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
) -> list[Problem]:
    """The same of any rows: cells by column, and GeoJSON geometries in EPSG:4326 or None. `titles`: what a reader sees of a column.

    `ids` are names that XML knows (letters first), each once; rows without any have none.
    """
    problems = [problem for line, row in enumerate(rows, start=2) for problem in _list_unwritable(line, columns, row)]
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_head(name, metadata))
        stream.writelines(_schema(name, columns, titles or columns, rows))
        schema, openings = _attribute(f"#{_schema_id(name)}"), {column: f"<SimpleData name={_attribute(column)}>" for column in columns}
        for number, (row, geometry) in enumerate(zip(rows, geometries, strict=True)):
            mark = "" if ids is None else f" id={quoteattr(ids[number])}"
            stream.write(f"<Placemark{mark}>{_placemark(schema, openings, row, geometry)}</Placemark>\n")
        stream.write("</Document>\n</kml>\n")
    return problems


def _head(name: str, metadata: FileNotes) -> Iterator[str]:
    told = {key: str(value) for key, value in metadata.members().items()}
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}">\n<Document>\n<name>{_text(name)}</name>\n'
    yield f"<description>{_text(chr(10).join(f'{key}: {value}' for key, value in told.items()))}</description>\n{_STYLE}\n"
    data = "".join(f"<Data name={_attribute(key)}><value>{_text(value)}</value></Data>" for key, value in told.items())
    yield f"<ExtendedData>{data}</ExtendedData>\n"


def _schema(name: str, columns: Sequence[str], titles: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> Iterator[str]:
    yield f"<Schema name={_attribute(name)} id={_attribute(_schema_id(name))}>\n"
    for column, title in zip(columns, titles, strict=True):
        kind = _kind([row.get(column) for row in rows])
        yield f'<SimpleField type="{kind}" name={_attribute(column)}><displayName>{_text(title)}</displayName></SimpleField>\n'
    yield "</Schema>\n"


def _kind(cells: Sequence[Cell]) -> str:
    filled = [cell for cell in cells if cell is not None]
    if filled and all(isinstance(cell, bool) for cell in filled):
        return "bool"
    if any(isinstance(cell, bool | str) for cell in filled) or not filled:
        return "string"
    is_whole = all(isinstance(cell, int) and -_INT_LIMIT <= cell < _INT_LIMIT for cell in filled)
    return "int" if is_whole else "double"


def _placemark(schema: str, openings: Mapping[str, str], row: Mapping[str, Cell], geometry: Geometry) -> str:
    title = row.get(_NAME)
    shown = "" if title is None else f"<name>{_text(_cell_text(title))}</name>"
    cells = ((opening, row.get(column)) for column, opening in openings.items())
    data = "".join(f"{opening}{_text(_cell_text(cell))}</SimpleData>" for opening, cell in cells if cell is not None)
    told = f"<ExtendedData><SchemaData schemaUrl={schema}>{data}</SchemaData></ExtendedData>"
    return f"{shown}<styleUrl>#row</styleUrl>{told}{_geometry(geometry)}"


def _geometry(geometry: Geometry) -> str:
    if geometry is None:
        return ""
    kind, coordinates = geometry["type"], geometry.get("coordinates", ())
    if kind == "Point":
        return f"<Point><coordinates>{_positions([coordinates])}</coordinates></Point>"
    if kind == "LineString":
        return f"<LineString><coordinates>{_positions(coordinates)}</coordinates></LineString>"
    if kind == "Polygon":
        return _polygon(coordinates)
    single = kind.removeprefix("Multi")
    parts = geometry.get("geometries") or [{"type": single, "coordinates": part} for part in coordinates]
    return f"<MultiGeometry>{''.join(map(_geometry, parts))}</MultiGeometry>"


def _polygon(rings: Sequence[Any]) -> str:
    sides = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    drawn = (
        f"<{side}><LinearRing><coordinates>{_positions(ring)}</coordinates></LinearRing></{side}>"
        for side, ring in zip(sides, rings, strict=True)
    )
    return f"<Polygon>{''.join(drawn)}</Polygon>"


def _positions(positions: Sequence[Sequence[float]]) -> str:
    return " ".join(",".join(repr(number) for number in position[:2]) for position in positions)


def _schema_id(name: str) -> str:
    return f"schema-{name}"


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else repr(cell)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text), _BREAKS)


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _list_unwritable(line: int, columns: Sequence[str], row: Mapping[str, Cell]) -> Iterator[Problem]:
    for column in columns:
        cell = row.get(column)
        if isinstance(cell, str) and (lost := "".join(dict.fromkeys(_NOT_XML.findall(cell)))):
            told = {"encoding": "kml", "characters": ascii(lost)}
            yield Problem("cannot-encode", line=line, column=column, value=ascii(cell[:100]), details=told)
