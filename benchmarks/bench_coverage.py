"""How quickly coverage is answered, beside the same answers by a loop over slices and by a bare minimum, in one run on one machine.

    python benchmarks/bench_coverage.py [--sites 60] [--side 71] [--rounds 5]

A made-up district of `side` × `side` cells (71: 5,041), shelters of mixed hours on random spots, ways by straight lines worked out
before the clock starts. The aims stand beside the figures; nothing is asserted.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
from shapely.geometry import Polygon, mapping

sys.path.insert(0, str(Path(__file__).parent))

from made_up import HOURS

from geo_app.domain.calendar import SEOUL, Calendar
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.edits import Edit, EditKind
from geo_app.planning.gaps import find_gaps
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach import limit_of
from geo_app.planning.slices import cover_slice, cover_week
from geo_app.planning.week import ask_week
from geo_app.planning.whatif import gain_of
from geo_app.planning.world import PlanningWorld
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.pack import PackOrder, write_pack
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import GridXY, lonlat_of_grid
from geo_app.travel.speeds import Mode

CORNER = np.asarray([930_000.0, 1_680_000.0])  # EPSG:5179, a corner of the grid
CELL_M = 250
MADE_AT = datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL)
TUESDAY_2AM = datetime(2026, 11, 24, 2, 0, tzinfo=SEOUL)


def to_lonlat(xy: np.ndarray) -> list[list[float]]:
    return np.asarray(lonlat_of_grid(GridXY(xy))).round(7).tolist()


def dong_records(side: int) -> list[dict[str, object]]:
    """Four dongs, a quarter of the square each."""
    half = side // 2 * CELL_M
    edges = [(0, half), (half, side * CELL_M)]
    found = []
    for number, ((west, east), (south, north)) in enumerate(((x, y) for x in edges for y in edges), start=1):
        ring = np.asarray([(west, south), (east, south), (east, north), (west, north)], dtype=float) + CORNER
        found.append(
            {
                "id": f"dg-{number}", "layer": "dongs", "name": f"{number}동", "kind": "administrative", "status": "sample",
                "precision": "address", "visibility": "public",
                "geometry": mapping(Polygon(to_lonlat(ring))), "provenance": {"source": "benchmark"},
                "attributes": {"population": {"2026": {"total": 100_000}}, "establishments": {"2026": 5_000}},
            }
        )  # fmt: skip
    return found


def shelter_records(count: int, side: int) -> list[dict[str, object]]:
    points = np.random.default_rng(1).uniform(0, side * CELL_M, (count, 2)) + CORNER
    return [
        {
            "id": f"sh-{number:06d}", "layer": "shelters", "name": f"예시 {number}", "kind": "cafe", "status": "sample",
            "precision": "address", "visibility": "public",
            "geometry": {"type": "Point", "coordinates": point}, "attributes": {"entry": "open-door"},
            "hours": [{"text": hours, "opening_hours": hours, "on_holidays": "usual"}],
            "provenance": {"source": "benchmark", "checked_on": "2026-11-20"},
        }
        for number, (point, hours) in enumerate(zip(to_lonlat(points), HOURS * count, strict=False), start=1)
    ]  # fmt: skip


def make_world(folder: Path, site_count: int, side: int) -> PlanningWorld:
    layers = {}
    for name, records in (("dongs", dong_records(side)), ("shelters", shelter_records(site_count, side))):
        write_pack(folder / name, PackOrder(name, 1, MADE_AT.isoformat(), 30), records, DongFinder([], []))
        layers[name] = LayerSnapshot(folder / name)
    return PlanningWorld(Snapshot(1, MADE_AT, layers, {"calendar": json.dumps(Calendar().to_record())}))


def best_ms(ask: Callable[[], object], rounds: int) -> float:
    best = np.inf
    for _ in range(rounds):
        start = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def loop_over_slices(world: PlanningWorld, question: CoverageQuestion) -> np.ndarray:
    """The week as 168 separate slices, each a whole table of look-ups: what `cover_week` must equal and beat."""
    situation = world.situation(question)
    reach = world.reach(Mode.WALK, world.period(Mode.WALK, 0), situation.lonlat)
    near = reach.minutes <= limit_of(question.minutes)
    return np.stack([(cover_slice(situation, reach, hour * 60) & near).any(axis=0) for hour in range(168)])


def tell(what: str, ms: float, aim: str = "") -> None:
    print(f"{what:<66} {ms:>9.2f} ms  {aim}")


def measure(world: PlanningWorld, rounds: int) -> None:
    question = CoverageQuestion(at=TUESDAY_2AM)
    ask_week(world, question)
    week_ms = best_ms(lambda: ask_week(world, question), rounds)
    tell("168 slices, shares by dong, known ways", week_ms, "aim: < 500 ms")
    ask_hour = CoverageQuestion(at=TUESDAY_2AM, minutes=60.0)
    tell("the same within 60 minutes", best_ms(lambda: ask_week(world, ask_hour), rounds), "aim: < 500 ms")
    loop = loop_over_slices(world, question)
    loop_ms = best_ms(lambda: loop_over_slices(world, question), max(1, rounds // 2))
    tell("168 slices by a loop over tables of look-ups (the same cells)", loop_ms, f"{loop_ms / week_ms:.0f} × as long")
    assert np.array_equal(loop, cover_week(world, question).covered)
    tell("a moved slider: one slice, all shares", best_ms(lambda: ask_coverage(world, question), rounds * 2), "aim: < 100 ms with the page")
    tell("gaps of the week", best_ms(lambda: find_gaps(world, question), rounds))
    spot = world.cells.point_lonlat[len(world.cells) // 2].tolist()
    gain_of(world, question, *spot, "24/7")
    tell("one more shelter, its ways known", best_ms(lambda: gain_of(world, question, *spot, "24/7"), rounds * 20), "aim: ≤ 1 ms")
    moved = iter(np.random.default_rng(2).uniform(-0.01, 0.01, (rounds * 20, 2)) + spot)
    tell("one more shelter at a new spot", best_ms(lambda: gain_of(world, question, *next(moved).tolist(), "24/7"), rounds * 20))
    edit = (Edit(EditKind.OPEN, lon=spot[0], lat=spot[1], hours="24/7"),)
    ask_coverage(world, question, edit)
    tell("the same by a scenario asked anew", best_ms(lambda: ask_coverage(world, question, edit), rounds * 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--side", type=int, default=71)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder), options.sites, options.side)
        print(f"{options.sites} shelters × {len(world.cells):,} cells × 168 hours")
        measure(world, options.rounds)


if __name__ == "__main__":
    main()
