"""The marks of the map: shape first, colour second, word third.

One table for every surface. Shapes are SVG path data in a box of 32 × 32 units with their middle at (16, 16); `half` is the left half
of `outline`, for a state nobody knows. `static/css/tokens.css` carries the same colours (a test compares them).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

GROUND_LIGHT = "#F6F5F1"
GROUND_DARK = "#12161C"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a layer is drawn. `word` is a message id; `glyph` is a line drawing inside the outline, or empty; colours are `#RRGGBB`."""

    layer: str
    word: str
    outline: str
    half: str
    glyph: str
    colour_light: str
    colour_dark: str
    is_area: bool = False


_TABLE = (
    Mark(
        "shelters", "Shelters",
        "M16 3a13 13 0 1 0 0 26a13 13 0 1 0 0-26z", "M16 3a13 13 0 1 0 0 26z",
        "M10 11.5h9.5v6.5a4 4 0 0 1-4 4h-1.5a4 4 0 0 1-4-4zM19.5 13.5h1.2a2.3 2.3 0 0 1 0 4.6h-1.2",
        "#D55E00", "#F0781E",
    ),
    Mark(
        "village-jobs", "Village jobs",
        "M16 2l14 14l-14 14l-14-14z", "M16 2v28l-14-14z", "",
        "#009E73", "#1FB88C",
    ),
    Mark(
        "improved-companies", "Improved companies",
        "M5 5h22v22h-22z", "M5 5h11v22h-11z", "",
        "#0072B2", "#3D9BD8",
    ),
    Mark(
        "industrial-complexes", "Industrial complexes",
        "M9 5h14l6 11l-6 11h-14l-6-11z", "M9 5h7v22h-7l-6-11z", "M8 21l9-13M14 24l10-14",
        "#56606B", "#9AA6B2", is_area=True,
    ),
    Mark(
        "public-facilities", "Public facilities",
        "M16 5l12 22h-24z", "M16 5v22h-12z", "",
        "#6B7280", "#A3ABB8",
    ),
)  # fmt: skip

MARKS: Mapping[str, Mark] = MappingProxyType({mark.layer: mark for mark in _TABLE})


@dataclass(frozen=True, slots=True)
class MarkState:
    """A way a mark can look: the class names that the style sheet knows, the layer it is explained with, and its word (a message id)."""

    classes: str
    layer: str
    word: str


LEGEND: tuple[MarkState, ...] = (
    MarkState("is-open", "shelters", "Open: filled"),
    MarkState("is-closed", "shelters", "Closed: hollow"),
    MarkState("is-unknown", "shelters", "Not certain that it is open, or hours unknown: half, with a question mark"),
    MarkState("is-open is-registered", "shelters", "For registered people only: a small key"),
    MarkState("is-recruiting", "village-jobs", "Recruiting now: a dot"),
    MarkState("is-sample", "shelters", "Sample, made up: broken edge"),
    MarkState("is-range", "improved-companies", "Rough place only: dashed ring"),
    MarkState("", "industrial-complexes", "Industrial complex: dashed outline, a rough extent"),
)
