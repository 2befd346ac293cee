"""A table of items: ready features beside numpy columns, made once and kept as long as the layer is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadArgument
from geo_app.finder.item_columns import Column, build_column, build_columns
from geo_app.finder.item_fields import GEOMETRY_FIELD, LAYER_TIME_FIELDS, Schema, layer_schema
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.pack import json_bytes
from geo_app.spatial.index import SpatialIndex

Positions = NDArray[np.int64]
Window = tuple[float, float, float, float]
DATELINE_DEG: Final = 180.0


class Cabinet:
    """The columns of one table, read from its features when the first of them is asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Mapping[str, Column] | None = None
        self._unplaced: Positions | None = None
        self._words: dict[str, dict[str, str]] = {}

    def columns(self, schema: Schema, read: Callable[[], Iterable[Mapping[str, Any]]]) -> Mapping[str, Column]:
        """All columns by name."""
        with self._lock:
            if self._columns is None:
                self._columns = build_columns(schema, read())
            return self._columns

    def words(self, fold: str) -> dict[str, str]:
        """Words of the table and what a fold makes of them, to be filled by whoever folds: two threads write the same."""
        return self._words.setdefault(fold, {})

    def unplaced(self, count: int, pins: Positions) -> Positions:
        """Those of `count` positions that are no pins, ascending."""
        if self._unplaced is None:
            self._unplaced = np.setdiff1d(np.arange(count), pins, assume_unique=True)
        return self._unplaced


class ItemTable:
    """Features that may be asked for by window, time, properties and filters. Positions count them from 0, in their own order.

    `index` holds those with a geometry (None where the schema has none); `pins` (p,) are their positions, in its order.
    `time_fields`: of these the first that an item has is its time. A table is cheap: what is dear in it is kept in its cabinet.
    """

    def __init__(
        self,
        name: str,
        schema: Schema,
        ids: Sequence[str],
        *,
        find_position: Callable[[str], int | None],
        feature_bytes: Callable[[int], bytes],
        index: SpatialIndex | None,
        pins: Positions,
        cabinet: Cabinet,
        time_fields: tuple[str, ...] = (),
    ) -> None:
        self.name: Final = name
        self.schema: Final = schema
        self.ids: Final = ids
        self.index: Final = index
        self.pins: Final = pins
        self.time_fields: Final = time_fields
        self.position_of: Final = find_position
        self.feature_bytes: Final = feature_bytes
        self._cabinet: Final = cabinet

    def __len__(self) -> int:
        return len(self.ids)

    def feature(self, position: int) -> dict[str, Any]:
        """The feature as a new dict."""
        feature: dict[str, Any] = orjson.loads(self.feature_bytes(position))
        return feature

    def column(self, name: str) -> Column:
        """The column of a field, or of `id`. Raises `BadArgument` where there is no such field."""
        columns = self._columns
        if name not in columns:
            raise BadArgument(name="property", value=name[:80], expected=", ".join(columns))
        return columns[name]

    def geometry(self, position: int) -> BaseGeometry | None:
        """The geometry of an item in EPSG:4326, or None."""
        columns = self._columns
        return columns[GEOMETRY_FIELD].values[position] if GEOMETRY_FIELD in columns else None

    @property
    def _columns(self) -> Mapping[str, Column]:
        return self._cabinet.columns(self.schema, lambda: map(self.feature, range(len(self))))

    def words_kept(self, fold: str) -> dict[str, str]:
        """What was made of words by a fold (`casei`, `accenti`), kept with the columns; it may be added to."""
        return self._cabinet.words(fold)

    def positions_in_window(self, window: Window) -> Positions:
        """Those items whose geometry meets a window of degrees, borders included, ascending; min_lon > max_lon spans the dateline."""
        if self.index is None:
            return np.empty(0, dtype=np.int64)
        west, south, east, north = window
        if west <= east:
            found = self.index.window_positions(west, south, east, north)
        else:
            halves = ((west, south, DATELINE_DEG, north), (-DATELINE_DEG, south, east, north))
            found = np.unique(np.concatenate([self.index.window_positions(*half) for half in halves]))
        return self.pins[found]

    def positions_without_geometry(self) -> Positions:
        """The items that have no geometry, ascending."""
        return self._cabinet.unplaced(len(self), self.pins)


_kept: KeptByLayer[Cabinet] = KeptByLayer()


def table_of_layer(layer: LayerSnapshot) -> ItemTable:
    """The table of a layer; its columns are kept as long as the layer lives."""
    return ItemTable(
        layer.name,
        layer_schema(layer.name),
        layer.ids,
        find_position=layer.find_position,
        feature_bytes=layer.feature_bytes,
        index=layer.index,
        pins=layer.pins,
        # The cabinet alone is kept: a table would hold its layer, and neither would ever go.
        cabinet=_kept.get(layer, (), Cabinet),
        time_fields=LAYER_TIME_FIELDS,
    )


def table_of_features(name: str, features: Sequence[Mapping[str, Any]], schema: Schema, *, time_fields: tuple[str, ...] = ()) -> ItemTable:
    """The table of features made elsewhere: each with a string `id` of its own, `properties`, and a `geometry` that may be None.

    Raises what `SpatialIndex` raises for ids that come twice and geometries that are none.
    """
    ids = [str(feature["id"]) for feature in features]
    ready = [json_bytes(feature) for feature in features]
    positions = {item_id: position for position, item_id in enumerate(ids)}
    has_geometry = any(field.kind == "geometry" for field in schema)
    placed = [(position, feature["geometry"]) for position, feature in enumerate(features) if feature.get("geometry") is not None]
    places = build_column("geometry", [geometry for _, geometry in placed]).values
    return ItemTable(
        name,
        schema,
        ids,
        find_position=positions.get,
        feature_bytes=ready.__getitem__,
        index=SpatialIndex([ids[position] for position, _ in placed], places) if has_geometry else None,
        pins=np.array([position for position, _ in placed] if has_geometry else [], dtype=np.int64),
        cabinet=Cabinet(),
        time_fields=time_fields,
    )
