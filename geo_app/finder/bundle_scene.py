"""A bundle read back: what a phone holds, asked by the same core that the server asks. It keeps the two honest with each other."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from geo_app.domain.district import EmergencyNumber
from geo_app.domain.hours import Timeline
from geo_app.domain.report import ReportSummary
from geo_app.finder.areas import Extent
from geo_app.finder.bundle import LETTERS
from geo_app.finder.gazetteer import Place, PlaceKind
from geo_app.finder.lineup import Candidate, Lineup, build_lineup
from geo_app.finder.standing import Scene, Window

_STATES = {letter: state for state, letter in LETTERS.items()}


def read_bundle(bundle: Mapping[str, Any]) -> Scene:
    """The scene that a bundle tells; its own days, whatever the day is now. Raises `KeyError`, `ValueError` where it has another form."""
    window = Window(date.fromisoformat(bundle["first_day"]), int(bundle["day_count"]))
    timelines = [_timeline(row, window) for row in bundle["schedules"]]
    sites, warm = bundle["sites"], bundle["warm"]
    return Scene(
        window=window,
        shelters=_lineup(sites),
        shelter_timelines=[_chosen(timelines, row) for row in sites],
        warm=_lineup(warm),
        warm_timelines=[_chosen(timelines, row) for row in warm],
        reports={row["id"]: _report(row["reports"]) for row in sites if "reports" in row},
        dongs=[_place(row) for row in bundle["places"] if row["kind"] == PlaceKind.DONG],
        outline=tuple(tuple((lon, lat) for lon, lat in ring) for ring in bundle["outline"]),
        emergency=tuple(EmergencyNumber(row["number"], row["name"]) for row in bundle["emergency"]),
    )


def _timeline(row: Sequence[Any], window: Window) -> Timeline:
    letters, starts = row
    return Timeline(window.first_day, window.end_min, tuple(starts), tuple(_STATES[letter] for letter in letters))


def _chosen(timelines: Sequence[Timeline], row: Mapping[str, Any]) -> Timeline | None:
    return timelines[row["schedule"]] if "schedule" in row else None


def _lineup(rows: Sequence[Mapping[str, Any]]) -> Lineup:
    candidates = [_candidate(row, position) for position, row in enumerate(rows)]
    return build_lineup(candidates, [(row["lon"], row["lat"]) for row in rows])


def _candidate(row: Mapping[str, Any], position: int) -> Candidate:
    checked_on = row.get("checked_on")
    return Candidate(
        id=row["id"],
        position=position,
        extent=Extent(row.get("radius_m", 0), row.get("area")),
        dong=row.get("dong"),
        entry=row.get("entry"),
        amenities=frozenset(row.get("amenities", ())),
        checked_on=None if checked_on is None else date.fromisoformat(checked_on),
        is_neighbour=row.get("is_neighbour", False),
    )


def _report(row: Mapping[str, Any]) -> ReportSummary:
    closed_at, opened_at, checked_at = (_instant(row.get(name)) for name in ("closed_at", "opened_at", "checked_at"))
    return ReportSummary(row.get("closed", 0), closed_at, opened_at, checked_at)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["id"], PlaceKind(row["kind"]), row["name"], row["latin"], row["lon"], row["lat"])
