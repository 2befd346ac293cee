"""How SpatialIndex compares with bare rtree, shapely's STRtree, scipy's cKDTree and numpy, in one run on one machine.

    python benchmarks/bench_index.py [--sizes 10000 1000000] [--quick]
    python benchmarks/bench_index.py --soak 1000000 --threads 16

A ratio is a time divided by that of bare rtree on the same line's question (its own defaults, `Index.nearest(…, 5)` listed); the aims
stand beside. Peers answer in planar metres without confirmation; SpatialIndex answers in confirmed geodesic metres.
"""

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import shapely
from pyproj import Geod
from rtree import index as rtree_index
from scipy.spatial import cKDTree

from geo_app.spatial.crs import check_lonlat, metric_point, to_metric
from geo_app.spatial.index import SpatialIndex

WEST, SOUTH, EAST, NORTH = 126.65, 35.05, 126.90, 35.25  # about the district
WINDOW_DEG = 0.005
RADIUS_M = 300.0
K = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: µs per question, and the aim where there is one."""

    question: str
    who: str
    micros: float
    aim: str = ""
    is_base: bool = False


def random_lonlat(rng: np.random.Generator, count: int) -> np.ndarray:
    return rng.uniform((WEST, SOUTH), (EAST, NORTH), (count, 2))


Trial = tuple[str, Callable[..., object], Sequence[tuple[float, ...]]]


def race(name: str, trials: Sequence[Trial], aims: Mapping[str, str] = MappingProxyType({}), rounds: int = 5) -> list[Line]:
    """Best of some rounds, µs per question; each round asks everybody, so that a busy machine is busy for all. The first is the base."""
    best = dict.fromkeys((who for who, _, _ in trials), np.inf)
    for _ in range(rounds):
        for who, ask, questions in trials:
            start = time.perf_counter()
            for question in questions:
                ask(*question)
            best[who] = min(best[who], (time.perf_counter() - start) / len(questions) * 1e6)
    return [Line(name, who, best[who], aims.get(who, ""), is_base=who == trials[0][0]) for who, _, _ in trials]


def timed(build: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    return build(), time.perf_counter() - start


def build_lines(size: int, rng: np.random.Generator) -> tuple[list[Line], dict[str, object], np.ndarray]:
    lonlat = random_lonlat(rng, size)
    ids = [f"sh-{n:07d}" for n in range(size)]
    xy = to_metric(check_lonlat(lonlat))
    points = shapely.points(xy)
    order = np.arange(size)
    builders = {
        "rtree": lambda: rtree_index.Index((order, xy, xy)),
        "SpatialIndex": lambda: SpatialIndex(ids, lonlat),
        "STRtree": lambda: shapely.STRtree(points),
        "cKDTree": lambda: cKDTree(xy),
    }
    built, lines = {"xy": xy}, []
    for who, build in builders.items():
        built[who], seconds = timed(build)
        lines.append(Line("build, per item", who, seconds / size * 1e6, is_base=who == "rtree"))
    # shapely builds its tree at the first question.
    built["STRtree"].query(points[0])
    return lines, built, lonlat


def nearest_lines(built: dict[str, object], questions: list[tuple[float, float]]) -> list[Line]:
    index, tree, strtree, kdtree, xy = (built[name] for name in ("SpatialIndex", "rtree", "STRtree", "cKDTree", "xy"))
    planar = [metric_point(*question) for question in questions]
    properties = rtree_index.Property(leaf_capacity=32, index_capacity=32, fill_factor=0.9)
    tuned = rtree_index.Index((np.arange(len(xy)), xy, xy), properties=properties)

    def candidates(lon: float, lat: float) -> list[int]:
        return index._tree.nearest(*metric_point(lon, lat), K + 1)  # noqa: SLF001 - the step before confirmation has no public name

    def brute(x: float, y: float) -> np.ndarray:
        squares = (xy[:, 0] - x) ** 2 + (xy[:, 1] - y) ** 2
        return np.argpartition(squares, K)[:K]

    few = max(5, min(len(planar), 2_000_000 // len(xy)))
    trials = [
        ("rtree", lambda x, y: list(tree.nearest((x, y, x, y), K)), planar),
        ("rtree, leaves of 32", lambda x, y: list(tuned.nearest((x, y, x, y), K)), planar),
        ("SpatialIndex, unconfirmed", candidates, questions),
        ("SpatialIndex, exact", lambda lon, lat: index.nearest(lon, lat, K), questions),
        ("STRtree (1 nearest)", lambda x, y: strtree.query_nearest(shapely.Point(x, y)), planar),
        ("cKDTree", lambda x, y: kdtree.query((x, y), K), planar),
        ("numpy brute force", brute, planar[:few]),
    ]
    return race(f"{K} nearest", trials, {"SpatialIndex, unconfirmed": "≤ 1.2", "SpatialIndex, exact": "≤ 3"})


def area_lines(built: dict[str, object], lonlat: np.ndarray, questions: list[tuple[float, float]]) -> list[Line]:
    index, tree, strtree, kdtree, xy = (built[name] for name in ("SpatialIndex", "rtree", "STRtree", "cKDTree", "xy"))
    windows = [(lon, lat, lon + WINDOW_DEG, lat + WINDOW_DEG) for lon, lat in questions]
    boxes = [(*metric_point(*window[:2]), *metric_point(*window[2:])) for window in windows]
    planar = [metric_point(*question) for question in questions]
    few = max(5, min(len(planar), 2_000_000 // len(xy)))

    def brute(west: float, south: float, east: float, north: float) -> np.ndarray:
        lon, lat = lonlat.T
        return np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))

    def square(x: float, y: float) -> list[int]:
        return list(tree.intersection((x - RADIUS_M, y - RADIUS_M, x + RADIUS_M, y + RADIUS_M)))

    window_trials = [
        ("rtree", lambda *box: list(tree.intersection(box)), boxes),
        ("SpatialIndex, exact", index.window, windows),
        ("STRtree", lambda *box: strtree.query(shapely.box(*box)), boxes),
        ("numpy brute force", brute, windows[:few]),
    ]
    radius_trials = [
        ("rtree (square, unmeasured)", square, planar),
        ("SpatialIndex, exact", lambda lon, lat: index.within(lon, lat, RADIUS_M), questions),
        ("cKDTree", lambda x, y: kdtree.query_ball_point((x, y), RADIUS_M), planar),
    ]
    return race(f"window of {WINDOW_DEG}°", window_trials) + race(f"within {RADIUS_M:.0f} m", radius_trials)


def bulk_lines(rng: np.random.Generator, site_count: int, question_count: int) -> list[Line]:
    sites, questions = random_lonlat(rng, site_count), random_lonlat(rng, question_count)
    index = SpatialIndex([f"sh-{n}" for n in range(site_count)], sites)
    site_xy, planar = to_metric(check_lonlat(sites)), to_metric(check_lonlat(questions)).tolist()
    tree = rtree_index.Index((np.arange(site_count), site_xy, site_xy))
    index.nearest_many(questions[:1], 1)
    kdtree, rows = cKDTree(site_xy), np.array(planar)

    def loop() -> None:
        for x, y in planar:
            list(tree.nearest((x, y, x, y), 1))

    trials = [
        ("rtree in a loop", loop, [()]),
        ("SpatialIndex.nearest_many, exact", lambda: index.nearest_many(questions, 1), [()]),
        ("cKDTree (planar, unconfirmed)", lambda: kdtree.query(rows, 1), [()]),
    ]
    lines = race(f"{question_count:,} points to {site_count:,} sites", trials, {"SpatialIndex.nearest_many, exact": "≤ 0.125"})
    return [replace(line, micros=line.micros / question_count) for line in lines]


def show(title: str, lines: list[Line]) -> None:
    print(f"\n{title}\n{'question':<34}{'who':<36}{'µs each':>12}{'ratio':>9}  aim")
    base = 1.0
    for line in lines:
        base = line.micros if line.is_base else base
        print(f"{line.question:<34}{line.who:<36}{line.micros:>12.2f}{line.micros / base:>9.3f}  {line.aim}")


def measure(sizes: Sequence[int], question_count: int, bulk_count: int) -> None:
    rng = np.random.default_rng(20260118)
    for size in sizes:
        lines, built, lonlat = build_lines(size, rng)
        questions = [(lon, lat) for lon, lat in random_lonlat(rng, question_count).tolist()]
        show(f"{size:,} points", lines + nearest_lines(built, questions) + area_lines(built, lonlat, questions))
    show("Many questions at once", [line for count in (60, 1_000) for line in bulk_lines(rng, count, bulk_count)])


def soak(question_count: int, thread_count: int, size: int) -> int:
    """Ask exact questions from many threads; answers are compared with geodesics to all points. Returns the count of wrong ones."""
    rng = np.random.default_rng(7)
    lonlat, pool = random_lonlat(rng, size), random_lonlat(rng, 500).tolist()
    index = SpatialIndex([f"sh-{n:07d}" for n in range(size)], lonlat)
    geod = Geod(ellps="GRS80")
    metres = [geod.inv(np.full(size, lon), np.full(size, lat), lonlat[:, 0], lonlat[:, 1])[2] for lon, lat in pool]
    expected = [[(int(n), float(row[n])) for n in np.argsort(row)[:K]] for row in metres]
    each, wrong = question_count // thread_count, [0] * thread_count

    def ask(number: int) -> None:
        for step in range(each):
            row = (number * 31 + step) % len(pool)
            wrong[number] += [(hit.position, hit.distance_m) for hit in index.nearest(*pool[row], K)] != expected[row]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(thread_count)]
    _, seconds = timed(lambda: ([thread.start() for thread in threads], [thread.join() for thread in threads]))
    asked = each * thread_count
    print(f"{asked:,} exact questions from {thread_count} threads in {seconds:.0f} s ({asked / seconds:,.0f} a second): {sum(wrong)} wrong")
    return sum(wrong)


def soak_in_a_child(question_count: int, thread_count: int) -> int:
    """Run `soak` in a process of its own: a crash of libspatialindex takes the process with it, and is counted here."""
    asked = ["--soak", str(question_count), "--threads", str(thread_count), "--in-this-process"]
    ended = subprocess.run([sys.executable, __file__, *asked], check=False)
    print(f"{int(ended.returncode < 0)} deaths")
    return abs(ended.returncode)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--quick", action="store_true", help="10,000 points and fewer questions: some seconds")
    parser.add_argument("--soak", type=int, metavar="N", help="ask N exact questions from many threads and count wrong answers")
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--in-this-process", action="store_true", help="soak without a child process")
    asked = parser.parse_args()
    if asked.soak and asked.in_this_process:
        return 1 if soak(asked.soak, asked.threads, 3_000) else 0
    if asked.soak:
        return soak_in_a_child(asked.soak, asked.threads)
    measure([10_000] if asked.quick else asked.sizes, 500 if asked.quick else 1_500, 10_000 if asked.quick else 50_000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
