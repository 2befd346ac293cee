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
    demand_members,
    minutes_list,
)
from geo_app.exports.columns import LIST_JOINT, Cell
from geo_app.exports.coverage_json import list_notes
from geo_app.exports.coverage_query import question_parameters
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column
from geo_app.planning.answers import AreaShare, CoverageAnswer, WeekAnswer
from geo_app.planning.cells import Cells
from geo_app.planning.gaps import Gap
from geo_app.planning.hosts import ComplexNeed, Host
from geo_app.planning.reach_areas import SiteStanding
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import COLUMN_WORDS, DISTANCE_WORDS, NOTE_WORDS, TABLE_WORDS
from geo_app.wording.gap_words import place_words, spans_words
from geo_app.wording.week_table import weekday_name

HOURS_OF_DAY = 24
_AREA = ("demand", "covered", "uncovered", "share", "nominal_share", "mean_travel_min", "median_travel_min")
_CELL = ("code", "dong", "lon", "lat", "weight", "travel_min", "nth_min", "is_covered")
_GAP = ("rank", "place", "when", "people", "people_hours", "cell_count", "dong", "lon", "lat", "hours")
_WEEK = ("hour_of_week", "weekday", "hour", "share", "nominal_share", "demand", "uncovered", "open_count")
_NEED = ("complex", "complex_name", "employees", "share", "uncovered", "has_nothing", "is_rough")
_HOST = ("host_layer", "host_id", "host_name", "distance_m", "gain", "lon", "lat")
_SITE = ("site_id", "name", "lon", "lat", "state", "is_usable", "entry", "is_neighbour", "is_sample", "is_stale")


@dataclass(frozen=True, slots=True)
class TableBody:
    """Rows of a table, its columns by name, and one geometry a row (EPSG:4326) where it has any. `titles` stand over columns of data."""

    columns: tuple[str, ...]
    rows: list[dict[str, Cell]]
    geometry: list[Any] | None = None
    titles: Mapping[str, str] | None = None


def make_table(name: str, body: TableBody, metadata: AnalysisMetadata, words: Words) -> AnalysisTable:
    """The table with the reader's words over its columns."""
    titles = body.titles or {}
    columns = tuple(Column(column, titles.get(column) or words(COLUMN_WORDS[column])) for column in body.columns)
    return AnalysisTable(name, columns, body.rows, body.geometry, metadata)


def make_metadata(table: str, head: AnswerHead, answer: CoverageAnswer, made_at: datetime, words: Words) -> AnalysisMetadata:
    """What was asked, whom the demand counts and from where, how minutes were found, and what a reader must know."""
    info = demand_members(answer.demand_info)
    codes = [*head.notes, *list_notes(answer)]
    notes = {
        "title": words(TABLE_WORDS[table]),
        **{f"asked_{name}": text for name, text in question_parameters(head.question, head.edits).items()},
        "demand": f"{info['name']} ({info['unit']}{'' if info['year'] is None else ', ' + str(info['year'])})",
        "demand_source": info["source"],
        "distance_kind": words(DISTANCE_WORDS[answer.distance_kind]),
        "notes": " ".join(words(NOTE_WORDS[code]) for code in codes),
        "permalink": head.members()["permalink"],
        "code_version": head.code_version,
    }
    return AnalysisMetadata(table, head.revision, made_at, notes)


def area_body(parts: Sequence[AreaShare], shapes: Mapping[str, Any] | None = None) -> TableBody:
    """Shares by dong, complex, job or group; `shapes`: the geometry of each key, where they have any."""
    scheme = ("scheme",) if any(item.scheme is not None for item in parts) else ()
    rows = [area_members(item) for item in parts]
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


def gap_body(gaps: Sequence[Gap], words: Words) -> TableBody:
    """One row a gap, with the outline of its cells."""
    rows: list[dict[str, Cell]] = [
        {
            "rank": gap.rank,
            "place": place_words(gap.place, words),
            "when": spans_words(gap.spans, words),
            "people": round(gap.people, DEMAND_DECIMALS),
            "people_hours": round(gap.people_hours, DEMAND_DECIMALS),
            "cell_count": len(gap.cells),
            "dong": gap.place.dong,
            "lon": round(gap.lon, DEGREES_DECIMALS),
            "lat": round(gap.lat, DEGREES_DECIMALS),
            "hours": LIST_JOINT.join(str(hour) for hour in gap.hours),
        }
        for gap in gaps
    ]
    return TableBody(_GAP, rows, [gap.geometry for gap in gaps])


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
        "lon": host.lon,
        "lat": host.lat,
    }


def _known(value: float, decimals: int) -> float | None:
    return round(float(value), decimals) + 0.0 if np.isfinite(value) else None


def _known_list(values: Any) -> list[float | None]:
    return [_known(value, SHARE_DECIMALS) for value in values.tolist()]
