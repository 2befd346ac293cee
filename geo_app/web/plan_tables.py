"""Tables of figures as the planner's page shows them: columns, rows, and an order that links can change without a script."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from geo_app.web.house import get_language
from geo_app.web.parameters import Unreadable
from geo_app.web.plan_links import PlanLinks

DOWNLOADS = "coverage_files.download"  # the door of all files of the planner
ASCENDING, DESCENDING = "ascending", "descending"
FORM_NAMES = {"csv": "CSV", "xlsx": "XLSX", "geojson": "GeoJSON", "gpkg": "GPKG", "kml": "KML"}
EXTENSIONS = tuple(FORM_NAMES)
SortValue = float | str | None


class PageLinks(Protocol):
    """Where a page leads to itself with some parameters changed."""

    def page(self, fragment: str = "", **changes: Any) -> str:
        """Its address."""
        ...


@dataclass(frozen=True, slots=True)
class Bar:
    """A share 0–1 drawn behind a figure, and what it would be in name."""

    real: float | None
    nominal: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and `value`, what it is ordered by: None is last in either order. `rest`: all of it, to unfold."""

    text: str
    value: SortValue = None
    href: str = ""
    note: str = ""
    bar: Bar | None = None
    rest: tuple[str, ...] = ()

    @property
    def sort_text(self) -> str:
        """The value for a script; nothing where there is none."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Column:
    """`field` names it in links and to scripts; `direction` is the order that is shown, as `aria-sort` says it."""

    field: str
    label: str
    is_number: bool = True
    is_sortable: bool = True
    direction: str = ""
    sort_href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`key` is the id of what it tells of; `lon`, `lat` (EPSG:4326) where it has a place on the map."""

    key: str
    cells: Mapping[str, Cell]
    lon: float | None = None
    lat: float | None = None

    def pairs(self, columns: Sequence[Column]) -> Iterator[tuple[Column, Cell]]:
        """Each column with its cell."""
        return ((column, self.cells[column.field]) for column in columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its heading; `empty` says what is missing, why, and what to do next. `downloads`: (name of the form, address)."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    note: str = ""
    downloads: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """Which table by which column; written `by-dong.share`, downwards `by-dong.-share`."""

    table: str
    field: str
    is_descending: bool

    def __str__(self) -> str:
        return f"{self.table}.{'-' if self.is_descending else ''}{self.field}"


def sort_reader(fields: Mapping[str, Sequence[str]]) -> Any:
    """A reader of `sort=`: one of these tables by one of its fields."""
    known = {
        str(Sort(table, field, down)): Sort(table, field, down) for table in fields for field in fields[table] for down in (False, True)
    }

    def read(text: str) -> Sort:
        if text not in known:
            raise Unreadable(", ".join(str(Sort(table, names[0], is_descending=False)) for table, names in fields.items()))
        return known[text]

    return read


def in_order(table: Table, sort: Sort | None, default: Sort, links: PageLinks) -> Table:
    """The table in the order asked of it, else in its own; each sortable column leads to its order, and to the other one from there."""
    chosen = sort if sort is not None and sort.table == table.id else default
    columns = tuple(_with_link(column, chosen, table.id, links) if column.is_sortable else column for column in table.columns)
    return replace(table, columns=columns, rows=sort_rows(table.rows, chosen.field, is_descending=chosen.is_descending))


def sort_rows(rows: Sequence[Row], field: str, *, is_descending: bool) -> tuple[Row, ...]:
    """Rows by one field, equal ones as they stood; those without a value last."""
    known = [row for row in rows if row.cells[field].value is not None]
    unknown = [row for row in rows if row.cells[field].value is None]
    return (*sorted(known, key=lambda row: row.cells[field].value, reverse=is_descending), *unknown)  # type: ignore[arg-type, return-value]


def download_links(table: str, links: PlanLinks, extensions: Sequence[str] = EXTENSIONS, **values: Any) -> tuple[tuple[str, str], ...]:
    """(name, address) of the files of a table."""
    return tuple((FORM_NAMES[ext], links.door(DOWNLOADS, table=table, ext=ext, lang=get_language(), **values)) for ext in extensions)


def _with_link(column: Column, chosen: Sort, table_id: str, links: PageLinks) -> Column:
    is_chosen = column.field == chosen.field
    # Figures are mostly wanted from the top, names from A; a second press turns the order round.
    next_down = not chosen.is_descending if is_chosen else column.is_number
    direction = (DESCENDING if chosen.is_descending else ASCENDING) if is_chosen else ""
    href = links.page(table_id, sort=str(Sort(table_id, column.field, next_down)))
    return replace(column, direction=direction, sort_href=href)
