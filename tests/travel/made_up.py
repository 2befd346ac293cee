"""Random networks with everything that goes wrong in real ones, and a second witness that knows only networkx."""

from itertools import pairwise

import networkx as nx
import numpy as np
from travel.lattice import make_streets

from geo_app.travel.placement import SNAP_LIMIT_M
from geo_app.travel.speeds import Mode, edge_speed_kmh

BITS = {Mode.WALK: (1, 2), Mode.BICYCLE: (4, 8), Mode.MOTORBIKE: (16, 32)}
WEST, SOUTH, SPREAD_DEG = 126.79, 35.14, 0.01
WALK_MIN_PER_M = 1.3 / (4000 / 60)


def random_streets(seed, n_nodes=20, *, spread_deg=SPREAD_DEG):
    """About two streets a node: one-ways, loops, parallels, bends, tunnels, all classes, islands, and two nodes in one place."""
    chance = np.random.default_rng(seed)
    nodes = np.column_stack((chance.uniform(WEST, WEST + spread_deg, n_nodes), chance.uniform(SOUTH, SOUTH + spread_deg, n_nodes)))
    nodes[-1] = nodes[0]
    half = n_nodes // 2
    ends = chance.integers(0, half, (n_nodes, 2)).tolist() + chance.integers(half, n_nodes, (n_nodes // 3, 2)).tolist()
    ends += [*chance.integers(0, n_nodes, (1 + n_nodes // 3, 2)).tolist(), ends[0], [1, 1]]
    lines = [np.array([nodes[a], *_bends(chance, spread_deg), nodes[b]]) for a, b in ends]
    return make_streets(
        nodes, ends, lines=lines,
        access=chance.choice([63, 63, 21, 42, 3, 51, 16, 0], len(ends)),
        road_class=chance.integers(0, 13, len(ends)),
        is_tunnel=chance.random(len(ends)) < 0.1,
        max_speed_kmh=chance.choice([0, 30, 50], len(ends)),
    )  # fmt: skip


def _bends(chance, spread_deg):
    count = int(chance.integers(1, 3))
    return np.column_stack((chance.uniform(WEST, WEST + spread_deg, count), chance.uniform(SOUTH, SOUTH + spread_deg, count)))


def random_places(seed, count, *, spread_deg=SPREAD_DEG):
    chance = np.random.default_rng(seed)
    low, high = -0.2 * spread_deg, 1.2 * spread_deg
    return np.column_stack((WEST + chance.uniform(low, high, count), SOUTH + chance.uniform(low, high, count)))


def witness_graph(streets, mode, period, placements):
    """A networkx graph in which every placed place is a node of its own (`("place", group, row)`) and cuts its street in pieces."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(streets.node_lonlat)))
    minutes = streets.length_m / 1000 / edge_speed_kmh(mode, period, streets.road_class, streets.max_speed_kmh) * 60
    cuts = {}
    for group, placed in placements.items():
        for row in range(len(placed)):
            graph.add_node(("place", group, row))
            if placed.edge[row] >= 0:
                assert placed.offset_m[row] <= SNAP_LIMIT_M
                spot = ("spot", group, row)
                cuts.setdefault(int(placed.edge[row]), []).append((float(placed.fraction[row]), spot))
                walk = float(placed.offset_m[row]) * WALK_MIN_PER_M
                _add(graph, spot, ("place", group, row), walk)
                _add(graph, ("place", group, row), spot, walk)
    forward, back = BITS[mode]
    for edge in range(len(streets.edge_from)):
        begin, end = int(streets.edge_from[edge]), int(streets.edge_to[edge])
        chain = [(0.0, begin), *sorted(cuts.get(edge, []), key=lambda cut: cut[0]), (1.0, end)]
        for (low, here), (high, there) in pairwise(chain):
            both = low == high  # in one place: whoever is here is there
            if both or streets.access[edge] & forward:
                _add(graph, here, there, (high - low) * minutes[edge])
            if both or streets.access[edge] & back:
                _add(graph, there, here, (high - low) * minutes[edge])
    return graph


def witness_minutes(graph, target, origins):
    """Minutes from each origin (a node of the graph) to ("place", *target), by networkx."""
    found = nx.single_source_dijkstra_path_length(graph.reverse(copy=False), ("place", *target))
    return np.array([found.get(origin, np.inf) for origin in origins])


def _add(graph, here, there, minutes):
    if here != there and minutes < graph.get_edge_data(here, there, {"weight": np.inf})["weight"]:
        graph.add_edge(here, there, weight=float(minutes))
