"""Coverage at one slice: who is served when they set out at `at`, beside who would be if every door were always open."""

from collections.abc import Sequence

import numpy as np

from geo_app.planning.answers import AreaShare, CoverageAnswer, SiteCounts
from geo_app.planning.edits import Edit
from geo_app.planning.plan_site import CLOSED, PLANNED, REGISTERED_ONLY, ROUGH, UNPLACED
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach import Reach, limit_of
from geo_app.planning.shares import CellService, find_worst, share_complexes, share_dongs, share_groups, share_jobs, summed
from geo_app.planning.situation import Situation
from geo_app.planning.slices import cover_slice
from geo_app.planning.usable import unknown_count
from geo_app.planning.world import PlanningWorld
from geo_app.travel.times import StreetTimes

__all__ = ["AreaShare", "CoverageAnswer", "SiteCounts", "ask_coverage", "count_sites"]


def ask_coverage(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> CoverageAnswer:
    """The slice of a question, after the changes of a scenario.

    Raises `UnknownDemand`, `UnknownSite`, `UnknownEditedSite`, `BadArgument` (a demand that cannot be read).
    """
    demand = world.demand(question.demand)
    situation = world.situation(question, edits)
    reach = world.reach(question.mode, world.period(question.mode, question.hour_of_week), situation.lonlat)
    usable = cover_slice(situation, reach, question.week_min)
    travel_min, nth_min = reach.nth_min(1, usable), reach.nth_min(question.nth, usable)
    limit = limit_of(question.minutes)
    service = CellService(nth_min <= limit, reach.nth_min(question.nth) <= limit, travel_min)
    by_piece = demand.weights(question.hour_of_week)
    by_dong = share_dongs(world, by_piece, service)
    weight = world.cells.sum_by_cell(by_piece)
    total, covered = summed(weight, np.ones(len(weight), dtype=bool)), summed(weight, service.covered)
    return CoverageAnswer(
        demand_total=total,
        covered=covered,
        share=covered / total if total > 0 else None,
        nominal_share=summed(weight, service.nominal) / total if total > 0 else None,
        uncovered=total - covered,
        by_dong=by_dong,
        by_complex=share_complexes(world.complexes, service),
        by_job=share_jobs(world, question.hour_of_week, service),
        by_group=share_groups(world, by_piece, service),
        worst_dong=find_worst(by_dong),
        cell_weight=weight,
        cell_travel_min=travel_min,
        cell_nth_min=nth_min,
        cell_covered=service.covered,
        sites=count_sites(situation, reach, question.week_min),
        distance_kind=world.times.kind,
        demand_info=demand.info,
        off_street_share=_off_street_share(world, question),
        unreached=tuple(site.id for site, is_reached in zip(situation.sites, reach.is_reached, strict=True) if not is_reached),
    )


def _off_street_share(world: PlanningWorld, question: CoverageQuestion) -> float:
    times = world.times
    if not isinstance(times, StreetTimes) or not len(world.cells):
        return 0.0
    return float((times.origins(question.mode).edge < 0).mean())


def count_sites(situation: Situation, reach: Reach, week_min: int) -> SiteCounts:
    """What stands behind a slice that sets out `week_min` minutes after Monday 00:00, on the ways of `reach`."""
    sites, left_out = situation.sites, situation.left_out
    return SiteCounts(
        counted=len(sites),
        open_now=int((situation.usable_at(np.asarray([week_min])) & reach.is_reached).sum()),
        unknown_hours=unknown_count(situation.doors, week_min),
        unreached=int((~reach.is_reached).sum()),
        registered_only=sum(site.entry in REGISTERED_ONLY for site in sites),
        rough=left_out[ROUGH],
        unplaced=left_out[UNPLACED],
        closed=left_out[CLOSED],
        planned=left_out[PLANNED],
        samples=sum(site.is_sample for site in sites),
        neighbours=sum(site.is_neighbour for site in sites),
    )
