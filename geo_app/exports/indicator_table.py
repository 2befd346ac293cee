"""Indicators as a table for files: a row an indicator, with its definition and where it comes from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from geo_app.domain.record import canonical_json
from geo_app.exports.columns import LIST_JOINT, Cell
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column

TABLE_NAME: Final = "indicators"
COLUMNS: Final = (
    "id", "name", "name_en", "value", "unit", "as_of", "planned", "definition", "formula", "as_written", "computed_from", "series",
    "by_dong", "by_nationality", "source_url", "source_note",
)  # fmt: skip


def indicators_table(
    indicators: Sequence[Mapping[str, Any]], revision: int, made_at: datetime, card: Mapping[str, Any] | None
) -> AnalysisTable:
    """The document `indicators` as it stands; a list of names is joined, a structure is JSON text. `card`: its entry among the sources."""
    told = {} if card is None else {"licence": str(card["licence"]), "source": f"{card['title']} ({card['producer']})"}
    rows = [{name: _cell(item.get(name)) for name in COLUMNS} for item in indicators]
    columns = tuple(Column(name, name) for name in COLUMNS)
    return AnalysisTable(TABLE_NAME, columns, rows, None, AnalysisMetadata(TABLE_NAME, revision, made_at, told))


def _cell(value: Any) -> Cell:
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return LIST_JOINT.join(value)
    plain: Cell = canonical_json(value) if isinstance(value, list | dict) else value
    return plain
