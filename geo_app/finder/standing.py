"""The finder's answer: shelters she can walk into when she gets there, in order, and what there is when there are none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from geo_app.domain.district import EmergencyNumber, load_district
from geo_app.domain.hours import State, Timeline, seoul_time
from geo_app.domain.report import ReportSummary
from geo_app.finder.gazetteer import Place, PlaceKind, list_places
from geo_app.finder.judging import DEFAULT_STAY_MIN, FAR_LIMIT, LONGEST_OFFER_MIN, REACH_MIN, STALE_AFTER_DAYS, Standing
from geo_app.finder.lineup import Candidate, Lineup, shelter_lineup, warm_lineup
from geo_app.finder.outline import Outline, district_outline, is_outside
from geo_app.finder.ranked import FinderQuestion, Ranked, Window
from geo_app.finder.ranking import list_next_open, rank
from geo_app.snapshot.opening import TIMELINE_DAYS
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.geodesy import distance_m

__all__ = [
    "DAY_COUNT", "DEFAULT_STAY_MIN", "FAR_LIMIT", "LONGEST_OFFER_MIN", "REACH_MIN", "STALE_AFTER_DAYS", "Candidate", "EmptyAnswer",
    "FinderAnswer", "FinderQuestion", "Ranked", "Scene", "Standing", "Window", "answer", "rank_shelters", "set_scene",
]  # fmt: skip
# The phone's bundle holds exactly these days. It answers for all but the last: whoever arrives or rests past midnight, and a door that is
# open "24 hours", need the day after.
DAY_COUNT = TIMELINE_DAYS
OFFERED_LIMIT = 3
NEAREST_DONGS = 5


@dataclass(frozen=True, slots=True)
class EmptyAnswer:
    """What there is when nothing usable is within reach.

    `maybe` are within reach and perhaps open, `usable` at most `LONGEST_OFFER_MIN` minutes away (those that close too early last),
    `next_open` those near enough, `warm` places that are open but no shelters; and whom to call.
    """

    emergency: tuple[EmergencyNumber, ...]
    maybe: tuple[Ranked, ...] = ()
    usable: tuple[Ranked, ...] = ()
    next_open: tuple[Ranked, ...] = ()
    warm: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True)
class FinderAnswer:
    """Exact places within reach, those beyond (the first `FAR_LIMIT`), rough ones; `empty` where none near is usable, else None.

    `warm` in `empty` are positions in the layer public-facilities, all others in shelters. `is_outside`: she stands outside the district
    (by its outline, borders blurred by up to 100 m), and `nearest_dongs` are where she might look instead; who is more than
    `LONGEST_OFFER_MIN` minutes from every shelter there is told of no other.
    """

    near: tuple[Ranked, ...]
    far: tuple[Ranked, ...]
    rough: tuple[Ranked, ...]
    empty: EmptyAnswer | None
    is_outside: bool
    nearest_dongs: tuple[Place, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that a question is asked of, whether a snapshot told it or a bundle. Timelines stand in the order of the candidates."""

    window: Window
    shelters: Lineup
    shelter_timelines: Sequence[Timeline | None]
    warm: Lineup
    warm_timelines: Sequence[Timeline | None]
    reports: Mapping[str, ReportSummary]
    dongs: Sequence[Place]
    outline: Outline
    emergency: tuple[EmergencyNumber, ...]


def rank_shelters(snapshot: Snapshot, question: FinderQuestion, reports: Mapping[str, ReportSummary]) -> FinderAnswer:
    """The answer to a question. `reports` by the shelter's id. Raises `BadArgument` for a time outside our calendar."""
    return answer(set_scene(snapshot, question.at, reports), question)


def set_scene(snapshot: Snapshot, at: datetime, reports: Mapping[str, ReportSummary]) -> Scene:
    """The scene of a snapshot on the day of `at` in Seoul. What the day does not change is kept with the layers."""
    window = Window(seoul_time(at).date(), DAY_COUNT)
    shelters, warm = shelter_lineup(snapshot), warm_lineup(snapshot)
    return Scene(
        window=window,
        shelters=shelters,
        shelter_timelines=_timelines(snapshot, "shelters", shelters, window),
        warm=warm,
        warm_timelines=_timelines(snapshot, "public-facilities", warm, window),
        reports=reports,
        dongs=[place for place in list_places(snapshot) if place.kind is PlaceKind.DONG],
        outline=district_outline(snapshot),
        emergency=_emergency(snapshot.documents.get("district")),
    )


def answer(scene: Scene, question: FinderQuestion) -> FinderAnswer:
    """The answer that a scene gives: the same on the server and, in its own script, on the phone."""
    ranked = rank(scene.shelters, scene.shelter_timelines, question, window=scene.window, reports=scene.reports)
    is_away = is_outside(scene.outline, question.lon, question.lat)
    if is_away and all(item.travel_min > LONGEST_OFFER_MIN for item in ranked):
        return FinderAnswer((), (), (), EmptyAnswer(scene.emergency), is_away, _nearest_dongs(scene.dongs, question))
    exact = [item for item in ranked if item.is_exact]
    near = tuple(item for item in exact if item.is_in_reach)
    return FinderAnswer(
        near=near,
        far=tuple(item for item in exact if not item.is_in_reach)[:FAR_LIMIT],
        rough=tuple(item for item in ranked if not item.is_exact),
        empty=None if any(item.standing is Standing.USABLE for item in near) else _empty(scene, question, ranked),
        is_outside=is_away,
        nearest_dongs=_nearest_dongs(scene.dongs, question) if is_away else (),
    )


def _empty(scene: Scene, question: FinderQuestion, ranked: Sequence[Ranked]) -> EmptyAnswer:
    # Whoever needs a toilet is still told of a warm room without one: nobody writes down what a dong office offers.
    anything = replace(question, amenities=())
    warm = rank(scene.warm, scene.warm_timelines, anything, window=scene.window, reports={})
    lit = [item for item in warm if item.arrival.state is State.OPEN]
    lit.sort(key=lambda item: (not item.is_exact, item.distance_m, item.id))
    usable = [item for item in ranked if item.standing <= Standing.SHORT and item.travel_min <= LONGEST_OFFER_MIN]
    return EmptyAnswer(
        maybe=tuple(item for item in ranked if item.standing is Standing.DOUBTFUL and item.is_in_reach)[:OFFERED_LIMIT],
        usable=tuple(sorted(usable, key=lambda item: item.standing))[:OFFERED_LIMIT],
        next_open=tuple(list_next_open(ranked, is_registered=question.is_registered))[:OFFERED_LIMIT],
        warm=tuple(lit)[:OFFERED_LIMIT],
        emergency=scene.emergency,
    )


def _nearest_dongs(dongs: Sequence[Place], question: FinderQuestion) -> tuple[Place, ...]:
    by_distance = sorted(dongs, key=lambda place: (distance_m(question.lon, question.lat, place.lon, place.lat), place.id))
    return tuple(by_distance[:NEAREST_DONGS])


def _timelines(snapshot: Snapshot, name: str, lineup: Lineup, window: Window) -> list[Timeline | None]:
    if not lineup.candidates:
        return []
    opening, calendar = snapshot.layers[name].opening, snapshot.calendar
    return [opening.timeline(candidate.position, window.first_day, calendar) for candidate in lineup.candidates]


@lru_cache(maxsize=4)
def _emergency(document: str | None) -> tuple[EmergencyNumber, ...]:
    return () if document is None else load_district(json.loads(document)).emergency
