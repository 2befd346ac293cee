"""A layer as a worker holds it: ready bytes, an R-tree over its pins, features read only when asked for."""

import hashlib
import json
import mmap
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from geo_app.domain.errors import UnknownSite
from geo_app.snapshot.opening import OpeningBook
from geo_app.snapshot.pack import PackMeta, fold_for_search, read_areas
from geo_app.spatial.index import SpatialIndex

CODING_FILES: dict[str, str] = {"identity": "layer.geojson", "gzip": "layer.geojson.gz", "br": "layer.geojson.br"}


@dataclass(frozen=True, slots=True)
class ReadyBytes:
    """A layer as it is sent in one content coding. `etag` is quoted, strong, and of these very bytes."""

    data: bytes
    etag: str


class LayerSnapshot:
    """One layer at one revision. Positions count features in the order of their ids; `pins[i]` is the position of the i-th pin."""

    def __init__(self, folder: Path) -> None:
        self.meta = PackMeta(**json.loads((folder / "meta.json").read_text(encoding="utf-8")))
        self.name = self.meta.layer
        self.ids: list[str] = _lines(folder / "ids.txt")
        self.pins: NDArray[np.int64] = np.load(folder / "pins.npy")
        self._offsets: NDArray[np.int64] = np.load(folder / "offsets.npy")
        self._features = _map_file(folder / "features.bin")
        self._search = _lines(folder / "search.txt")
        pin_ids = [self.ids[position] for position in self.pins]
        geometries = np.load(folder / "lonlat.npy") if self.meta.only_points else read_areas(folder)
        self.index = SpatialIndex(pin_ids, geometries)
        self.ready = {coding: _ready(folder / name) for coding, name in CODING_FILES.items()}
        # Everything is read now: from here on the pack may be deleted under us.
        self._schedules = (folder / "schedules.json").read_bytes()

    def __len__(self) -> int:
        """How many published records."""
        return len(self.ids)

    @cached_property
    def opening(self) -> OpeningBook:
        """The opening schedules; distinct ones are kept once."""
        stored = orjson.loads(self._schedules)
        return OpeningBook(stored["distinct"], stored["of"])

    @cached_property
    def _position_by_id(self) -> dict[str, int]:
        return {site_id: position for position, site_id in enumerate(self.ids)}

    def find_position(self, site_id: str) -> int | None:
        """Where that id stands, or None."""
        return self._position_by_id.get(site_id)

    def get_feature(self, site_id: str) -> dict[str, Any]:
        """The published feature. Raises `UnknownSite`."""
        position = self.find_position(site_id)
        if position is None:
            raise UnknownSite(layer=self.name, id=site_id)
        return self.feature(position)

    def feature_bytes(self, position: int) -> bytes:
        """The feature's JSON as it stands in the layer."""
        return self._features[self._offsets[position] : self._offsets[position + 1]]

    def feature(self, position: int) -> dict[str, Any]:
        """The feature as a new dict."""
        feature: dict[str, Any] = orjson.loads(self.feature_bytes(position))
        return feature

    def search(self, text: str) -> list[int]:
        """Positions whose name or address holds `text`, case and spaces folded, in the order of ids; an empty text finds all."""
        wanted = fold_for_search(text)
        return [position for position, line in enumerate(self._search) if wanted in line]


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return text.split("\n") if text else []


def _map_file(path: Path) -> bytes | mmap.mmap:
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _ready(path: Path) -> ReadyBytes:
    data = path.read_bytes()
    return ReadyBytes(data, f'"{hashlib.sha256(data).hexdigest()}"')
