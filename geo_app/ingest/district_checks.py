"""What a record of `data/` must keep: the layer's kinds, fields, choices, geometry, and a key of its source."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from geo_app.domain.errors import GeoAppError
from geo_app.domain.hours import BadHours, parse_holiday_rule, parse_opening_hours
from geo_app.domain.layers import Field, FieldKind, GeometryKind, Layer
from geo_app.domain.provenance import Precision
from geo_app.domain.site import HoursStatement, SiteDraft

_POINTS = ("Point",)
_AREAS = ("Polygon", "MultiPolygon")
_SHAPES = {
    GeometryKind.POINT: _POINTS,
    GeometryKind.AREA: _AREAS,
    GeometryKind.POINT_OR_AREA: _POINTS + _AREAS,
}


class BadDataFile(GeoAppError):
    """A file of the district's folder does not have its form. Values: `file`, `record` (its name), `field`, `reason`."""

    code: ClassVar[str] = "bad-data-file"


def check_draft(draft: SiteDraft, layer: Layer, *, file: str) -> None:
    """Nothing, for a draft that keeps its layer's rules. Raises `BadDataFile` naming the first field that does not."""
    for name, reason in _faults(draft, layer):
        raise BadDataFile(file=file, record=draft.name, field=name, reason=reason)


def _faults(draft: SiteDraft, layer: Layer) -> Iterator[tuple[str, str]]:
    if not draft.name.strip():
        yield "name", "empty"
    if draft.kind is not None and draft.kind not in layer.kinds:
        yield "kind", f"not one of {', '.join(layer.kinds)}"
    if not draft.provenance.source_key:
        yield "source_key", "missing"
    if draft.hours and not layer.has_hours:
        yield "hours", "the layer has none"
    for statement in draft.hours:
        yield from _hours_faults(statement)
    yield from _geometry_faults(draft, layer)
    yield from attribute_faults(draft.attributes, layer)


def _hours_faults(statement: HoursStatement) -> Iterator[tuple[str, str]]:
    if not statement.text.strip():
        yield "hours", "no text"
    try:
        if statement.opening_hours is not None and parse_opening_hours(statement.opening_hours).opening_hours != statement.opening_hours:
            yield "opening_hours", f"its canonical form is {parse_opening_hours(statement.opening_hours).opening_hours}"
        if statement.on_holidays is not None:
            parse_holiday_rule(statement.on_holidays)
    except BadHours as fault:
        yield "hours", str(fault)


def _geometry_faults(draft: SiteDraft, layer: Layer) -> Iterator[tuple[str, str]]:
    if draft.geometry is None:
        if draft.precision is not Precision.NONE:
            yield "precision", "a place without coordinates has precision none"
    elif draft.precision is Precision.NONE:
        yield "geometry", "a place of precision none has no coordinates"
    elif draft.geometry.geom_type not in _SHAPES[layer.geometry] or not draft.geometry.is_valid:
        yield "geometry", f"not a valid {' or '.join(_SHAPES[layer.geometry])}"


def attribute_faults(attributes: Mapping[str, Any], layer: Layer) -> Iterator[tuple[str, str]]:
    """(field, reason) for each attribute that the layer lacks or whose value is not of the field's kind."""
    for name, value in attributes.items():
        field = layer.find_field(name)
        if field is None:
            yield name, "no such field"
        elif not _is_of_kind(value, field):
            yield name, f"not a {field.kind.value}" + (f" of {', '.join(field.choices)}" if field.choices else "")


def _is_of_kind(value: Any, field: Field) -> bool:
    match field.kind:
        case FieldKind.JSON:
            return value is not None
        case FieldKind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case FieldKind.BOOLEAN:
            return isinstance(value, bool)
        case FieldKind.CHOICES:
            return isinstance(value, list | tuple) and all(item in field.choices for item in value)
        case _:
            return isinstance(value, str) and _is_text_of_kind(value, field)


def _is_text_of_kind(text: str, field: Field) -> bool:
    match field.kind:
        case FieldKind.CHOICE:
            return text in field.choices
        case FieldKind.DATE:
            return _is_iso_date(text)
        case FieldKind.URL:
            return text.startswith(("https://", "http://"))
        case _:
            return bool(text.strip())


def _is_iso_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
