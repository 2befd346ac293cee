"""The same place twice in one file: the first row stands, the later one is kept out and named."""

from collections.abc import Iterable, Iterator

from geo_app.domain.problem import Problem
from geo_app.ingest.columns import Columns
from geo_app.ingest.identities import place_digest
from geo_app.ingest.refusal import ProblemList
from geo_app.ingest.row import Row


def drop_repeats(rows: Iterable[Row], problems: ProblemList, columns: Columns) -> Iterator[Row]:
    """The rows without those that repeat an earlier one: the same id, the same key of the source, or the same name and address.

    Two rows that each have an id or a key of their own may share name and address: the file says that they are two. What is a repeat
    depends on the file alone and never on the records that are there, so the same file has the same repeats every time.
    """
    seen = _Seen()
    for row in rows:
        fields, earlier = seen.find(row)
        if earlier is None:
            seen.add(row)
            yield row
        else:
            problems.add(_problem(row, earlier, fields, columns))


class _Seen:
    """The first row of each identity. A row stands in up to three tables by what it already holds: no key is made for the look-up."""

    def __init__(self) -> None:
        self._by_id: dict[str, Row] = {}
        self._by_key: dict[str, dict[str, Row]] = {}
        self._by_place: dict[int, Row] = {}

    def find(self, row: Row) -> tuple[tuple[str, ...], Row | None]:
        """The fields that a row shares with an earlier one, and that row."""
        provenance = row.draft.provenance
        if row.site_id is not None and row.site_id in self._by_id:
            return ("id",), self._by_id[row.site_id]
        earlier = self._by_key.get(provenance.source, {}).get(provenance.source_key) if provenance.source_key is not None else None
        if earlier is not None:
            return ("source_key",), earlier
        earlier = self._by_place.get(place_digest(row.draft))
        if earlier is not None and not (_is_identified(row) and _is_identified(earlier)):
            return ("name", "address"), earlier
        return (), None

    def add(self, row: Row) -> None:
        """Takes note of a row that stands."""
        provenance = row.draft.provenance
        if row.site_id is not None:
            self._by_id[row.site_id] = row
        if provenance.source_key is not None:
            self._by_key.setdefault(provenance.source, {})[provenance.source_key] = row
        self._by_place.setdefault(place_digest(row.draft), row)


def _is_identified(row: Row) -> bool:
    return row.site_id is not None or row.draft.provenance.source_key is not None


def _problem(row: Row, earlier: Row, fields: tuple[str, ...], columns: Columns) -> Problem:
    key = {"id": row.site_id, "source_key": row.draft.provenance.source_key}.get(fields[0]) or ""
    if earlier.draft == row.draft:
        code = "duplicate-row"
    elif key:
        code = "duplicate-key"
    else:
        code = "same-name-and-address"
    value = key if code == "duplicate-key" else shown_place(row)
    return Problem(code, line=row.line, column=columns.of(*fields), value=value, details={"first_line": earlier.line, "key": key[:100]})


def shown_place(row: Row) -> str:
    """A row's name and address as a problem shows them."""
    return f"{row.draft.name} · {row.draft.address}" if row.draft.address else row.draft.name
