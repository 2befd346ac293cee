"""Names of gaps: the dongs that hold most of one, and what tells two of one name apart."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.planning.answers import FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.naming import GapPlace

# Less of a gap than this in a second dong is its rim.
SECOND_DONG_SHARE: Final = 0.2


def most_dongs(cells: Cells, chosen: NDArray[np.int64], by_cell: FloatArray) -> tuple[str, ...]:
    """The dong of most of the chosen cells, then the dong of most demand there; where that is the same, the next by cells.

    By cells alone a densely peopled edge of a gap would go unnamed, by demand alone the ground on which it lies.
    """
    dong = cells.cell_dong[chosen]
    count = np.bincount(dong, minlength=len(cells.dong_names))
    first, next_by_count = np.argsort(-count, kind="stable")[:2].tolist() if len(count) > 1 else (0, 0)
    by_demand = int(np.argmax(np.bincount(dong, weights=by_cell[chosen], minlength=len(count))))
    second = by_demand if by_demand != first else next_by_count
    is_worth_it = second != first and (second == by_demand or count[second] >= SECOND_DONG_SHARE * len(chosen))
    return tuple(cells.dong_names[number] for number in ([first, second] if is_worth_it else [first]))


def tell_apart(places: Sequence[GapPlace], legal_dongs: Sequence[str | None]) -> list[GapPlace]:
    """The places, each with a name of its own: of equal ones the legal dong is told where these differ, then a number in their order."""
    told = list(places)
    for equal in _equal(places):
        if len({legal_dongs[position] for position in equal}) > 1:
            for position in equal:
                told[position] = replace(told[position], legal_dong=legal_dongs[position])
    for equal in _equal(told):
        for number, position in enumerate(equal, start=1):
            told[position] = replace(told[position], number=number)
    return told


def _equal(keys: Sequence[Hashable]) -> list[list[int]]:
    """Positions of keys that occur more than once."""
    found: dict[Hashable, list[int]] = {}
    for position, key in enumerate(keys):
        found.setdefault(key, []).append(position)
    return [positions for positions in found.values() if len(positions) > 1]
