"""Two answers to one question, before and after changes: what differs, who gains and who loses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo_app.planning.answers import AreaShare, CoverageAnswer, FloatArray, WeekAnswer


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One area in both answers."""

    before: AreaShare
    after: AreaShare

    @property
    def share_change(self) -> float | None:
        """After less before, −1 … 1; None where either is not known."""
        return None if self.before.share is None or self.after.share is None else self.after.share - self.before.share

    @property
    def served_change(self) -> float | None:
        """How much more of the demand is served, in its unit; None where its amount is not known."""
        return None if self.before.covered is None or self.after.covered is None else self.after.covered - self.before.covered


@dataclass(frozen=True, slots=True)
class Comparison:
    """`gained`: demand that only the second answer serves; `lost`: that only the first does; both ≥ 0, in the demand's unit.

    Areas with the greatest gain first, the greatest loss last, equal ones by name; those without a known change at the end.
    """

    before: CoverageAnswer
    after: CoverageAnswer
    gained: float
    lost: float
    by_dong: tuple[AreaChange, ...]
    by_complex: tuple[AreaChange, ...]


def compare_answers(before: CoverageAnswer, after: CoverageAnswer) -> Comparison:
    """What the second differs in from the first; both must be of one question on one world, but for the changes."""
    weight = before.cell_weight
    return Comparison(
        before,
        after,
        gained=float(weight[after.cell_covered & ~before.cell_covered].sum()),
        lost=float(weight[before.cell_covered & ~after.cell_covered].sum()),
        by_dong=_changes(before.by_dong, after.by_dong),
        by_complex=_changes(before.by_complex, after.by_complex),
    )


def hour_changes(before: WeekAnswer, after: WeekAnswer) -> FloatArray:
    """(168,) shares after less before, NaN in hours without demand."""
    return np.asarray(after.shares - before.shares, dtype=np.float64)


def _changes(before: Sequence[AreaShare], after: Sequence[AreaShare]) -> tuple[AreaChange, ...]:
    found = {item.key: item for item in after}
    changes = [AreaChange(item, found[item.key]) for item in before if item.key in found]
    return tuple(sorted(changes, key=_order))


def _order(change: AreaChange) -> tuple[bool, float, str, str]:
    gain = change.served_change if change.served_change is not None else change.share_change
    return gain is None, -(gain or 0.0), change.before.name, change.before.key
