"""The places behind an answer, one by one: what holds at each door at `at`, and from where it is reached in time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import UnknownSite
from geo_app.domain.hours import State
from geo_app.planning.edits import Edit
from geo_app.planning.plan_site import PlanSite
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.situation import Situation
from geo_app.planning.world import PlanningWorld


@dataclass(frozen=True, slots=True, eq=False)
class SiteStanding:
    """A counted place at `at`: the state of its door, and whether somebody standing there could use it (entry and stay included)."""

    site: PlanSite
    state: State
    is_usable: bool


@dataclass(frozen=True, slots=True, eq=False)
class ReachArea:
    """From where a place is reached within the minutes asked; `area` in EPSG:4326, empty where from nowhere."""

    site: PlanSite
    is_usable: bool
    area: BaseGeometry


def list_standings(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> tuple[SiteStanding, ...]:
    """Every counted place, in the order of ids, opened ones last. Raises `UnknownSite`, `UnknownEditedSite`, `UnknownLayer`."""
    situation = world.situation(question, edits)
    usable = _usable(situation, question)
    return tuple(
        SiteStanding(site, door.state_at(question.week_min), bool(is_usable))
        for site, door, is_usable in zip(situation.sites, situation.doors, usable, strict=True)
    )


def list_reach_areas(
    world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = (), *, site_id: str | None = None
) -> tuple[ReachArea, ...]:
    """The areas of the places usable at `at`, or of the one named, usable or not. Raises as `list_standings`."""
    situation = world.situation(question, edits)
    usable = _usable(situation, question)
    wanted = usable if site_id is None else np.asarray([site.id == site_id for site in situation.sites], dtype=bool)
    if site_id is not None and not wanted.any():
        raise UnknownSite(layer=question.layer, id=site_id)
    period = world.period(question.mode, question.hour_of_week)
    return tuple(
        ReachArea(
            situation.sites[place],
            bool(usable[place]),
            world.times.area(question.mode, period, situation.lonlat[place], question.minutes),
        )
        for place in np.flatnonzero(wanted).tolist()
    )


def _usable(situation: Situation, question: CoverageQuestion) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray(situation.usable_at(np.asarray([question.week_min], dtype=np.int64))[0], dtype=bool)
