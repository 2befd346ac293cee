"""A row of named cells becomes a draft; where it stands on the ground is settled later, for all rows at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem
from geo_app.domain.provenance import Precision, Provenance, Status, Visibility
from geo_app.domain.site import HoursStatement, SiteDraft
from geo_app.ingest.attributes import read_attributes, read_choice, read_kind
from geo_app.ingest.cell_values import BadCell, parse_date, parse_json, parse_url
from geo_app.ingest.coordinates import parse_coordinate
from geo_app.ingest.dated_cells import load_items
from geo_app.ingest.headers import HeaderMap, list_pieces
from geo_app.ingest.holiday_cells import read_holiday_rule
from geo_app.ingest.hours_cells import (
    DAY_COLUMNS,
    ReadHours,
    find_rule,
    join_day_columns,
    read_closures,
    read_dated_hours,
    read_hours,
    read_statements,
)
from geo_app.ingest.hours_text import Converted
from geo_app.ingest.limits import Limits
from geo_app.ingest.outlines import Outline, read_outline, read_wkt
from geo_app.ingest.row_cells import ADDRESS_CHARS, NAME_CHARS, NOTE_CHARS, TEXT_CHARS, URL_CHARS, RowCells
from geo_app.ingest.table import RawRow

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_HOURS_FIELDS = frozenset({"hours", "opening_hours", "on_holidays", "closed_days", "hours_more"})
_STATEMENT_FIELDS = frozenset({"hours_source", "hours_source_url", "hours_as_of"})
_RULE_COLUMNS = {"bad-opening-hours": "opening_hours", "bad-holiday-rule": "on_holidays"}
_EMPTY_ATTRIBUTES: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A row read: a draft without geometry, and where the file puts it. `precision` is what the row itself says, if it does."""

    line: int
    draft: SiteDraft
    site_id: str | None
    outline: Outline | None
    precision: Precision | None


class DraftReader:
    """Reads the rows of one file. `defaults` (field → text) stand in for fields that the file has no column for."""

    def __init__(
        self, layer: Layer, headers: HeaderMap, source: str, defaults: Mapping[str, str], limits: Limits, *, is_sheet: bool
    ) -> None:
        self._layer = layer
        self._source = source
        self._limits = limits
        self._is_sheet = is_sheet
        self._headers = {name: header for header, name in headers.mapping.items()}
        self._defaults = {name: text for name, text in defaults.items() if name not in self._headers}
        self._known = frozenset(self._headers) | frozenset(self._defaults)
        self._fields = [field for field in layer.fields if field.name in self._known]
        self._flags = [name.removeprefix("amenities.") for name in self._headers if name.startswith("amenities.")]
        self._tells_hours = bool(self._known & _HOURS_FIELDS) or any(name.startswith("hours.") for name in self._headers)
        self._wkt_names = list_pieces(self._headers)
        self._day_columns = [name for name in self._headers if name.startswith("hours.")]

    def read(self, row: RawRow) -> tuple[UnplacedRow | None, list[Problem]]:
        """The row and its warnings, or None and what keeps it out."""
        if row.fault is not None:
            return None, [row.fault]
        cells = RowCells(row, self._headers, self._defaults, restores_formulas=self._is_sheet)
        unplaced = self._read(row, cells)
        return (None if any(problem.is_error for problem in cells.problems) else unplaced), cells.problems

    def _read(self, row: RawRow, cells: RowCells) -> UnplacedRow:
        draft = SiteDraft(
            layer=self._layer.name,
            name=_checked(cells, "name", lambda: _name(cells)) or "",
            provenance=self._provenance(cells),
            kind=self._told(cells, "kind", lambda: read_kind(cells, self._layer)),
            status=self._coded(cells, "status", Status) or Status.REPORTED,
            visibility=self._coded(cells, "visibility", Visibility) or Visibility.PUBLIC,
            address=_checked(cells, "address", lambda: cells.text("address", ADDRESS_CHARS) or cells.text("address_lot", ADDRESS_CHARS))
            or None,
            hours=self._hours(cells) if self._tells_hours else (),
            closures=self._told(cells, "closures", lambda: read_closures(_items(cells, "closures"))) or (),
            dated_hours=self._told(cells, "dated_hours", lambda: read_dated_hours(_items(cells, "dated_hours"))) or (),
            attributes=read_attributes(cells, self._fields, self._flags) if self._fields or self._flags else _EMPTY_ATTRIBUTES,
        )
        precision = self._coded(cells, "precision", Precision)
        return UnplacedRow(cells.line, draft, self._site_id(row, cells), self._outline(row, cells), precision)

    def _told(self, cells: RowCells, name: str, read: Callable[[], T]) -> T | None:
        """`_checked` where the file has such a column at all."""
        return _checked(cells, name, read) if name in self._known else None

    def _coded(self, cells: RowCells, name: str, choice: type[E]) -> E | None:
        code = self._told(cells, name, lambda: read_choice(cells, name, tuple(item.value for item in choice)))
        return None if code is None else choice(code)

    def _provenance(self, cells: RowCells) -> Provenance:
        return Provenance(
            source=self._told(cells, "source", lambda: cells.text("source")) or self._source,
            source_key=self._told(cells, "source_key", lambda: cells.text("source_key")) or None,
            source_url=self._told(cells, "source_url", lambda: _parsed(parse_url, cells.text("source_url", URL_CHARS))),
            as_of=self._told(cells, "as_of", lambda: _parsed(parse_date, cells.text("as_of"))),
            checked_on=self._told(cells, "checked_on", lambda: _parsed(parse_date, cells.text("checked_on"))),
            licence=self._told(cells, "licence", lambda: cells.text("licence")) or None,
        )

    def _hours(self, cells: RowCells) -> tuple[HoursStatement, ...]:
        if isinstance(cells.raw("hours"), list):
            return _checked(cells, "hours", lambda: read_statements(cells.raw("hours"))) or ()
        told = _checked(cells, "hours", lambda: self._statements(cells)) or ()
        more = cells.raw("hours_more")
        further = (_checked(cells, "hours_more", lambda: read_statements(parse_json(more))) or ()) if more else ()
        return (*told, *further)

    def _statements(self, cells: RowCells) -> tuple[HoursStatement, ...]:
        text, rule, closed_days = cells.text("hours", NOTE_CHARS), cells.text("opening_hours", TEXT_CHARS), cells.text("closed_days")
        if self._day_columns and not text:
            text, joined = join_day_columns(self._day_values(cells))
            rule = rule or ("" if closed_days else joined)
        try:
            told = read_hours(text, rule, self._holiday_rule(cells, text or rule or closed_days), closed_days)
        except BadCell as fault:
            cells.fail(_RULE_COLUMNS.get(fault.code, "hours"), fault)
            return ()
        if told is None:
            return ()
        if told.converted is not None:
            _warn_of_hours(cells, told, told.converted)
        return tuple(self._with_source(cells, statement) for statement in (told.statement, *told.alerts))

    def _holiday_rule(self, cells: RowCells, hours: str) -> str | None:
        """What the column of holidays says; beside no hours at all it is not read."""
        if "on_holidays" not in self._known or not hours:
            return None
        return read_holiday_rule(cells.text("on_holidays"), self._headers.get("on_holidays", ""))

    def _with_source(self, cells: RowCells, statement: HoursStatement) -> HoursStatement:
        if not self._known & _STATEMENT_FIELDS:
            return statement
        return replace(
            statement,
            source=self._told(cells, "hours_source", lambda: cells.text("hours_source")) or None,
            source_url=self._told(cells, "hours_source_url", lambda: _parsed(parse_url, cells.text("hours_source_url", URL_CHARS))),
            as_of=self._told(cells, "hours_as_of", lambda: _parsed(parse_date, cells.text("hours_as_of"))),
        )

    def _day_values(self, cells: RowCells) -> dict[str, tuple[str, str, str]]:
        return {
            day: (cells.text(f"hours.{day}.from"), cells.text(f"hours.{day}.until"), cells.text(f"hours.{day}.text"))
            for day, _, _ in DAY_COLUMNS
            if any(name.startswith(f"hours.{day}.") for name in self._day_columns)
        }

    def _site_id(self, row: RawRow, cells: RowCells) -> str | None:
        """The row's id where it has the form of ours: a file of ours that was edited comes back to the same records."""
        found = row.feature_id or cells.raw("id")
        prefix, _, number = str(found).partition("-")
        return str(found) if prefix == self._layer.id_prefix and number.isascii() and number.isdigit() else None

    def _outline(self, row: RawRow, cells: RowCells) -> Outline | None:
        if row.geometry is not None:
            return _checked(cells, "geometry", lambda: read_outline(row.geometry, self._limits))
        lon = _checked(cells, "lon", lambda: cells.text("lon")) or ""
        lat = _checked(cells, "lat", lambda: cells.text("lat")) or ""
        if bool(lon) is not bool(lat):
            cells.fail("lat" if lon else "lon", BadCell("half-coordinates", lon or lat))
            return None
        if lon and lat:
            return _point(cells, lon, lat)
        wkt = "".join(str(cells.raw(name)) for name in self._wkt_names)
        return _checked(cells, "geometry_wkt", lambda: read_wkt(wkt, self._limits)) if wkt else None


def _point(cells: RowCells, lon: str, lat: str) -> Outline | None:
    x = _checked(cells, "lon", lambda: parse_coordinate(lon))
    y = _checked(cells, "lat", lambda: parse_coordinate(lat))
    return None if x is None or y is None else Outline(x[0], y[0], max(x[1], y[1]))


def _items(cells: RowCells, name: str) -> Any:
    is_json = not isinstance(cells.raw(name), str) or cells.raw(name).lstrip()[:1] in ("[", "{")
    raw = cells.raw(name) if is_json else cells.text(name, NOTE_CHARS, keeps_lines=True)
    return load_items(raw, "bad-dated-hours" if name == "dated_hours" else "bad-closures", has_times=name == "dated_hours")


def _warn_of_hours(cells: RowCells, told: ReadHours, converted: Converted) -> None:
    """What was read from words is said back, hours under an alert too, and the piece not understood is named; notation needs neither."""
    statement = told.statement
    if converted.refusal is not None:
        refusal = converted.refusal
        readings = dict(zip(("reading_1", "reading_2"), converted.alternatives, strict=False))
        cells.warn(
            "hours-not-understood", "hours", statement.text,
            reason=refusal.code, piece=refusal.piece, position=refusal.position, **readings,
        )  # fmt: skip
    elif find_rule(converted.text) is None:
        for item in (statement, *told.alerts):
            said = {"opening_hours": item.opening_hours, "on_holidays": item.on_holidays, "alert": item.alert and item.alert.value}
            cells.warn("hours-read", "hours", item.text, **{name: value for name, value in said.items() if value is not None})
        for note in converted.notes:
            cells.warn(note.value, "hours", statement.text)


def _name(cells: RowCells) -> str:
    text = cells.text("name", NAME_CHARS)
    if not text:
        raise BadCell("blank-name", "")
    return text


def _parsed(parse: Callable[[str], T], text: str) -> T | None:
    return parse(text) if text else None


def _checked(cells: RowCells, name: str, read: Callable[[], T]) -> T | None:
    """What `read()` gives, or None once its fault is listed for the field's column."""
    try:
        return read()
    except BadCell as fault:
        cells.fail(name, fault)
        return None
