"""Which column is which: the headers of Korean public data, of our own exports and of common English files."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geo_app.domain.layers import AMENITIES, Layer
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.header_words import AMENITY_FLAGS, COMPUTED, CORE_WORDS, FIELD_WORDS

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_DROPPED = re.compile(r"[\s_\-.·/:()（）\[\]]+")
_EPSG = re.compile(r"epsg\D{0,3}(\d{4})", re.IGNORECASE)
_DAY_HOURS = re.compile(r"(평일|토요일|일요일|주말|공휴일)(?:운영|이용|영업|개방)?(시작|종료)?(?:시각|시간)")
_WKT_PIECE = re.compile(r"geometrywkt([2-9]|[1-9]\d{1,2})")  # a long outline goes on in further columns (`exports.columns`)
_COORDINATE_WORDS = frozenset(
    re.sub(r"[\s_()]+", "", word).casefold() for name in ("lon", "lat", "geometry_wkt") for word in (name, *CORE_WORDS[name])
)
_WKT = "geometry_wkt"
_DAYS = {"평일": "weekday", "토요일": "saturday", "일요일": "sunday", "주말": "weekend", "공휴일": "holiday"}
_ENDS = {"시작": "from", "종료": "until", None: "text"}


@dataclass(frozen=True, slots=True)
class HeaderMap:
    """`mapping`: header → our field, in the file's order. `ignored`: headers that mean nothing here. `crs`: what a header says of it.

    A field is `lon`, `lat`, `geometry_wkt`, a common one (`name`, `address` …), one of the layer's own, `amenities.<code>` for a
    yes-or-no column, `geometry_wkt.<n>` for the n-th piece of an outline, or `hours.<day>.<from|until|text>` for the start, the end or
    the text of that day's hours.
    """

    mapping: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    crs: str | None = None

    def find_header(self, name: str) -> str | None:
        """The header of a field, or None."""
        return next((header for header, mapped in self.mapping.items() if mapped == name), None)

    @property
    def fields(self) -> frozenset[str]:
        """All fields that the file has a column for."""
        return frozenset(self.mapping.values())

    def without_coordinates(self) -> "HeaderMap":
        """The same for a file with geometries of its own: columns that repeat the coordinates are not read, and not worth a word."""
        pieces = list_pieces(self.fields)
        mapping = {header: name for header, name in self.mapping.items() if name not in ("lon", "lat", *pieces)}
        ignored = tuple(header for header in self.ignored if fold_header(header) not in _COORDINATE_WORDS)
        return HeaderMap(mapping, ignored, None)

    def problems(self) -> Iterable[Problem]:
        """One warning for each column that is left out."""
        return [Problem("column-ignored", Severity.WARNING, column=header) for header in self.ignored]


def map_headers(headers: Sequence[str], layer: Layer) -> HeaderMap:
    """The map of a file's headers for a layer. Of two columns for one field the better name wins, then the first; the other is ignored."""
    words = _layer_words(layer)
    found = [(header, _find_field(header, words)) for header in headers]
    winners: dict[str, tuple[int, str]] = {}
    for header, match in found:
        if match is not None and (match[0] not in winners or match[1] < winners[match[0]][0]):
            winners[match[0]] = (match[1], header)
    mapping = {header: match[0] for header, match in found if match is not None and winners[match[0]][1] == header}
    ignored = tuple(header for header in headers if header and header not in mapping and fold_header(header) not in COMPUTED)
    return HeaderMap(mapping, ignored, _declared_crs(mapping))


def list_pieces(fields: Iterable[str]) -> list[str]:
    """The fields that together hold an outline as well-known text, in order.

    >>> list_pieces(["name", "geometry_wkt.10", "geometry_wkt.2", "geometry_wkt"])
    ['geometry_wkt', 'geometry_wkt.2', 'geometry_wkt.10']
    """
    return sorted((name for name in fields if name.startswith(_WKT)), key=lambda name: int(name.partition(".")[2] or 1))


def fold_header(header: str) -> str:
    """A header without case, spaces, brackets and joining marks.

    >>> fold_header(" Y좌표 (위도)"), fold_header("RN_DTL_ADRES"), fold_header("forDisabled")
    ('y좌표위도', 'rndtladres', 'fordisabled')
    """
    return _DROPPED.sub("", unicodedata.normalize("NFC", header).casefold())


def _layer_words(layer: Layer) -> dict[str, tuple[str, int]]:
    """Folded word → (field, rank); rank 0 is our own name for it."""
    words: dict[str, tuple[str, int]] = {}
    own = {item.name: FIELD_WORDS.get(item.name, ()) for item in layer.fields}
    # The layer's own fields come first: 단지명 is the complex of a shelter, and the name of a complex.
    for name, synonyms in (*own.items(), *CORE_WORDS.items()):
        for rank, word in enumerate((name, *synonyms)):
            words.setdefault(fold_header(word), (name, rank))
    if layer.find_field("amenities"):
        for word, code in AMENITY_FLAGS.items():
            words.setdefault(fold_header(word), (f"amenities.{code}", 1))
        for code in AMENITIES:
            words.setdefault(fold_header(f"amenities.{code}"), (f"amenities.{code}", 0))
    return words


def _find_field(header: str, words: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """The field and its rank: by the whole header, by what stands outside its brackets, by what stands inside them."""
    folded = fold_header(header)
    day = _DAY_HOURS.fullmatch(folded)
    if day:
        return f"hours.{_DAYS[day[1]]}.{_ENDS[day[2]]}", 1
    if piece := _WKT_PIECE.fullmatch(folded):
        return f"{_WKT}.{piece[1]}", 0
    outside = fold_header(_BRACKETED.sub("", header))
    inside = [fold_header(part) for part in _BRACKETED.findall(header)]
    return next((words[key] for key in (folded, outside, *inside) if key in words), None)


def _declared_crs(mapping: dict[str, str]) -> str | None:
    found = {f"EPSG:{code}" for header, name in mapping.items() if name in ("lon", "lat") for code in _EPSG.findall(header)}
    return found.pop() if len(found) == 1 else None
