"""How well a street network hangs together, for everybody and for each mode."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo_app.travel.speeds import Mode
from geo_app.travel.streets import Access, Streets

_BITS: Final = {
    Mode.WALK: (Access.WALK_FORWARD, Access.WALK_BACK),
    Mode.BICYCLE: (Access.BICYCLE_FORWARD, Access.BICYCLE_BACK),
    Mode.MOTORBIKE: (Access.MOTORBIKE_FORWARD, Access.MOTORBIKE_BACK),
}
_DECIMALS = 4


def network_facts(streets: Streets) -> dict[str, Any]:
    """Counts and shares of a network as plain values.

    `edges`, `nodes`; `components`: parts between which no street in use leads, and `largest_share` (0–1): the share of the street
    length in the largest. `modes`: for each mode `length_m` that it may use and `connected_share` (0–1): the share of it whose ends
    both lie in the largest part in which one can get from everywhere to everywhere, one-ways respected.
    """
    used = streets.access > 0
    count, labels = _components(streets, used, used)
    return {
        "edges": streets.n_edges,
        "nodes": streets.n_nodes,
        "components": count,
        "largest_share": _largest_share(streets, used, labels),
        "modes": {mode.value: _mode_facts(streets, *bits) for mode, bits in _BITS.items()},
    }


def _mode_facts(streets: Streets, forward: Access, back: Access) -> dict[str, Any]:
    is_forward, is_back = (streets.access & forward) > 0, (streets.access & back) > 0
    used = is_forward | is_back
    _, labels = _components(streets, is_forward, is_back, is_strong=True)
    return {"length_m": round(float(streets.length_m[used].sum())), "connected_share": _largest_share(streets, used, labels)}


def _components(
    streets: Streets, is_forward: NDArray[np.bool_], is_back: NDArray[np.bool_], *, is_strong: bool = False
) -> tuple[int, NDArray[np.int32]]:
    """(parts that have a street, label of each node)."""
    rows = np.concatenate((streets.edge_from[is_forward], streets.edge_to[is_back]))
    columns = np.concatenate((streets.edge_to[is_forward], streets.edge_from[is_back]))
    graph = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(streets.n_nodes, streets.n_nodes))
    _, labels = connected_components(graph, connection="strong" if is_strong else "weak")
    return len(np.unique(labels[rows])), labels


def _largest_share(streets: Streets, used: NDArray[np.bool_], labels: NDArray[np.int32]) -> float:
    total_m = float(streets.length_m[used].sum(dtype=np.float64))
    is_inside = used & (labels[streets.edge_from] == labels[streets.edge_to])
    if not total_m or not is_inside.any():
        return 0.0
    by_part_m = np.bincount(labels[streets.edge_from[is_inside]], weights=streets.length_m[is_inside])
    return round(float(by_part_m.max()) / total_m, _DECIMALS)
