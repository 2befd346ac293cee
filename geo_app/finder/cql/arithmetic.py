"""The six arithmetic operators on float64: no outcome raises, none grows; what is no finite number is unknown."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _whole_share(left: Any, right: Any) -> Any:
    return np.trunc(np.divide(left, right))


# div is cut towards 0 and % has the sign of the left side, as in SQL: (a div b) * b + a % b = a.
ARITHMETIC: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "div": _whole_share,
    "%": np.fmod,
    "^": np.float_power,
}


def join_arrays(operator: str, left: Floats, right: Floats) -> Floats:
    """(n,) outcomes; NaN or inf where there is none."""
    with np.errstate(all="ignore"):
        joined: Floats = ARITHMETIC[operator](left, right)
    return joined


def join_numbers(operator: str, left: float, right: float) -> float:
    """The outcome of two numbers; NaN or inf where there is none."""
    return float(join_arrays(operator, np.array([left]), np.array([right]))[0])
