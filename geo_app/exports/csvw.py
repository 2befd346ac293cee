"""CSV on the Web: what a CSV file cannot say of itself, as a document of the W3C's vocabulary that lies beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo_app.domain.layers import FieldKind, Layer
from geo_app.exports.columns import LIST_JOINT

CONTEXT: Final = "http://www.w3.org/ns/csvw"
_KINDS: Final = {
    FieldKind.INTEGER: "integer",
    FieldKind.NUMBER: "number",
    FieldKind.BOOLEAN: "boolean",
    FieldKind.DATE: "date",
    FieldKind.URL: "anyURI",
    FieldKind.JSON: "json",
}
_COMMON: Final = {
    "lon": "number", "lat": "number", "aged": "boolean", "as_of": "date", "checked_on": "date", "hours_as_of": "date",
    "source_url": "anyURI", "hours_source_url": "anyURI", "hours_more": "json", "closures": "json", "dated_hours": "json",
}  # fmt: skip
_OF_INDICATORS: Final = {"value": "number", "planned": "boolean", "source_url": "anyURI", "by_dong": "json", "by_nationality": "json"}
# What `csv_file` does to a text that a spreadsheet would compute.
FORMULA_NOTE: Final = "A text that a spreadsheet would take for a formula begins with an apostrophe that is no part of it."


def layer_datatypes(layer: Layer) -> Mapping[str, str]:
    """Column → datatype, of those that are no plain text."""
    return {**_COMMON, **{field.name: _KINDS[field.kind] for field in layer.fields if field.kind in _KINDS}}


def indicator_datatypes() -> Mapping[str, str]:
    """The same of the table of indicators."""
    return _OF_INDICATORS


def csvw_document(
    *,
    url: str,
    columns: Sequence[str],
    datatypes: Mapping[str, str],
    lists: frozenset[str],
    metadata: Mapping[str, str | int],
    licences: Sequence[str],
    title: str,
    language: str,
) -> dict[str, Any]:
    """The metadata document of the CSV file at `url` (absolute, or relative to the document). `lists`: columns of joined codes.

    `licences`: the address of each, or its name where it has none.
    """
    return {
        "@context": [CONTEXT, {"language": language}],
        "url": url,
        "dc:title": title,
        "dc:source": str(metadata.get("source", "")),
        "dc:license": [
            {"@id": item} if item.startswith("http") else {"@type": "dc:LicenseDocument", "dc:title": item} for item in licences
        ],
        "dc:modified": {"@value": str(metadata["made_at"]), "@type": "xsd:dateTime"},
        "schema:version": str(metadata["revision"]),
        "notes": [{"type": "TextualBody", "value": FORMULA_NOTE}],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(name, datatypes, lists) for name in columns], "primaryKey": "id"},
    }


def _column(name: str, datatypes: Mapping[str, str], lists: frozenset[str]) -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "titles": name, "datatype": datatypes.get(name, "string")}
    if name in lists:
        column["separator"] = LIST_JOINT
    return column
