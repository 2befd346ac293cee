"""A pack: one layer at one revision as a folder of plain files, written once and mapped into memory by every worker.

meta.json            what it is, counts
features.bin         the published features one after another, in the order of their ids
offsets.npy          (n + 1,) int64: where each feature begins in features.bin
ids.txt, search.txt  one line a feature: its id; its name and address folded for searching
pins.npy             (p,) int64: which features have a geometry
lonlat.npy           (p, 2) float64 EPSG:4326, for layers of points only
areas.json           WKB in hex, one a pin, for the other layers
schedules.json       distinct opening schedules, and (n,) which feature has which (-1: none)
layer.geojson[.gz|.br]  the whole public layer as it is sent
"""

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO

import brotli
import numpy as np
import orjson
from shapely import from_wkb, to_wkb
from shapely.geometry import shape

from geo_app.domain.identity import normalise_text
from geo_app.domain.layers import LAYERS, GeometryKind
from geo_app.domain.provenance import NOT_OPEN, Status, Visibility
from geo_app.domain.record import Record
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.published import is_published, published_feature

# A closure without an end: the door of a place that has closed for good, or has not opened yet.
FOR_GOOD = {"first": "0001-01-01", "last": "9999-12-31"}
PACK_FORMAT = 3  # raise it when the files or the published form change: older packs are then made anew
PACK_FILES = (
    "meta.json", "features.bin", "offsets.npy", "ids.txt", "search.txt", "pins.npy", "schedules.json",
    "layer.geojson", "layer.geojson.gz", "layer.geojson.br",
)  # fmt: skip
PLACE_FILES = ("lonlat.npy", "areas.json")
BATCH = 5_000  # records parsed at a time, so that 100,000 stay under a few hundred megabytes
GZIP_LEVEL = 6
GZIP_WINDOW = zlib.MAX_WBITS + 16  # gzip framing with no time in it: equal layers have equal bytes
COMPRESS_BLOCK = 1 << 20
BROTLI_QUALITY = 5  # 11 takes 14.7 s for 10,000 records and saves little


@dataclass(frozen=True, slots=True)
class PackMeta:
    """What a pack holds.

    `real` and `sample` count published records, `counted` those that are only counted, `unlocated` published ones without a pin.
    """

    layer: str
    revision: int
    made_at: str
    real: int
    sample: int
    counted: int
    unlocated: int
    only_points: bool


@dataclass(frozen=True, slots=True)
class PackOrder:
    """What to freeze: a layer at the last revision that touched it, made at `made_at` (ISO with zone)."""

    layer: str
    revision: int
    made_at: str
    aged_after_years: int


def write_pack(folder: Path, order: PackOrder, records: Iterable[Record], dongs: DongFinder) -> PackMeta:
    """Freeze `records` (sorted by id) into `folder`, whole or not at all: it is written beside and renamed."""
    working = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    try:
        meta = _Writer(working, order, dongs).write(records)
        if folder.exists():  # another process made the same pack first; equal input gives equal files
            shutil.rmtree(working)
        else:
            working.rename(folder)
    except BaseException:
        shutil.rmtree(working, ignore_errors=True)
        raise
    return meta


def is_whole(folder: Path) -> bool:
    """True where every file of a pack is there."""
    return all((folder / name).is_file() for name in PACK_FILES) and any((folder / name).is_file() for name in PLACE_FILES)


class _Writer:
    """Streams records into the files of one pack."""

    def __init__(self, folder: Path, order: PackOrder, dongs: DongFinder) -> None:
        self._folder = folder
        self._order = order
        self._dongs = dongs
        self._ids: list[str] = []
        self._search: list[str] = []
        self._offsets: list[int] = [0]
        self._pins: list[int] = []
        self._geometries: list[dict[str, Any]] = []
        self._lonlat: list[tuple[float, float]] = []
        self._only_points = LAYERS[order.layer].geometry is GeometryKind.POINT
        self._schedules: dict[bytes, int] = {}
        self._schedule_of: list[int] = []
        self._counts = {"real": 0, "sample": 0, "counted": 0, "unlocated": 0}

    def write(self, records: Iterable[Record]) -> PackMeta:
        with (self._folder / "features.bin").open("wb") as stream:
            for batch in _batches(records):
                self._write_batch(stream, batch)
        self._write_arrays()
        meta = PackMeta(self._order.layer, self._order.revision, self._order.made_at, only_points=self._only_points, **self._counts)
        (self._folder / "meta.json").write_bytes(json_bytes(asdict(meta)))
        self._write_layer(meta)
        return meta

    def _write_batch(self, stream: BinaryIO, batch: Sequence[Record]) -> None:
        shown = [record for record in batch if is_published(record)]
        self._counts["counted"] += sum(record["visibility"] == Visibility.COUNTED.value for record in batch)
        year = int(self._order.made_at[:4])
        for record, dong in zip(shown, self._dongs.names_of(shown), strict=True):
            feature = published_feature(record, dong=dong, as_of_year=year, aged_after_years=self._order.aged_after_years)
            data = json_bytes(feature)
            stream.write(data)
            self._note(feature, len(data))

    def _note(self, feature: dict[str, Any], length: int) -> None:
        properties = feature["properties"]
        position = len(self._ids)
        self._ids.append(feature["id"])
        self._search.append(search_text(properties))
        self._offsets.append(self._offsets[-1] + length)
        self._schedule_of.append(self._schedule_number(properties))
        self._counts["sample" if properties["status"] == Status.SAMPLE.value else "real"] += 1
        if feature["geometry"] is None:
            self._counts["unlocated"] += 1
            return
        self._pins.append(position)
        if self._only_points:
            lon, lat = feature["geometry"]["coordinates"]
            self._lonlat.append((lon, lat))
        else:
            self._geometries.append(feature["geometry"])

    def _schedule_number(self, properties: dict[str, Any]) -> int:
        said = {name: properties[name] for name in ("hours", "closures", "dated_hours") if properties.get(name)}
        if properties["status"] in NOT_OPEN and LAYERS[self._order.layer].has_hours:
            # Whatever its sign still says: behind this door nobody waits, and every answer about it says so.
            said["closures"] = [FOR_GOOD]
        if not said:
            return -1
        text = json_bytes({"hours": [], "closures": [], **said})
        return self._schedules.setdefault(text, len(self._schedules))

    def _write_arrays(self) -> None:
        folder = self._folder
        np.save(folder / "offsets.npy", np.asarray(self._offsets, dtype=np.int64))
        np.save(folder / "pins.npy", np.asarray(self._pins, dtype=np.int64))
        (folder / "ids.txt").write_text("\n".join(self._ids), encoding="utf-8")
        (folder / "search.txt").write_text("\n".join(self._search), encoding="utf-8")
        if self._only_points:
            np.save(folder / "lonlat.npy", np.asarray(self._lonlat, dtype=np.float64).reshape(-1, 2))
        else:
            (folder / "areas.json").write_text(json.dumps([to_wkb(shape(item), hex=True) for item in self._geometries]), encoding="ascii")
        distinct = [orjson.loads(text) for text in self._schedules]
        (folder / "schedules.json").write_bytes(json_bytes({"distinct": distinct, "of": self._schedule_of}))

    def _write_layer(self, meta: PackMeta) -> None:
        path = self._folder / "layer.geojson"
        with (self._folder / "features.bin").open("rb") as features, path.open("wb") as layer:
            lengths = (end - start for start, end in pairwise(self._offsets))
            layer.writelines(layer_lines(meta, (features.read(length) for length in lengths)))
        gzipper, brotlier = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW), brotli.Compressor(quality=BROTLI_QUALITY)
        _compress(path, path.with_suffix(".geojson.gz"), gzipper.compress, gzipper.flush)
        _compress(path, path.with_suffix(".geojson.br"), brotlier.process, brotlier.finish)


def layer_lines(meta: PackMeta, features: Iterable[bytes]) -> Iterator[bytes]:
    """The whole layer as RFC 7946 GeoJSON, a line a feature: its revision and counts are foreign members."""
    head = {
        "type": "FeatureCollection",
        "layer": meta.layer,
        "revision": meta.revision,
        "as_of": meta.made_at,
        "counts": {"real": meta.real, "sample": meta.sample, "counted": meta.counted, "unlocated": meta.unlocated},
    }
    yield json_bytes(head)[:-1] + b',"features":['
    for number, feature in enumerate(features):
        yield (b",\n" if number else b"\n") + feature
    yield b"\n]}\n"


def _compress(source: Path, target: Path, squeeze: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> None:
    # Block by block: a layer of 100,000 records is 50 MB, and who imports it holds the file's rows beside it.
    with source.open("rb") as plain, target.open("wb") as packed:
        while block := plain.read(COMPRESS_BLOCK):
            packed.write(squeeze(block))
        packed.write(finish())


def json_bytes(value: object) -> bytes:
    """Compact UTF-8 JSON with sorted keys: equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def search_text(properties: dict[str, Any]) -> str:
    """Name and address in one line, NFC, case folded, without spaces: what a typed word is looked for in."""
    return fold_for_search(f"{properties['name']} {properties.get('address', '')}")


def fold_for_search(text: str) -> str:
    """NFC, case folded, white space removed."""
    return normalise_text(text).casefold().replace(" ", "")


def read_areas(folder: Path) -> list[Any]:
    """The geometries of a pack whose pins are not all points, in EPSG:4326."""
    return list(from_wkb(json.loads((folder / "areas.json").read_text(encoding="ascii"))))


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        yield batch
