"""A file as rows of named cells, whatever its format: what the readers of CSV, XLSX and GeoJSON all give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo_app.domain.problem import Problem
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file writes it. `cells` by header; text, or a JSON value in GeoJSON. `fault` keeps the row out whole.

    `geometry` is the GeoJSON member as parsed; `feature_id` the feature's own id, where the format has them.
    """

    line: int
    cells: Mapping[str, Any]
    geometry: Any = None
    feature_id: str | None = None
    fault: Problem | None = None


@dataclass(slots=True)
class Table:
    """A file's rows, to be read once. `headers` in GeoJSON are the names of all features' properties.

    `encoding` is None for a workbook; `declared_crs` is what the file itself says of its coordinates. `lacks_crs` where it should say
    so and does not: degrees are a guess then too.
    """

    rows: Iterator[RawRow]
    headers: tuple[str, ...] = ()
    encoding: str | None = None
    declared_crs: str | None = None
    has_geometries: bool = False
    lacks_crs: bool = False
    problems: list[Problem] = field(default_factory=list)


def check_headers(headers: Sequence[str], limits: Limits, line: int) -> tuple[str, ...]:
    """The headers without empty ones at the end. Raises `FileRefused` on too many or on two alike."""
    if len(headers) > limits.columns:
        raise FileRefused("too-many-columns", line=line, limit=limits.columns)
    kept = list(headers)
    while kept and not kept[-1]:
        kept.pop()
    for number, header in enumerate(kept):
        if header and header in kept[:number]:
            raise FileRefused("duplicate-header", line=line, column=header)
    if not any(kept):
        raise FileRefused("empty-file")
    return tuple(kept)


def fit_cells(cells: Sequence[str], headers: tuple[str, ...]) -> Mapping[str, str] | None:
    """The cells by header, or None where the row has not as many as the header line (empty ones too many are let pass)."""
    if len(cells) != len(headers):
        if len(cells) < len(headers) or any(cells[len(headers) :]):
            return None
        cells = cells[: len(headers)]
    return dict(zip(headers, cells, strict=True))
