"""What a picture of the map is drawn from: places with their states, borders, complexes, and every text already in its language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

OPEN, CLOSED, UNKNOWN, WITHOUT_HOURS = "open", "closed", "unknown", "none"
STATES = (OPEN, UNKNOWN, CLOSED, WITHOUT_HOURS)
SAMPLE, ROUGH = "sample", "rough"


class Theme(StrEnum):
    """Colours as the device of whoever looks has them, or always light, or always dark."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A place; `lonlat` in EPSG:4326, None where nobody knows it. `state`: one of `STATES`; `is_rough`: somewhere in a dong or complex."""

    layer: str
    lonlat: tuple[float, float] | None = None
    state: str = WITHOUT_HOURS
    is_sample: bool = False
    is_rough: bool = False
    is_registered: bool = False
    is_recruiting: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DrawnArea:
    """A dong with its border in EPSG:4326; the chosen one is what the picture is about."""

    name: str
    area: BaseGeometry
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DrawnComplex:
    """An industrial complex, EPSG:4326: its border, or its point and its area in square metres, drawn as a circle of that area."""

    name: str
    place: BaseGeometry
    area_m2: float = 0.0


@dataclass(frozen=True, slots=True)
class PictureWords:
    """Every text of a picture. `legend` has a word for each layer, each of `STATES` but the last, `SAMPLE` and `ROUGH`.

    `time` says when the states hold; `band` is a warning or empty; `note` tells how many places are not in the picture, `{count}`
    standing for the number. `selection` says which places alone are shown, `empty` that there is none; both may be empty. Of the title and
    the warning shorter forms follow in `short_titles` and `short_bands`, the longest first, for pictures without room for the whole one.
    """

    lang: str
    title: str
    time: str
    attribution: str
    legend: Mapping[str, str]
    note: str
    band: str = ""
    is_other_time: bool = False
    selection: str = ""
    empty: str = ""
    short_titles: Sequence[str] = ()
    short_bands: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture of `width_px` × `height_px`. `bounds_lonlat` (min_lon, min_lat, max_lon, max_lat) is shown without areas."""

    width_px: int
    height_px: int
    theme: Theme
    words: PictureWords
    bounds_lonlat: tuple[float, float, float, float]
    areas: Sequence[DrawnArea] = ()
    complexes: Sequence[DrawnComplex] = ()
    places: Sequence[DrawnPlace] = ()
