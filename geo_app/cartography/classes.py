"""Classes of a choropleth: where one colour ends and the next begins, and which colours, on the map, in the strip and in print.

A scale with k colours has k − 1 breaks; class i holds the values above break i − 1 up to and with break i. What is not known (NaN) and
what cannot be reached (infinity) is in no class: `NO_CLASS`, drawn hatched, never as a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import jenkspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

NO_CLASS = -1
CLASS_COUNT = 5
# Minutes that planners talk about; the last class is farther than the last break.
MINUTE_BREAKS = (5.0, 10.0, 15.0, 20.0, 30.0)
# The same in every hour and for every question, so that two weeks can be laid side by side; finest where nights are: far below the half.
SHARE_BREAKS = (0.1, 0.2, 0.4, 0.7)
# Cividis in five and six steps: one hue axis (blue to yellow) that people with red-green blindness see alike, and lightness that rises
# evenly, so that grey print keeps the order. Source: Nuñez, Anderton and Renslow 2018, doi:10.1371/journal.pone.0199239. The middle of
# the five is taken a little lighter than the original (#7C7B78), on which neither white nor ink can be read at 4.5:1.
DARK_TO_LIGHT_5 = ("#00204D", "#414D6B", "#8C8775", "#C4B66A", "#FFEA46")
DARK_TO_LIGHT_6 = ("#00204D", "#31446B", "#666970", "#958F78", "#CBBA69", "#FFEA46")
INK_ON_LIGHT, INK_ON_DARK = "#1B1F24", "#FFFFFF"
# Figures on the five, in their order.
INKS_5 = (INK_ON_DARK, INK_ON_DARK, INK_ON_LIGHT, INK_ON_LIGHT, INK_ON_LIGHT)


@dataclass(frozen=True, slots=True)
class ClassScale:
    """Upper ends of all classes but the last, ascending, and a colour `#RRGGBB` a class. Raises `ValueError` where they do not fit."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.colours) != len(self.breaks) + 1 or list(self.breaks) != sorted(set(self.breaks)):
            raise ValueError(self.breaks)

    def classes_of(self, values: ArrayLike) -> NDArray[np.int8]:
        """The class of each value, `NO_CLASS` where it is not a finite number. Same shape as `values`.

        >>> WALK_MINUTES.classes_of([0, 5, 5.1, 90, float("inf")]).tolist()
        [0, 0, 1, 5, -1]
        """
        numbers = np.asarray(values, dtype=np.float64)
        found = np.searchsorted(np.asarray(self.breaks), numbers, side="left")
        return np.where(np.isfinite(numbers), found, NO_CLASS).astype(np.int8)

    def counts(self, values: ArrayLike) -> tuple[int, ...]:
        """How many values are in each class, those in none left out."""
        classes = self.classes_of(values)
        return tuple(int(count) for count in np.bincount(classes[classes != NO_CLASS].ravel(), minlength=len(self.colours)))


# Near is light and far is dark: what is left in the dark is what the planner looks for.
WALK_MINUTES = ClassScale(MINUTE_BREAKS, DARK_TO_LIGHT_6[::-1])
SHARES = ClassScale(SHARE_BREAKS, DARK_TO_LIGHT_5)


def natural_scale(values: ArrayLike, class_count: int = CLASS_COUNT) -> ClassScale:
    """Natural breaks (Fisher–Jenks) of the positive finite values; the most is the darkest. Fewer classes where there are fewer values.

    Zero and less are nobody: left out here, blank on the map. Source: W. D. Fisher 1958, doi:10.1080/01621459.1958.10501479.

    >>> natural_scale([1, 1, 2, 50, 51, 52], 2).breaks
    (2.0,)
    """
    numbers = np.asarray(values, dtype=np.float64).ravel()
    kept = numbers[np.isfinite(numbers) & (numbers > 0)]
    distinct = np.unique(kept)
    if len(distinct) < 2:  # noqa: PLR2004 one value makes one class
        return ClassScale((), pick_colours(1))
    bounds = jenkspy.jenks_breaks(kept, n_classes=min(class_count, len(distinct)))
    # Ties can make two bounds equal: a class that nothing can be in is no class.
    inner = tuple(float(value) for value in np.unique(bounds[1:-1]) if value < distinct[-1])
    return ClassScale(inner, pick_colours(len(inner) + 1))


def pick_colours(class_count: int) -> tuple[str, ...]:
    """So many of the five colours, light to dark, as far apart as can be. 1 to 5; raises `ValueError` beyond."""
    if not 1 <= class_count <= CLASS_COUNT:
        raise ValueError(class_count)
    light_to_dark = DARK_TO_LIGHT_5[::-1]
    places: Sequence[int] = np.linspace(0, CLASS_COUNT - 1, class_count).round().astype(int).tolist()
    return tuple(light_to_dark[place] for place in places)
