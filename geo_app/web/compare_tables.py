"""The tables of a comparison: what changes for each dong and each complex, sortable by links and downloadable."""

from collections.abc import Sequence

from geo_app.planning.compare import AreaChange
from geo_app.planning.demand_bases import COMPLEX_WORKERS
from geo_app.web.compare_sides import Sides
from geo_app.web.house import link
from geo_app.web.plan_tables import EXTENSIONS, FORM_NAMES, Cell, Column, Row, Sort, Table, in_order
from geo_app.wording.catalogue import Words
from geo_app.wording.compare_terms import exact_percent, more_or_less, points
from geo_app.wording.plan_terms import index_label, plain_figure, unserved_label

CHANGE_FIELDS = ("name", "before", "after", "change", "served", "uncovered")
COMPARE_SORTS = {"compare-dongs": CHANGE_FIELDS, "compare-complexes": CHANGE_FIELDS}
FLAT = ("csv", "xlsx")  # of the hours, which have no place on a map
TITLES = {"dongs": "By dong", "complexes": "By industrial complex", "hours": "By hour of the week"}
FILES = {"dongs": EXTENSIONS, "complexes": EXTENSIONS, "hours": FLAT}


def change_tables(sides: Sides, words: Words) -> list[Table]:
    """Both, whoever gains most on top."""
    found = sides.compared()
    info = found.before.demand_info
    served = index_label(words("More or fewer served"), info.unit, words)
    dongs = _columns(served, unserved_label(info.unit, words), words)
    workers = _columns(words("More or fewer workers served"), words("Workers not served"), words)
    note = words("Counted in workers, spread over a rough extent of each complex; a share of its ground where their number is unknown.")
    if info.key != COMPLEX_WORKERS:
        note += " " + words("They are others than those counted above, so neither figure is a part of the other.")
    return [
        _table("dongs", dongs, found.by_dong, sides, words),
        _table("complexes", workers, found.by_complex, sides, words, note=note),
    ]


def change_downloads(file: str, sides: Sides) -> tuple[tuple[str, str], ...]:
    """(name, address) of the files of a table."""
    return tuple((FORM_NAMES[ext], link("compare_files.download", table=file, ext=ext, **sides.query())) for ext in FILES[file])


def _columns(served: str, unserved: str, words: Words) -> tuple[Column, ...]:
    figures = {
        "before": words("A: in reality"),
        "after": words("B: in reality"),
        "change": words("Difference"),
        "served": served,
        "uncovered": f"{words('B')}: {unserved}",
    }
    return (Column("name", words("Name"), is_number=False), *(Column(field, label) for field, label in figures.items()))


def _table(file: str, columns: tuple[Column, ...], changes: Sequence[AreaChange], sides: Sides, words: Words, *, note: str = "") -> Table:
    table = Table(
        id=f"compare-{file}",
        title=words(TITLES[file]),
        columns=columns,
        rows=tuple(_row(item, words) for item in changes),
        empty=words("There is nothing to count by."),
        note=note if changes else "",
        downloads=change_downloads(file, sides) if changes else (),
    )
    return in_order(table, sides.further["sort"], Sort(table.id, "served", is_descending=True), sides)


def _row(item: AreaChange, words: Words) -> Row:
    before, after = item.before, item.after
    cells = {
        "name": Cell(before.name, before.name),
        "before": Cell(exact_percent(before.share, words), before.share),
        "after": Cell(exact_percent(after.share, words), after.share),
        "change": Cell(points(before.share, after.share, words), item.share_change),
        "served": Cell(more_or_less(item.served_change, words), item.served_change),
        "uncovered": Cell(plain_figure(after.uncovered, words), after.uncovered),
    }
    return Row(before.key, cells)
