"""The streets of a revision: their stored form in the ledger, and their pack, a folder of plain arrays that workers map into memory.

Stored: canonical JSON `{"meta": {…}, "arrays": text}`, where the text is base64 of a zlib stream of the arrays one after another, each
a line of JSON (name, type, shape) and its bytes. Coordinates are stored as whole 1e-7 degrees (1 cm, what OpenStreetMap itself keeps),
each as the step from the one before it: a third of the size of plain numbers.
Pack: `meta.json` and one `.npy` an array; a revision that removed the streets has a `meta.json` holding null and nothing else.
"""

import base64
import binascii
import json
import os
import shutil
import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.errors import BadRecord
from geo_app.domain.record import COORDINATE_DECIMALS, canonical_json
from geo_app.travel.streets import ARRAYS, Streets

STREETS: Final = "streets"  # the collection in the ledger
NETWORK: Final = "network"  # its only key
STREET_FORMAT: Final = 1  # raise it when the files of a pack change: older packs are then made anew
META_FILE: Final = "meta.json"
UNITS_PER_DEGREE: Final = 10**COORDINATE_DECIMALS
MOST_BYTES: Final = 1 << 30  # unpacked; a district has some ten million
_ZLIB_LEVEL = 6  # level 9 saves 3 % and takes eight times as long
_Arrays = Mapping[str, NDArray[Any]]


def street_body(streets: Streets, meta: Mapping[str, Any]) -> str:
    """What the ledger keeps: coordinates rounded to 1e-7 degrees, and in the meta the `digest` of the streets as they are stored."""
    plain = _pack(streets.arrays())
    packed = base64.b64encode(zlib.compress(plain, _ZLIB_LEVEL)).decode("ascii")
    return canonical_json({"meta": {**meta, "digest": Streets.from_arrays(_unpack(plain)).digest}, "arrays": packed})


def read_street_meta(body: str) -> dict[str, Any]:
    """What a stored network says of itself. Raises `BadRecord`."""
    return dict(_parse(body)["meta"])


def read_street_body(body: str) -> tuple[Streets, dict[str, Any]]:
    """The network that the ledger keeps, and what it says of itself. Raises `BadRecord`, `BadStreets`."""
    stored = _parse(body)
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(base64.b64decode(stored["arrays"], validate=True), MOST_BYTES)
    except (binascii.Error, zlib.error) as fault:
        raise BadRecord(id=NETWORK, field="arrays", reason=str(fault)) from fault
    if not unpacker.eof:
        raise BadRecord(id=NETWORK, field="arrays", reason="length")
    streets = Streets.from_arrays(_unpack(plain))
    if streets.digest != stored["meta"].get("digest"):
        raise BadRecord(id=NETWORK, field="digest", reason="another network")
    return streets, dict(stored["meta"])


def write_street_pack(folder: Path, body: str | None, revision: int) -> None:
    """Freeze the streets that revision `revision` wrote (None: it removed them) into `folder`, whole or not at all."""
    working = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    try:
        meta = None
        if body is not None:
            streets, said = read_street_body(body)
            meta = {**said, "revision": revision}
            for name, array in streets.arrays().items():
                np.save(working / f"{name}.npy", array)
        (working / META_FILE).write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        if not folder.exists():  # else another process made the same pack first
            working.rename(folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def is_whole_street_pack(folder: Path) -> bool:
    """True where every file of a pack is there."""
    try:
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return meta is None or all((folder / f"{name}.npy").is_file() for name in ARRAYS)


class StreetPack:
    """The streets as a worker holds them. The files are mapped now, and read only where somebody asks."""

    def __init__(self, folder: Path) -> None:
        self.meta: Mapping[str, Any] | None = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
        # Mapped now: from here on the pack may be deleted under us.
        self._arrays = {} if self.meta is None else {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}

    @cached_property
    def streets(self) -> Streets | None:
        """The network, the same object each time; None where the revision has none."""
        return Streets.from_arrays(self._arrays) if self._arrays else None


def _parse(body: str) -> dict[str, Any]:
    stored = json.loads(body)
    if not isinstance(stored, dict) or not isinstance(stored.get("meta"), dict) or not isinstance(stored.get("arrays"), str):
        raise BadRecord(id=NETWORK, field="body", reason="form")
    return stored


def _pack(arrays: _Arrays) -> bytes:
    parts: list[bytes] = []
    for name, array in arrays.items():
        stored = _steps(array) if name.endswith("_lonlat") else array
        parts.append(canonical_json({"name": name, "dtype": stored.dtype.str, "shape": list(stored.shape)}).encode() + b"\n")
        parts.append(np.ascontiguousarray(stored).tobytes())
    return b"".join(parts)


def _unpack(data: bytes) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    place = 0
    try:
        while place < len(data):
            end = data.index(b"\n", place)
            head = json.loads(data[place:end])
            count = int(np.prod(head["shape"]))
            stored = np.frombuffer(data, dtype=np.dtype(head["dtype"]), count=count, offset=end + 1).reshape(head["shape"])
            place = end + 1 + stored.nbytes
            arrays[head["name"]] = _from_steps(stored) if head["name"].endswith("_lonlat") else stored
    except (ValueError, KeyError, TypeError) as fault:
        raise BadRecord(id=NETWORK, field="arrays", reason=str(fault)) from fault
    return arrays


def _steps(lonlat: NDArray[np.float64]) -> NDArray[np.int32]:
    units = np.rint(lonlat * UNITS_PER_DEGREE).astype(np.int64)
    # A step of half the globe wraps round in 32 bits, and wraps back when it is summed.
    steps: NDArray[np.int32] = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype("<i4")
    return steps


def _from_steps(steps: NDArray[np.int32]) -> NDArray[np.float64]:
    units = np.cumsum(steps, axis=0, dtype=np.int32)
    lonlat: NDArray[np.float64] = units.astype(np.float64) / UNITS_PER_DEGREE
    return lonlat
