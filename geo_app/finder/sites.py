"""Places in a window, in an area, by a word: paged, in the order of (layer, id)."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SitesQuestion:
    """Every condition that is given must hold. `window_lonlat` is (min_lon, min_lat, max_lon, max_lat); `within` is in EPSG:4326.

    A place without a pin answers a word but never a window or an area.
    """

    layers: tuple[str, ...]
    text: str = ""
    window_lonlat: tuple[float, float, float, float] | None = None
    within: BaseGeometry | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SitesPage:
    """One page of (layer, position) pairs, and how many match in all."""

    found: Sequence[tuple[LayerSnapshot, int]]
    matched_count: int


def find_sites(snapshot: Snapshot, question: SitesQuestion) -> SitesPage:
    """The page asked for. Raises `UnknownLayer`, `BadArgument` for a window with min above max, `BadGeometry`."""
    found: list[tuple[LayerSnapshot, int]] = []
    for name in question.layers:
        layer = snapshot.get_layer(name)
        found += [(layer, position) for position in _positions(layer, question)]
    return SitesPage(found[question.offset : question.offset + question.limit], len(found))


def _positions(layer: LayerSnapshot, question: SitesQuestion) -> list[int]:
    kept: set[int] | None = None
    if question.window_lonlat is not None:
        kept = _pin_positions(layer, layer.index.window(*question.window_lonlat))
    if question.within is not None:
        inside = _pin_positions(layer, layer.index.intersecting(question.within))
        kept = inside if kept is None else kept & inside
    if question.text or kept is None:
        named = layer.search(question.text)
        return named if kept is None else [position for position in named if position in kept]
    return sorted(kept)


def _pin_positions(layer: LayerSnapshot, ids: Sequence[str]) -> set[int]:
    positions = (layer.find_position(site_id) for site_id in ids)
    return {position for position in positions if position is not None}
