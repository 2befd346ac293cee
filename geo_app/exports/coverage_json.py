"""Answers of coverage as JSON values: equal answers give equal bytes, whether a door, a script or the command line writes them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from geo_app.exports.answer_json import (
    DEGREES_DECIMALS,
    DEMAND_DECIMALS,
    AnswerHead,
    area_members,
    demand_members,
    demand_value,
    geometry_members,
    minutes_list,
    share_list,
    share_value,
    tenths_list,
)
from geo_app.exports.coverage_query import cells_path, question_parameters
from geo_app.planning.answers import CoverageAnswer, WeekAnswer
from geo_app.planning.cells import Cells
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.gaps import GapList
from geo_app.planning.hosts import ComplexNeed
from geo_app.planning.reach_areas import ReachArea
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import NOTE_WORDS
from geo_app.wording.gap_words import place_words, spans_words

NOTE_CODES = tuple(NOTE_WORDS)
OFF_STREET_TOLD = 0.01  # less of the squares than that is a pond or a hilltop


def coverage_document(head: AnswerHead, answer: CoverageAnswer) -> dict[str, Any]:
    """One slice: figures in all, by dong, complex, job and group, the worst dong, the places behind it, and notes as codes."""
    unit = answer.demand_info.unit
    parts = {name: [area_members(item, unit) for item in getattr(answer, name)] for name in ("by_dong", "by_complex", "by_job", "by_group")}
    return {
        **head.members(),
        "demand": demand_members(answer.demand_info),
        "demand_total": demand_value(answer.demand_total),
        "covered": demand_value(answer.covered),
        "uncovered": demand_value(answer.uncovered),
        "share": share_value(answer.share),
        "nominal_share": share_value(answer.nominal_share),
        **parts,
        "worst_dong": None if answer.worst_dong is None else area_members(answer.worst_dong, unit),
        "sites": asdict(answer.sites),
        "distance_kind": answer.distance_kind,
        "off_street_share": share_value(answer.off_street_share),
        "unreached_sites": list(answer.unreached),
        "notes": [*head.notes, *list_notes(answer)],
        "cells_url": cells_path(question_parameters(head.question, head.edits), revision=head.revision, root=head.root),
    }


def list_notes(answer: CoverageAnswer, demand: DemandInfo | None = None) -> list[str]:
    """What a reader must know to read the figures, as codes (their words: `wording.coverage_terms`).

    `demand`: whom a table of the answer counts, where that is not the demand asked for.
    """
    info = demand or answer.demand_info
    told = {
        "estimated-minutes": answer.distance_kind == "estimate",
        "squares-off-streets": answer.off_street_share >= OFF_STREET_TOLD,
        "demand-assumption": info.is_assumption,
        "no-demand": answer.demand_total == 0 and info is answer.demand_info,
        "no-sites": answer.sites.counted == 0,
        "nothing-open": answer.sites.counted > 0 and answer.sites.open_now == 0,
        "unknown-hours": answer.sites.unknown_hours > 0,
        "unreached-places": answer.sites.unreached > 0,
        "left-out-places": answer.sites.rough + answer.sites.unplaced > 0,
        "sample-places": 0 < answer.sites.samples < answer.sites.counted,
        "only-sample-places": 0 < answer.sites.samples == answer.sites.counted,
    }
    return [code for code, holds in told.items() if holds]


def cells_document(head: AnswerHead, answer: CoverageAnswer, cells: Cells) -> dict[str, Any]:
    """RFC 7946: a square a cell, in the order of the grid's codes. `travel_min` null: nothing usable can be reached."""
    rings = np.concatenate([cells.corners_lonlat, cells.corners_lonlat[:, :1]], axis=1).round(DEGREES_DECIMALS).tolist()
    points = cells.point_lonlat.round(DEGREES_DECIMALS).tolist()
    rows = zip(
        cells.codes, rings, points, cells.cell_dong.tolist(), answer.cell_weight.round(DEMAND_DECIMALS).tolist(),
        minutes_list(answer.cell_travel_min), minutes_list(answer.cell_nth_min), answer.cell_covered.tolist(), strict=True,
    )  # fmt: skip
    features = [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {
                "code": code, "lon": lon, "lat": lat, "dong": cells.dong_ids[dong], "dong_name": cells.dong_names[dong],
                "weight": weight, "travel_min": travel_min, "nth_min": nth_min, "covered": covered,
            },
        }
        for code, ring, (lon, lat), dong, weight, travel_min, nth_min, covered in rows
    ]  # fmt: skip
    return {"type": "FeatureCollection", **head.members(), "features": features}


def values_document(head: AnswerHead, answer: CoverageAnswer) -> dict[str, Any]:
    """What a moved slider needs: figures, and the cells' values in the order of `cells_document`.

    `travel_min` is rounded up to a tenth, so that a cell beyond the minutes asked never looks served; `covered` is a digit a cell.
    """
    worst = answer.worst_dong
    return {
        "revision": head.revision,
        "at": head.question.at.isoformat(timespec="minutes"),
        "share": share_value(answer.share),
        "nominal_share": share_value(answer.nominal_share),
        "demand_total": demand_value(answer.demand_total),
        "uncovered": demand_value(answer.uncovered),
        "open_now": answer.sites.open_now,
        "unknown_hours": answer.sites.unknown_hours,
        "unreached_sites": list(answer.unreached),
        "worst_dong": None if worst is None else {"key": worst.key, "name": worst.name, "share": share_value(worst.share)},
        "by_dong": [share_value(item.share) for item in answer.by_dong],
        "dong_keys": [item.key for item in answer.by_dong],
        "dong_uncovered": [demand_value(item.uncovered) for item in answer.by_dong],
        "travel_min": tenths_list(answer.cell_travel_min),
        "weight": answer.cell_weight.round(1).tolist(),
        "covered": "".join("1" if covered else "0" for covered in answer.cell_covered.tolist()),
    }


def week_document(head: AnswerHead, answer: WeekAnswer) -> dict[str, Any]:
    """The 168 hours from `monday` 00:00: lists of 168, null in hours without demand."""
    return {
        **head.members(),
        "monday": head.question.monday.isoformat(),
        "nominal_share": share_value(answer.nominal_share),
        "shares": share_list(answer.shares),
        "nominal_shares": share_list(answer.nominal_shares),
        "demand": answer.demand.round(DEMAND_DECIMALS).tolist(),
        "uncovered": answer.uncovered.round(DEMAND_DECIMALS).tolist(),
        "open_counts": answer.open_counts.tolist(),
        "by_dong": {
            "keys": list(answer.dong_ids),
            "names": list(answer.dong_names),
            "shares": [share_list(row) for row in answer.by_dong],
        },
        "notes": list(head.notes),
    }


def gaps_document(head: AnswerHead, found: GapList, cells: Cells, words: Words) -> dict[str, Any]:
    """Gaps by rank among all of the week: where (`name`), when (`when`, and the hours of the week by number), why (`cause`), how many,
    the cells' codes and their outline; and how many gaps there are.
    """
    told = [
        {
            "rank": gap.rank,
            "cause": gap.cause.value,
            "name": place_words(gap.place, words),
            "when": spans_words(gap.spans, words),
            "place": asdict(gap.place),
            "spans": [asdict(span) for span in gap.spans],
            "hours": list(gap.hours),
            "people": demand_value(gap.people),
            "people_hours": demand_value(gap.people_hours),
            "cells": [cells.codes[cell] for cell in gap.cells],
            "lon": round(gap.lon, DEGREES_DECIMALS),
            "lat": round(gap.lat, DEGREES_DECIMALS),
            "geometry": geometry_members(gap.geometry),
        }
        for gap in found.gaps
    ]
    return {
        **head.members(),
        "gaps": told,
        "total": found.total,
        "far_count": found.far_count,
        "shut_count": found.shut_count,
        "notes": list(head.notes),
    }


def areas_document(head: AnswerHead, areas: Sequence[ReachArea]) -> dict[str, Any]:
    """RFC 7946: from where each place is reached within the minutes asked; a place without such ground has no geometry."""
    features = [
        {
            "type": "Feature",
            "id": item.site.id,
            "geometry": geometry_members(item.area),
            "properties": {
                "name": item.site.name,
                "lon": item.site.lon,
                "lat": item.site.lat,
                "usable": item.is_usable,
                "reached": item.is_reached,
            },
        }
        for item in areas
    ]
    return {"type": "FeatureCollection", **head.members(), "features": features}


def hosts_document(head: AnswerHead, needs: Sequence[ComplexNeed], min_employees: int) -> dict[str, Any]:
    """Complexes whose workers are not all served, and the places that could take a shelter in."""
    return {**head.members(), "min_employees": min_employees, "complexes": [_need(item) for item in needs], "notes": list(head.notes)}


def _need(need: ComplexNeed) -> dict[str, Any]:
    rounded = {"share": share_value(need.share), "uncovered": demand_value(need.uncovered)}
    hosts = [{**asdict(host), "distance_m": round(host.distance_m, 1), "gain": demand_value(host.gain)} for host in need.hosts]
    return {**asdict(need), **rounded, "hosts": hosts}
