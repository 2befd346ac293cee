"""Coverage as features: a cell of the grid with the hours in which it is served, a gap with its outline."""

from typing import Any

import numpy as np
import shapely

from geo_app.domain.demand import UnknownDemand
from geo_app.exports.answer_json import DEGREES_DECIMALS, DEMAND_DECIMALS, demand_value, geometry_members, minutes_list
from geo_app.finder.items import ItemField, Schema
from geo_app.planning.gaps import Gap, GapCause, rank_gaps
from geo_app.planning.hour_spans import HOURS_OF_WEEK
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.planning.world import PlanningWorld
from geo_app.wording.catalogue import get_words
from geo_app.wording.coverage_terms import COLUMN_WORDS
from geo_app.wording.gap_words import place_words, spans_words
from geo_app.wording.ogc_terms import MADE_FIELD_WORDS

Features = list[dict[str, Any]]
_TITLES = {**COLUMN_WORDS, **MADE_FIELD_WORDS}
_GAP_DIGITS = 4


def _field(name: str, kind: Any, choices: tuple[str, ...] = ()) -> ItemField:
    return ItemField(name, kind, choices, _TITLES.get(name, ""))


CELL_SCHEMA: Schema = (
    ItemField("geometry", "geometry"),
    _field("code", "string"), _field("dong", "string"), _field("dong_name", "string"),
    _field("lon", "number"), _field("lat", "number"), _field("residents", "number"),
    _field("hours_served", "integer"), _field("hours_nominal", "integer"),
    _field("travel_min", "number"), _field("people_hours", "number"),
)  # fmt: skip
GAP_SCHEMA: Schema = (
    ItemField("geometry", "geometry"),
    _field("rank", "integer"), _field("cause", "string", tuple(cause.value for cause in GapCause)),
    _field("name", "string"), _field("name_en", "string"), _field("when", "string"), _field("when_en", "string"),
    _field("people", "number"), _field("people_hours", "number"), _field("hour_count", "integer"), _field("cell_count", "integer"),
    _field("lon", "number"), _field("lat", "number"), _field("hours", "object"),
)  # fmt: skip


def cell_features(world: PlanningWorld, question: CoverageQuestion) -> Features:
    """A square a cell, in the order of the grid's codes; none where nobody counts the district's residents.

    `hours_served` and `hours_nominal` of the week's 168, `travel_min` to the nearest counted place whatever its hours (None: no way),
    `people_hours` not served, added up over the week.
    """
    try:
        demand = world.demand(question.demand)
    except UnknownDemand:
        return []
    cells, slices = world.cells, cover_week(world, question)
    weights = np.asarray([cells.sum_by_cell(demand.weights(hour)) for hour in range(HOURS_OF_WEEK)])
    rings = np.concatenate([cells.corners_lonlat, cells.corners_lonlat[:, :1]], axis=1).round(DEGREES_DECIMALS).tolist()
    dongs = cells.cell_dong.tolist()
    columns = {
        "code": list(cells.codes),
        "dong": [cells.dong_ids[dong] for dong in dongs],
        "dong_name": [cells.dong_names[dong] for dong in dongs],
        "lon": cells.point_lonlat[:, 0].round(DEGREES_DECIMALS).tolist(),
        "lat": cells.point_lonlat[:, 1].round(DEGREES_DECIMALS).tolist(),
        "residents": weights.mean(axis=0).round(DEMAND_DECIMALS).tolist(),
        "hours_served": slices.covered.sum(axis=0).tolist(),
        "hours_nominal": slices.nominal.sum(axis=0).tolist(),
        "travel_min": _travel_min(world, question),
        "people_hours": np.where(slices.covered, 0.0, weights).sum(axis=0).round(DEMAND_DECIMALS).tolist(),
    }
    rows = zip(*columns.values(), strict=True)
    return [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": dict(zip(columns, row, strict=True)),
        }
        for code, ring, row in zip(cells.codes, rings, rows, strict=True)
    ]


def gap_features(world: PlanningWorld, question: CoverageQuestion) -> Features:
    """Every gap of the week by rank, with its squares as one outline; none where nobody counts the district's residents."""
    try:
        ranked = rank_gaps(world, question)
    except UnknownDemand:
        return []
    return [_gap_feature(gap) for gap in ranked.worst(len(ranked.ranked)).gaps]


def _gap_feature(gap: Gap) -> dict[str, Any]:
    korean, english = get_words("ko"), get_words("en")
    return {
        "type": "Feature",
        "id": f"gap-{gap.rank:0{_GAP_DIGITS}d}",
        "geometry": geometry_members(shapely.orient_polygons(gap.geometry)),
        "properties": {
            "rank": gap.rank,
            "cause": gap.cause.value,
            "name": place_words(gap.place, korean),
            "name_en": place_words(gap.place, english),
            "when": spans_words(gap.spans, korean),
            "when_en": spans_words(gap.spans, english),
            "people": demand_value(gap.people),
            "people_hours": demand_value(gap.people_hours),
            "hour_count": len(gap.hours),
            "cell_count": len(gap.cells),
            "lon": round(gap.lon, DEGREES_DECIMALS),
            "lat": round(gap.lat, DEGREES_DECIMALS),
            "hours": list(gap.hours),
        },
    }


def _travel_min(world: PlanningWorld, question: CoverageQuestion) -> list[float | None]:
    lonlat = world.situation(question).lonlat
    reach = world.reach(question.mode, world.period(question.mode, question.hour_of_week), lonlat)
    return minutes_list(reach.nth_min(1))
