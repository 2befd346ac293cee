"""Wishes as a table for files: a row a place of the gazetteer and hour of a kind of day; an opinion, and said to be one in every row."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

import shapely

from geo_app.exports.columns import Cell
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column
from geo_app.wording.catalogue import Words

TABLE_NAME = "wishes"
_TITLES = MappingProxyType({
    "place": "Code",
    "name": "Name",
    "kind": "Kind",
    "lon": "Longitude",
    "lat": "Latitude",
    "days": "Day",
    "hour": "Hour",
    "count": "Wishes",
    "count_text": "Wishes, small numbers untold",
    "as_of": "As of",
    "note": "Note",
})  # fmt: skip
NOTE = "Opinion: no measure of demand"


def wishes_table(rows: Sequence[Mapping[str, Cell]], metadata: AnalysisMetadata, words: Words) -> AnalysisTable:
    """`rows` by the names of the columns but for the note; `lon`, `lat` in EPSG:4326 are the point of the place, never of a person."""
    told = [{**row, "note": words(NOTE)} for row in rows]
    points = [shapely.Point(cast("float", row["lon"]), cast("float", row["lat"])) for row in rows]
    return AnalysisTable(TABLE_NAME, tuple(Column(name, words(title)) for name, title in _TITLES.items()), told, points, metadata)
