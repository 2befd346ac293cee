"""The shapes of the few fields that hold a structure: pages read their members by name and make links of their addresses."""

from collections.abc import Callable, Mapping
from typing import Any

from geo_app.ingest.cell_values import BadCell, parse_url

Shape = Callable[[Any], bool]
SHOWN_CHARS = 100
_PLAIN = (str, int, float, bool, type(None))


def check_structure(name: str, value: Any) -> Any:
    """`value`, when it has the shape of the field `name` and its addresses are http or https. Raises `BadCell`."""
    shape = _SHAPES.get(name)
    if shape is None or not shape(value):
        raise BadCell("bad-json", str(value)[:SHOWN_CHARS])
    for member in value if isinstance(value, list) else ():
        if isinstance(member, Mapping) and member.get("source_url") is not None:
            parse_url(str(member["source_url"]))
    return value


def _is_list_of(shape: Shape) -> Shape:
    return lambda value: isinstance(value, list) and all(shape(member) for member in value)


def _is_map_of(shape: Shape) -> Shape:
    return lambda value: isinstance(value, dict) and all(shape(member) for member in value.values())


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(member, _PLAIN) for member in value.values())


def _is_flat_with(member: str) -> Shape:
    return lambda value: _is_flat(value) and isinstance(value.get(member), str)


def _is_head_count(value: Any) -> bool:
    return isinstance(value, dict) and "total" in value and all(map(_is_count, value.values()))


_SHAPES: Mapping[str, Shape] = {
    "codes": _is_list_of(_is_flat_with("code")),
    "population": _is_map_of(_is_head_count),
    "establishments": _is_map_of(_is_count),
    "administrative_dongs": _is_list_of(_is_text),
    "legal_dongs": _is_list_of(_is_text),
    "projects": _is_list_of(_is_flat_with("name")),
    "figures": _is_list_of(_is_flat_with("text")),
}
