"""Wishes as a table: where and for which hour, most first; an opinion beside the planner's figures and never among them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import request

from geo_app.domain.wish import LEAST_TOLD, DayBand, WishCount, WishTime
from geo_app.finder.gazetteer import WISHED_KINDS, Place, PlaceKind, find_place
from geo_app.web.house import NotReady, get_house, get_snapshot, link, words_of_reader
from geo_app.web.parameters import Unreadable
from geo_app.web.plan_tables import FORM_NAMES, Cell, Column, Row, Sort, Table, in_order, sort_reader
from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import Words
from geo_app.wording.wish_terms import wish_time_words
from geo_app.workspace.wishes import WishBox

KIND_WORDS: Mapping[PlaceKind, str] = MappingProxyType({
    PlaceKind.DONG: "Administrative dongs",
    PlaceKind.COMPLEX: "Industrial complexes",
    PlaceKind.STATION: "Stations",
    PlaceKind.OFFICE: "Dong offices",
})  # fmt: skip
WISH_SORTS = {"wishes": ("place", "kind", "time", "count")}
read_wish_sort = sort_reader(WISH_SORTS)
WISH_SORT_NAMES = tuple(f"{table}.{sign}{name}" for table, names in WISH_SORTS.items() for name in names for sign in ("", "-"))
_HOURS_A_DAY = 24
_ONCE = ("wished",)  # what is told of one press is told once
_DOOR = "wish_files.download"


class _SamePage:
    """Links of whichever page shows the table: it asks what it was asked, but for the order."""

    def page(self, fragment: str = "", **changes: Any) -> str:
        # Names that url_for takes for its own go no further.
        kept = {name: text for name, text in request.args.items() if name not in _ONCE and not name.startswith("_")}
        return link(str(request.endpoint), **{**kept, **changes}) + (f"#{fragment}" if fragment else "")


def open_box() -> WishBox:
    """The box of this app. Raises `NotReady`."""
    box = get_house().wishes
    if box is None:
        raise NotReady(reason="no wishes")
    return box


def list_located() -> Sequence[tuple[Place, WishCount]]:
    """What is wished for, most first, where the gazetteer still knows the place. Raises `NotReady`, `BrokenStore`."""
    snapshot = get_snapshot()
    found = ((find_place(snapshot, item.place), item) for item in open_box().counts())
    return [(place, item) for place, item in found if place is not None and place.kind in WISHED_KINDS]


def count_text(item: WishCount) -> str:
    """The number, or that it is too small to be told."""
    return f"<{LEAST_TOLD}" if item.count is None else str(item.count)


def wish_table() -> Table:
    """The table in the order that the address asks for; called by the template that shows it."""
    words = words_of_reader()
    rows = tuple(_row(place, item, words) for place, item in list_located())
    table = Table(
        id="wishes",
        title=words("Wishes by place and hour"),
        columns=(
            Column("place", words("Place"), is_number=False),
            Column("kind", words("Kind"), is_number=False),
            Column("time", words("Hour"), is_number=False),
            Column("count", words("Wishes")),
        ),
        rows=rows,
        empty=words("Nobody has wished for a shelter yet."),
        downloads=tuple((name, link(_DOOR, ext=ext)) for ext, name in FORM_NAMES.items()) if rows else (),
    )
    return in_order(table, _asked_sort(), Sort("wishes", "count", is_descending=True), _SamePage())


def _asked_sort() -> Sort | None:
    """None where another table is sorted."""
    try:
        sort: Sort = read_wish_sort(request.args.get("sort", ""))
    except Unreadable:
        return None
    return sort


def _row(place: Place, item: WishCount, words: Words) -> Row:
    name, kind = told_name(place.name, place.latin, words), words(KIND_WORDS[place.kind])
    cells = {
        "place": Cell(name, name),
        "kind": Cell(kind, kind),
        "time": Cell(wish_time_words(item.time, words), _hour_order(item.time)),
        "count": Cell(count_text(item), item.count or 0),  # what is not told is fewer than all that is
    }
    return Row(f"{item.place}.{item.time}", cells)


def _hour_order(time: WishTime) -> int:
    return [*DayBand].index(time.days) * _HOURS_A_DAY + time.hour
