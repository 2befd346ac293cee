"""Filters from their two encodings."""

from typing import Any

from geo_app.finder.cql.faults import BadFilter
from geo_app.finder.cql.filter import Filter
from geo_app.finder.cql.literals import Transform
from geo_app.finder.cql.reading import Reader
from geo_app.finder.cql.text import document_of
from geo_app.finder.item_fields import Schema


def parse_filter_text(text: str, schema: Schema, *, transform: Transform | None = None, is_planar: bool = False) -> Filter:
    """The filter that a CQL2 text says. Raises `BadFilter`.

    `transform` turns (n, 2) coordinates of the filter's CRS, in its axis order, into degrees of EPSG:4326, longitude first; it may give
    inf, which is refused. Without it they are that already. `is_planar`: that CRS counts in metres, so that no BBOX spans the dateline.

    >>> from geo_app.finder.item_fields import layer_schema
    >>> parse_filter_text("seats > 4 AND entry IN ('open-door')", layer_schema("shelters")).predicate.operator
    'and'
    """
    try:
        return parse_filter_json(document_of(text), schema, transform=transform, is_planar=is_planar)
    except BadFilter as fault:
        # The tree knows no positions: the word is shown where it stands first.
        found = text.find(str(fault.values["value"]))
        if "position" in fault.values or found < 0:
            raise
        raise BadFilter(fault.values["value"], str(fault.values["expected"]), found + 1) from fault


def parse_filter_json(document: Any, schema: Schema, *, transform: Transform | None = None, is_planar: bool = False) -> Filter:
    """The filter that a CQL2 JSON document says, already loaded. `transform` and `is_planar` as above. Raises `BadFilter`."""
    return Filter(Reader(schema, transform, is_planar=is_planar).predicate(document))
