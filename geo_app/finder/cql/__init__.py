"""CQL2 (OGC 21-065): filters as text or JSON, read into one typed tree and judged on the columns of a table.

Lives here: the grammar, what each word may be asked of, three-valued truth, the exact judgement of space and time.
May know: tables of items, `spatial`. Must never know: doors, parameters, coordinate systems by name.
"""

from geo_app.finder.cql.faults import BadFilter
from geo_app.finder.cql.filter import Filter
from geo_app.finder.cql.literals import Transform
from geo_app.finder.cql.parsing import parse_filter_json, parse_filter_text

__all__ = ["BadFilter", "Filter", "Transform", "parse_filter_json", "parse_filter_text"]
