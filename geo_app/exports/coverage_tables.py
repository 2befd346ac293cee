"""Answers of coverage as tables: what becomes a row, in which columns, and what the file says of itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from geo_app.exports.answer_json import (
    DEGREES_DECIMALS,
    DEMAND_DECIMALS,
    SHARE_DECIMALS,
    AnswerHead,
    area_members,
    minutes_list,
)
from geo_app.exports.columns import Cell
from geo_app.exports.coverage_json import list_notes
from geo_app.exports.coverage_query import question_parameters
from geo_app.exports.demand_text import demand_text
from geo_app.exports.file_basis import FileBasis, basis_columns, told_basis, value_labels
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column
from geo_app.planning.answers import AreaShare, CoverageAnswer, WeekAnswer
from geo_app.planning.cells import Cells
from geo_app.planning.gaps import GapList
from geo_app.planning.hosts import ComplexNeed, Host
from geo_app.planning.reach_areas import SiteStanding
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import COLUMN_WORDS, DISTANCE_WORDS, ESTIMATE_WORDS, NOTE_WORDS, TABLE_WORDS
from geo_app.wording.gap_words import cause_words, dongs_words, place_words, spans_words
from geo_app.wording.question_terms import UNIT_WORDS
from geo_app.wording.week_table import weekday_name

HOURS_OF_DAY = 24
# Notes that a list of places has no use for: it counts nobody and measures no way.
_OF_WAYS = frozenset({"estimated-minutes", "squares-off-streets", "demand-assumption", "no-demand"})
# Amounts of demand: their heads say in what.
_AMOUNTS = ("demand", "covered", "uncovered", "weight", "people")
_AREA = ("unit", "demand", "covered", "uncovered", "share", "nominal_share", "mean_travel_min", "median_travel_min")
_CELL = ("code", "dong", "lon", "lat", "weight", "travel_min", "nth_min", "is_covered")
_GAP = (
    "rank", "cause", "place", "is_rough", "when", "hour_count", "people", "people_hours", "cell_count", "dong", "lon", "lat", "gap_total",
)  # fmt: skip
_WEEK = ("hour_of_week", "weekday", "hour", "share", "nominal_share", "demand", "uncovered", "open_count")
_NEED = ("complex", "complex_name", "employees", "share", "uncovered", "has_nothing", "is_rough")
_HOST = ("host_layer", "host_id", "host_name", "distance_m", "gain", "is_sample", "lon", "lat")
_SITE = ("site_id", "name", "lon", "lat", "state", "is_usable", "is_reached", "entry", "is_neighbour", "is_sample", "is_stale")


@dataclass(frozen=True, slots=True)
class TableBody:
    """Rows of a table, its columns by name, and one geometry a row (EPSG:4326) where it has any. `titles` stand over columns of data."""

    columns: tuple[str, ...]
    rows: list[dict[str, Cell]]
    geometry: list[Any] | None = None
    titles: Mapping[str, str] | None = None


def make_table(name: str, body: TableBody, basis: FileBasis, metadata: AnalysisMetadata, words: Words) -> AnalysisTable:
    """The table with the reader's words over its columns, and what it rests on."""
    heads = _Heads(body.titles or {}, _find_unit(body, basis), is_estimate=basis.distance_kind == "estimate")
    columns = tuple(Column(column, heads.title(column, words), value_labels(column, words)) for column in body.columns)
    return AnalysisTable(name, columns, body.rows, body.geometry, metadata, basis_columns(basis, words))


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stands over columns. `unit` of amounts of demand: None where the rows do not have one and the same."""

    titles: Mapping[str, str]
    unit: str | None
    is_estimate: bool

    def title(self, column: str, words: Words) -> str:
        """A column's title, with its unit, or as the estimate that it is."""
        if column in self.titles:
            return self.titles[column]
        title = words(ESTIMATE_WORDS[column] if self.is_estimate and column in ESTIMATE_WORDS else COLUMN_WORDS[column])
        if self.unit is None or column not in _AMOUNTS:
            return title
        return words("{title} ({unit})", title=title, unit=words(UNIT_WORDS[self.unit]))


def _find_unit(body: TableBody, basis: FileBasis) -> str | None:
    units = {str(row["unit"]) for row in body.rows if "unit" in row}
    if not units and basis.demand is not None:
        return basis.demand.unit.value
    return units.pop() if len(units) == 1 else None


def make_metadata(
    table: str, head: AnswerHead, basis: FileBasis, answer: CoverageAnswer, made_at: datetime, words: Words
) -> AnalysisMetadata:
    """What was asked, whom the table counts and from where, how minutes were found, and what a reader must know."""
    title, address = words(TABLE_WORDS[table]), head.members()["permalink"]
    known = " ".join(_list_known(head, basis, answer, words))
    asked = question_parameters(head.question, head.edits)
    notes = {
        "title": title,
        **{f"asked_{name}": text for name, text in asked.items() if name != "demand" or basis.demand is answer.demand_info},
        **({} if basis.demand is None else {"demand": demand_text(basis.demand, words), "demand_source": basis.demand.source}),
        **({} if basis.distance_kind is None else {"distance_kind": words(DISTANCE_WORDS[basis.distance_kind])}),
        "notes": known,
        "permalink": address,
        "code_version": head.code_version,
    }
    told = told_basis(basis, made_at, words, title=title, notes=known, permalink=address, code_version=head.code_version)
    return AnalysisMetadata(table, head.revision, made_at, notes, told)


def _list_known(head: AnswerHead, basis: FileBasis, answer: CoverageAnswer, words: Words) -> list[str]:
    codes = (*head.notes, *list_notes(answer, basis.demand))
    off_street = f"{100 * answer.off_street_share:.0f}"
    return [words(NOTE_WORDS[code], percent=off_street) for code in codes if basis.distance_kind is not None or code not in _OF_WAYS]


def area_body(parts: Sequence[AreaShare], unit: str, shapes: Mapping[str, Any] | None = None) -> TableBody:
    """Shares by dong, complex, job or group, `unit` where a part has none of its own; `shapes`: the geometry of each key, if any."""
    scheme = ("scheme",) if any(item.scheme is not None for item in parts) else ()
    rows = [area_members(item, unit) for item in parts]
    return TableBody(("key", "name", *scheme, *_AREA), rows, None if shapes is None else [shapes.get(item.key) for item in parts])


def cell_body(answer: CoverageAnswer, cells: Cells) -> TableBody:
    """One row a cell of the grid, with its square."""
    points = cells.point_lonlat.round(DEGREES_DECIMALS).tolist()
    dongs = [cells.dong_names[dong] for dong in cells.cell_dong.tolist()]
    columns = (
        cells.codes, dongs, [lon for lon, _ in points], [lat for _, lat in points], answer.cell_weight.round(DEMAND_DECIMALS).tolist(),
        minutes_list(answer.cell_travel_min), minutes_list(answer.cell_nth_min), answer.cell_covered.tolist(),
    )  # fmt: skip
    rows = [dict(zip(_CELL, row, strict=True)) for row in zip(*columns, strict=True)]
    return TableBody(_CELL, rows, [shapely.Polygon(corners) for corners in cells.corners_lonlat])


def gap_body(found: GapList, words: Words) -> TableBody:
    """One row a gap, with the outline of its cells. `when` holds all its hours; by number they stand in the JSON of the machine door."""
    rows: list[dict[str, Cell]] = [
        {
            "rank": gap.rank,
            "cause": cause_words(gap.cause, words),
            "place": place_words(gap.place, words),
            "is_rough": gap.place.is_rough,
            "when": spans_words(gap.spans, words),
            "hour_count": len(gap.hours),
            "people": round(gap.people, DEMAND_DECIMALS),
            "people_hours": round(gap.people_hours, DEMAND_DECIMALS),
            "cell_count": len(gap.cells),
            "dong": dongs_words(gap.place.dongs, words),
            "lon": round(gap.lon, DEGREES_DECIMALS),
            "lat": round(gap.lat, DEGREES_DECIMALS),
            "gap_total": found.total,
        }
        for gap in found.gaps
    ]
    return TableBody(_GAP, rows, [gap.geometry for gap in found.gaps])


def week_body(answer: WeekAnswer, words: Words) -> TableBody:
    """One row an hour of the week, with a column of shares for each dong."""
    rows = []
    for hour in range(len(answer.shares)):
        figures: dict[str, Cell] = {
            "hour_of_week": hour,
            "weekday": weekday_name(hour // HOURS_OF_DAY, words),
            "hour": hour % HOURS_OF_DAY,
            "share": _known(answer.shares[hour], SHARE_DECIMALS),
            "nominal_share": _known(answer.nominal_shares[hour], SHARE_DECIMALS),
            "demand": _known(answer.demand[hour], DEMAND_DECIMALS),
            "uncovered": _known(answer.uncovered[hour], DEMAND_DECIMALS),
            "open_count": int(answer.open_counts[hour]),
        }
        rows.append({**figures, **dict(zip(answer.dong_ids, _known_list(answer.by_dong[hour]), strict=True))})
    return TableBody((*_WEEK, *answer.dong_ids), rows, None, dict(zip(answer.dong_ids, answer.dong_names, strict=True)))


def host_body(needs: Sequence[ComplexNeed]) -> TableBody:
    """One row a possible host, with its point; a complex without any has a row of its own."""
    pairs: list[tuple[ComplexNeed, Host | None]] = [(need, host) for need in needs for host in (need.hosts or (None,))]
    points = [None if host is None else shapely.Point(host.lon, host.lat) for _, host in pairs]
    return TableBody((*_NEED, *_HOST), [{**_need_cells(need), **_host_cells(host)} for need, host in pairs], points)


def site_body(standings: Iterable[SiteStanding]) -> TableBody:
    """One row a counted place at that time, with its point."""
    held = list(standings)
    rows: list[dict[str, Cell]] = [
        {
            "site_id": item.site.id,
            "state": item.state.value,
            "is_usable": item.is_usable,
            "is_reached": item.is_reached,
            **{name: getattr(item.site, name) for name in ("name", "lon", "lat", "entry", "is_neighbour", "is_sample", "is_stale")},
        }
        for item in held
    ]
    return TableBody(_SITE, rows, [shapely.Point(item.site.lon, item.site.lat) for item in held])


def _need_cells(need: ComplexNeed) -> dict[str, Cell]:
    return {
        "complex": need.complex,
        "complex_name": need.name,
        "employees": need.employees,
        "share": round(need.share, SHARE_DECIMALS),
        "uncovered": round(need.uncovered, DEMAND_DECIMALS),
        "has_nothing": need.has_nothing,
        "is_rough": need.is_rough,
    }


def _host_cells(host: Host | None) -> dict[str, Cell]:
    if host is None:
        return {}
    return {
        "host_layer": host.layer,
        "host_id": host.id,
        "host_name": host.name,
        "distance_m": round(host.distance_m, 1),
        "gain": round(host.gain, DEMAND_DECIMALS),
        "is_sample": host.is_sample,
        "lon": host.lon,
        "lat": host.lat,
    }


def _known(value: float, decimals: int) -> float | None:
    return round(float(value), decimals) + 0.0 if np.isfinite(value) else None


def _known_list(values: Any) -> list[float | None]:
    return [_known(value, SHARE_DECIMALS) for value in values.tolist()]
