"""The gaps of the week on the planner's page: a list for what longer hours would close, and one for what only a new place would."""

from typing import Any

from geo_app.planning.gaps import Gap, GapCause, GapList
from geo_app.web.coverage import MOST_GAPS
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_tables import Cell, Column, Row, Sort, Table, download_links, in_order
from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number
from geo_app.wording.gap_words import dongs_words, list_spans, place_words, short_spans_words, spans_words
from geo_app.wording.plan_terms import plain_figure, unserved_label

MOST_SHOWN = 10  # of each list; js/plan/gaps.js draws as many
GAP_FIELDS = ("rank", "place", "dong", "people", "people_hours", "cells")
TABLE_IDS = {GapCause.SHUT: "gaps-shut", GapCause.FAR: "gaps-far"}
GAP_SORTS = dict.fromkeys(TABLE_IDS.values(), GAP_FIELDS)
LIST_TITLES = {GapCause.SHUT: "Gaps that longer hours would close", GapCause.FAR: "Gaps with no place near enough"}


def gap_values(lists: dict[GapCause, GapList], unit: str, sort: Sort | None, links: PlanLinks, words: Words) -> dict[str, Any]:
    """The section of gaps: its words, and a table for each cause, in the order in which an office can act on them."""
    has_any = any(found.total for found in lists.values())
    return {
        "id": "gaps",
        "title": words("Gaps of the week"),
        "note": words(
            "Neighbouring squares of the grid that nobody serves, and the hours in which nobody does. "
            "The rank counts both lists together: demand × hours of the week."
        ),
        "empty": "" if has_any else words("Nobody is left out in any hour of this week: there is no gap."),
        "tables": [_gap_table(cause, lists[cause], unit, sort, links, words) for cause in TABLE_IDS],
    }


def _gap_table(cause: GapCause, found: GapList, unit: str, sort: Sort | None, links: PlanLinks, words: Words) -> Table:
    table = Table(
        id=TABLE_IDS[cause],
        title=words(LIST_TITLES[cause]),
        columns=(
            Column("place", words("Where"), is_number=False),
            Column("rank", words("Rank")),
            Column("hours", words("When"), is_number=False, is_sortable=False),
            Column("people", words("{what}, mean of an hour", what=unserved_label(unit, words))),
            Column("people_hours", words("In the week, times hours")),
            Column("cells", words("Squares")),
            Column("dong", words("Dong"), is_number=False),
        ),
        rows=tuple(_gap_row(gap, words) for gap in found.gaps),
        empty=words("There is no such gap in this week."),
        note=words("{shown} of {total} gaps; the greatest first.", shown=len(found.gaps), total=found.count(cause)) if found.gaps else "",
        downloads=download_links("gaps", links, cause=cause.value, most=MOST_GAPS) if found.gaps else (),
    )
    return in_order(table, sort, Sort(table.id, "rank", is_descending=False), links)


def _gap_row(gap: Gap, words: Words) -> Row:
    name, dongs, spans = place_words(gap.place, words), dongs_words(gap.place.dongs, words), list_spans(gap.spans, words)
    short = short_spans_words(gap.spans, words)
    cells = {
        "rank": Cell(str(gap.rank), gap.rank),
        "place": Cell(name, name),
        "hours": Cell(short, rest=() if short == spans_words(gap.spans, words) else tuple(spans)),
        "people": Cell(plain_figure(gap.people, words), gap.people),
        "people_hours": Cell(plain_figure(gap.people_hours, words), gap.people_hours),
        "cells": Cell(format_number(len(gap.cells), words), len(gap.cells)),
        "dong": Cell(dongs, dongs),
    }
    return Row(str(gap.rank), cells, gap.lon, gap.lat)
