"""How the streets compare with bare scipy and with networkx, in one run on one machine.

    python benchmarks/bench_travel.py [--nodes 50000] [--shelters 100] [--cells 5000] [--quick]

The network is made up: a triangulation of random junctions over the district without its longest and a fifth of its other streets.
A ratio is a time divided by that of the first line of its table; the aims stand beside, and nothing is asserted but that all agree.
"""

import argparse
import time
from collections.abc import Callable

import networkx as nx
import numpy as np
import shapely
from pyproj import Geod
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from geo_app.travel.isochrone import Isochrones
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.streets import RoadClass, Streets
from geo_app.travel.times import StreetTimes

BOUNDS = (126.65, 35.05, 126.90, 35.25)  # about the district
MODE, DAY = Mode.WALK, SpeedPeriod.DAY
WALK_MIN_PER_M = 60 / 4000


def made_up_streets(n_nodes: int, seed: int = 20260118) -> Streets:
    chance = np.random.default_rng(seed)
    nodes = np.column_stack((chance.uniform(*BOUNDS[::2], n_nodes), chance.uniform(*BOUNDS[1::2], n_nodes)))
    after, neighbours = Delaunay(nodes).vertex_neighbor_vertices
    begins = np.repeat(np.arange(n_nodes), np.diff(after))
    pairs = np.column_stack((begins, neighbours))[begins < neighbours]
    (from_lon, from_lat), (to_lon, to_lat) = nodes[pairs[:, 0]].T, nodes[pairs[:, 1]].T
    metres = Geod(ellps="GRS80").inv(from_lon, from_lat, to_lon, to_lat)[2]
    kept = (metres < np.quantile(metres, 0.99)) & (chance.random(len(pairs)) < 0.8)
    pairs, count = pairs[kept], int(kept.sum())
    return Streets.from_arrays(
        {
            "node_lonlat": nodes,
            "edge_from": pairs[:, 0].astype(np.int32),
            "edge_to": pairs[:, 1].astype(np.int32),
            "length_m": metres[kept].astype(np.float32),
            "road_class": np.full(count, RoadClass.RESIDENTIAL, dtype=np.uint8),
            "access": np.full(count, 63, dtype=np.uint8),
            "is_tunnel": np.zeros(count, dtype=bool),
            "max_speed_kmh": np.zeros(count, dtype=np.uint8),
            "line_offsets": np.arange(0, 2 * count + 1, 2),
            "line_lonlat": nodes[pairs].reshape(-1, 2),
        }
    )


def bare_matrix(streets: Streets) -> csr_array:
    """Minutes between nodes, both ways: what scipy is given when it works alone."""
    begin, end = streets.edge_from, streets.edge_to
    minutes = np.tile(streets.length_m.astype(np.float64) * WALK_MIN_PER_M, 2)
    return csr_array((minutes, (np.concatenate((begin, end)), np.concatenate((end, begin)))), shape=(streets.n_nodes,) * 2)


def bare_networkx(streets: Streets) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(streets.n_nodes))
    minutes = streets.length_m.astype(np.float64) * WALK_MIN_PER_M
    for begin, end, cost in zip(streets.edge_from.tolist(), streets.edge_to.tolist(), minutes.tolist(), strict=True):
        graph.add_edge(begin, end, weight=cost)
        graph.add_edge(end, begin, weight=cost)
    return graph


def best_ms(work: Callable[[], object], repeats: int) -> float:
    """The best of some runs: what the work costs when nobody else takes the processor."""
    best = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def best_together_ms(works: list[Callable[[], object]], repeats: int) -> list[float]:
    """The best of some runs of each, taken in turns, so that a busy moment of the machine meets all of them."""
    return np.min([[best_ms(work, 1) for work in works] for _ in range(repeats)], axis=0).tolist()


def show(title: str, lines: list[tuple[str, float, str]]) -> None:
    print(f"\n{title}\n{'who':<62}{'ms':>10}{'ratio':>9}  aim")
    for who, milliseconds, aim in lines:
        print(f"{who:<62}{milliseconds:>10.3f}{milliseconds / lines[0][1]:>9.3f}  {aim}")


def nearest_lines(streets: Streets, shelters: np.ndarray, cells: np.ndarray, repeats: int) -> list[tuple[str, float, str]]:
    router, matrix, graph = StreetRouter(streets), bare_matrix(streets), bare_networkx(streets)
    targets, origins = router.place(streets.node_lonlat[shelters], MODE), router.place(cells, MODE)
    expected = dijkstra(matrix, indices=shelters, min_only=True)
    np.testing.assert_allclose(router.nearest_minutes(targets, None, MODE, DAY), expected, rtol=1e-5, atol=1e-5)
    works = [
        lambda: dijkstra(matrix, indices=shelters, min_only=True),
        lambda: router.nearest_minutes(targets, None, MODE, DAY),
        lambda: router.nearest_minutes(targets, origins, MODE, DAY),
    ]
    bare, nodes, some = best_together_ms(works, repeats)
    other = best_ms(lambda: nx.multi_source_dijkstra_path_length(graph, shelters.tolist()), max(repeats // 5, 1))
    return [
        ("scipy dijkstra(min_only), bare", bare, ""),
        ("StreetRouter.nearest_minutes, every node", nodes, "≤ 1.1"),
        (f"StreetRouter.nearest_minutes, {len(cells):,} placed cells", some, ""),
        ("networkx multi_source_dijkstra_path_length", other, f"≥ 20 × ours: {other / nodes:.1f} ×"),
    ]


def area_lines(streets: Streets, shelters: np.ndarray, cells: np.ndarray, minutes: float, repeats: int) -> list[tuple[str, float, str]]:
    router, matrix = StreetRouter(streets), bare_matrix(streets)
    isochrones = Isochrones(router, MODE, cells)
    chosen = shelters[:30]
    targets = router.place(streets.node_lonlat[chosen], MODE)
    bare, ours, wrong = [], [], 0
    for row, node in enumerate(chosen.tolist()):
        target = targets.row(row)
        area = isochrones.area(target, minutes, DAY)
        reached = dijkstra(matrix, indices=node, limit=minutes) <= minutes
        wrong += int((shapely.intersects_xy(area, *streets.node_lonlat.T) != reached).sum())
        works = [
            lambda node=node: dijkstra(matrix, indices=node, limit=minutes),
            lambda target=target: isochrones.area(target, minutes, DAY),
        ]
        for figures, figure in zip((bare, ours), best_together_ms(works, repeats), strict=True):
            figures.append(figure)
    above = float(np.median(np.subtract(ours, bare)))
    return [
        (f"scipy dijkstra(limit), bare, median of {len(chosen)} shelters", float(np.median(bare)), ""),
        (f"Isochrones.area, {wrong} nodes on the wrong side", float(np.median(ours)), f"≤ 1 ms above scipy: {above:.2f} ms"),
    ]


def table_lines(streets: Streets, shelters: np.ndarray, cells: np.ndarray) -> list[tuple[str, float, str]]:
    times, sites = StreetTimes(streets, cells), streets.node_lonlat[shelters]
    first = best_ms(lambda: times.table(MODE, DAY, sites), 1)
    again = best_ms(lambda: times.table(MODE, DAY, sites), 5)
    changed = sites.copy()
    changed[0] += 1e-4
    one = best_ms(lambda: times.table(MODE, DAY, changed), 1)
    build = best_ms(lambda: times.isochrones(MODE), 1)
    return [
        (f"table of {len(sites)} shelters × {len(cells):,} cells, first time", first, ""),
        ("the same again", again, ""),
        ("one changed shelter", one, "about 1 row"),
        ("regions of the isochrones, built once a mode", build, ""),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--shelters", type=int, default=100)
    parser.add_argument("--cells", type=int, default=5_000)
    parser.add_argument("--quick", action="store_true", help="a small network and few repeats: does it still run?")
    asked = parser.parse_args()
    n_nodes, repeats = (2_000, 2) if asked.quick else (asked.nodes, 15)
    streets, chance = made_up_streets(n_nodes), np.random.default_rng(7)
    shelters = chance.choice(n_nodes, asked.shelters, replace=False)
    cells = np.column_stack((chance.uniform(*BOUNDS[::2], asked.cells), chance.uniform(*BOUNDS[1::2], asked.cells)))
    print(f"{streets.n_nodes:,} nodes, {streets.n_edges:,} streets both ways, {len(shelters)} shelters, {len(cells):,} cells, on foot")
    show("Minutes to the nearest shelter", nearest_lines(streets, shelters, cells, repeats))
    for minutes in (10.0, 20.0, 30.0):
        show(f"Reach areas of {minutes:.0f} minutes", area_lines(streets, shelters, cells, minutes, repeats))
    show("The table that planning keeps", table_lines(streets, shelters, cells))


if __name__ == "__main__":
    main()
