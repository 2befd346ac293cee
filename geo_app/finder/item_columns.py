"""Columns of a table of items as numpy arrays: what filters, sorting and property filters are judged on."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape

from geo_app.domain.calendar import SEOUL
from geo_app.finder.item_fields import ID_FIELD, ItemField, ItemKind

Mask = NDArray[np.bool_]

DAY_US: Final = 86_400_000_000
# A day begins at midnight in Seoul, nine hours before UTC (as since 1961, but for two summers).
_SEOUL_US: Final = 9 * 3_600_000_000
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One field of all items. `known`: (n,) true where there is a value; `values` (n,) means nothing elsewhere.

    string    int32 places in `words`: the distinct values, NFC, in the order of their code points
    array     int32 places in `words`: the distinct sets of strings
    integer, number  float64    boolean  bool    geometry  shapely geometries in EPSG:4326    object  bool
    date, datetime   int64 microseconds since 1970 in UTC; a day is its first instant in Seoul
    """

    kind: ItemKind
    values: NDArray[Any]
    known: Mask
    words: Sequence[Any] = ()


def build_columns(fields: Iterable[ItemField], features: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
    """A column a field, by name, and `id`. A value that is not of the field's kind counts as absent."""
    listed = (*(item for item in fields if item.name != ID_FIELD), ItemField(ID_FIELD, "string"))
    names = [item.name for item in listed[:-1] if item.kind != "geometry"]
    found: dict[str, list[Any]] = {item.name: [] for item in listed}
    shapes = next((found[item.name] for item in listed if item.kind == "geometry"), [])
    for feature in features:
        properties = feature["properties"]
        for name in names:
            found[name].append(properties.get(name))
        shapes.append(feature.get("geometry"))
        found[ID_FIELD].append(feature["id"])
    return {item.name: build_column(item.kind, found[item.name]) for item in listed}


def build_column(kind: ItemKind, values: Sequence[Any]) -> Column:
    """The column of (n,) JSON values, None where an item has none."""
    return _BUILDERS[kind](kind, values)


def nfc(text: str) -> str:
    """The text in composed form: a Mac writes Hangul in parts."""
    return unicodedata.normalize("NFC", text)


def day_us(day: date) -> int:
    """The first instant of a day in Seoul, in microseconds since 1970 in UTC."""
    return (day.toordinal() - _EPOCH_DAY) * DAY_US - _SEOUL_US


def instant_us(at: datetime) -> int:
    """Microseconds since 1970 in UTC; a time without a zone is told in Seoul."""
    return ((at if at.tzinfo else at.replace(tzinfo=SEOUL)) - _EPOCH) // _MICROSECOND


def _coded(kind: ItemKind, values: Sequence[Any]) -> Column:
    read = [nfc(value) if isinstance(value, str) else None for value in values]
    return _places(kind, read, sorted({value for value in read if value is not None}))


def _sets(kind: ItemKind, values: Sequence[Any]) -> Column:
    read = [frozenset(nfc(str(item)) for item in value) if isinstance(value, list) else None for value in values]
    return _places(kind, read, list(dict.fromkeys(value for value in read if value is not None)))


def _places(kind: ItemKind, values: Sequence[Any], words: Sequence[Any]) -> Column:
    place = {word: number for number, word in enumerate(words)}
    codes = np.fromiter((-1 if value is None else place[value] for value in values), dtype=np.int32, count=len(values))
    return Column(kind, np.maximum(codes, 0), codes >= 0, words)


def _numbers(kind: ItemKind, values: Sequence[Any]) -> Column:
    is_number = (isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    read = np.array([float(value) if is_one else np.nan for value, is_one in zip(values, is_number, strict=True)], dtype=np.float64)
    return Column(kind, read, np.isfinite(read))


def _flags(kind: ItemKind, values: Sequence[Any]) -> Column:
    return Column(kind, np.array([value is True for value in values], dtype=np.bool_), _mask(isinstance(value, bool) for value in values))


def _days(kind: ItemKind, values: Sequence[Any]) -> Column:
    return _instants(kind, values, lambda text: day_us(date.fromisoformat(text)))


def _times(kind: ItemKind, values: Sequence[Any]) -> Column:
    return _instants(kind, values, lambda text: instant_us(datetime.fromisoformat(text)))


def _instants(kind: ItemKind, values: Sequence[Any], read: Callable[[str], int]) -> Column:
    known = {text: _readable(text, read) for text in set(filter(_is_text, values))}
    instants = [known.get(value) if isinstance(value, str) else None for value in values]
    return Column(kind, np.array([instant or 0 for instant in instants], dtype=np.int64), _mask(item is not None for item in instants))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _readable(text: str, read: Callable[[str], int]) -> int | None:
    try:
        return read(text)
    except ValueError:
        return None


def _shapes(kind: ItemKind, values: Sequence[Any]) -> Column:
    read = np.empty(len(values), dtype=object)
    points = [number for number, value in enumerate(values) if value is not None and value["type"] == "Point"]
    read[points] = shapely.points(np.array([values[number]["coordinates"][:2] for number in points], dtype=np.float64).reshape(-1, 2))
    for number, value in enumerate(values):
        if value is not None and value["type"] != "Point":
            read[number] = shape(value)
    return Column(kind, read, _mask(value is not None for value in values))


def _there(kind: ItemKind, values: Sequence[Any]) -> Column:
    known = _mask(value is not None for value in values)
    return Column(kind, known, known)


def _mask(truths: Iterable[bool]) -> Mask:
    return np.fromiter(truths, dtype=np.bool_)


_BUILDERS: Final[Mapping[ItemKind, Callable[[ItemKind, Sequence[Any]], Column]]] = {
    "string": _coded,
    "integer": _numbers,
    "number": _numbers,
    "boolean": _flags,
    "date": _days,
    "datetime": _times,
    "array": _sets,
    "object": _there,
    "geometry": _shapes,
}
