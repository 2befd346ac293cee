"""Street networks made up for tests: a lattice of streets, and any list of nodes and edges. Never published."""

from collections.abc import Sequence

import numpy as np
from pyproj import Geod

from geo_app.travel.streets import Access, RoadClass, Streets

GEOD = Geod(ellps="GRS80")
EVERYBODY = sum(Access)


def make_streets(
    node_lonlat,
    edges: Sequence[tuple[int, int]],
    *,
    access: int | Sequence[int] = EVERYBODY,
    road_class: int | Sequence[int] = RoadClass.RESIDENTIAL,
    is_tunnel: bool | Sequence[bool] = False,
    max_speed_kmh: int | Sequence[int] = 0,
    lines: Sequence[Sequence[tuple[float, float]]] | None = None,
) -> Streets:
    """The network of some nodes (n, 2) and edges (from, to); straight lines unless `lines` holds whole polylines, ends included."""
    nodes = np.asarray(node_lonlat, dtype=np.float64).reshape(-1, 2)
    ends = np.asarray(edges, dtype=np.int32).reshape(-1, 2)
    drawn = [np.asarray(line, dtype=np.float64) for line in lines] if lines is not None else [nodes[pair] for pair in ends]
    lengths = [GEOD.line_length(line[:, 0], line[:, 1]) for line in drawn]
    return Streets.from_arrays(
        {
            "node_lonlat": nodes,
            "edge_from": ends[:, 0],
            "edge_to": ends[:, 1],
            "length_m": np.array(lengths, dtype=np.float32),
            "road_class": np.full(len(ends), road_class, dtype=np.uint8),
            "access": np.full(len(ends), access, dtype=np.uint8),
            "is_tunnel": np.full(len(ends), is_tunnel, dtype=bool),
            "max_speed_kmh": np.full(len(ends), max_speed_kmh, dtype=np.uint8),
            "line_offsets": np.cumsum([0, *map(len, drawn)]),
            "line_lonlat": np.concatenate(drawn) if drawn else np.empty((0, 2)),
        }
    )


def make_lattice(
    lon: float = 126.79,
    lat: float = 35.14,
    rows: int = 5,
    columns: int = 5,
    spacing_m: float = 100.0,
    *,
    access: int = EVERYBODY,
    road_class: int = RoadClass.RESIDENTIAL,
) -> Streets:
    """A lattice of streets: node `row * columns + column` stands `row * spacing_m` north and `column * spacing_m` east of (lon, lat).

    Edges first go east, row by row, then north.
    """
    step_lon = GEOD.fwd(lon, lat, 90.0, spacing_m)[0] - lon
    step_lat = GEOD.fwd(lon, lat, 0.0, spacing_m)[1] - lat
    nodes = [(lon + step_lon * column, lat + step_lat * row) for row in range(rows) for column in range(columns)]
    east = [(row * columns + column, row * columns + column + 1) for row in range(rows) for column in range(columns - 1)]
    north = [(row * columns + column, (row + 1) * columns + column) for row in range(rows - 1) for column in range(columns)]
    return make_streets(nodes, east + north, access=access, road_class=road_class)
