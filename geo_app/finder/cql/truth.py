"""Three-valued truth of many items at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """(n,) where a condition is true, and where it is false; it is unknown where it is neither."""

    is_true: Mask
    is_false: Mask

    @classmethod
    def where(cls, held: Mask, known: Mask) -> "Truth":
        """What `held` says where it is known."""
        return cls(held & known, ~held & known)

    @property
    def known(self) -> Mask:
        """(n,) true where it is not unknown."""
        return self.is_true | self.is_false

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(self.is_true & other.is_true, self.is_false | other.is_false)

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(self.is_true | other.is_true, self.is_false & other.is_false)

    def __invert__(self) -> "Truth":
        return Truth(self.is_false, self.is_true)
