"""Records of a file's source that the file does not hold: named one by one, closed where the file is the whole source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.row import Row

_MOST_NAMED = 100


@dataclass(slots=True)
class Missing:
    """Ids of the records that no row met: `absent` stay as they are, `closed` are closed. `is_refused`: nothing may be applied."""

    absent: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    is_refused: bool = False
    problems: list[Problem] = field(default_factory=list)


class Completeness:
    """Keeps, of all open records, those that the file could miss: of the order's source, and of sources that its rows name."""

    def __init__(self, source: str, rows: Sequence[Row]) -> None:
        self._source = source
        self._row_count = len(rows)
        self._row_sources = {row.draft.provenance.source for row in rows}
        self._own: dict[str, str] = {}
        self._named: dict[str, tuple[str, str]] = {}
        self._others: Counter[str] = Counter()

    def add(self, record_id: str, record: Mapping[str, Any]) -> None:
        """Takes note of an open record."""
        source = record["provenance"].get("source")
        if source == self._source:
            self._own[record_id] = record["name"]
        elif source in self._row_sources:
            self._named[record_id] = (record["name"], source)

    def count_other(self, row: Row, other: str) -> None:
        """Takes note of a row that met another source's record, unless the row itself names its source."""
        if row.draft.provenance.source == self._source:
            self._others[other] += 1

    def settle(self, spared: set[str], *, is_complete: bool, kept_out: int) -> Missing:
        """What is missing. `spared`: records that rows met, or may have meant; `kept_out`: rows that an error keeps out.

        Where most rows meet records of one other source the file was imported under a wrong name, and its vanished records could not
        be known: a warning, and an error for a file that is said to be whole. With rows kept out nothing is closed either.
        """
        found = Missing()
        self._say_other_source(found, is_complete=is_complete)
        missing = {record_id: name for record_id, name in self._own.items() if record_id not in spared}
        if is_complete and not found.is_refused and not kept_out:
            found.closed = list(missing)
            found.problems += _named("closed-record", {record_id: (name, self._source) for record_id, name in missing.items()})
        else:
            found.absent = list(missing)
            found.problems += _named("absent-record", {record_id: (name, self._source) for record_id, name in missing.items()})
        if is_complete:
            # Rows that name sources of their own: those sources' missing records are not the order's to close, but never passed over.
            others = {record_id: told for record_id, told in self._named.items() if record_id not in spared}
            found.absent += others
            found.problems += _named("absent-record", others)
            if kept_out:
                found.problems.append(Problem("complete-with-errors", details={"count": kept_out}))
        return found

    def _say_other_source(self, found: Missing, *, is_complete: bool) -> None:
        other, count = next(iter(self._others.most_common(1)), ("", 0))
        if count * 2 > self._row_count:
            found.is_refused = is_complete
            named = f'"{other}"' if " " in other else other  # as it is typed behind --source
            told: dict[str, str | int | float] = {"source": self._source, "other": named, "count": count, "rows": self._row_count}
            severity = Severity.ERROR if is_complete else Severity.WARNING
            found.problems.append(Problem("other-source-likely", severity, details=told))
        elif count and is_complete and not self._own:
            found.problems.append(Problem("nothing-to-close", Severity.WARNING, details={"source": self._source}))


def _named(code: str, missing: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """One warning a record, so that nobody has to look for them; the rest of a long list is counted."""
    shown = list(missing.items())[:_MOST_NAMED]
    problems = [
        Problem(code, Severity.WARNING, value=name, details={"id": record_id, "name": name, "source": source})
        for record_id, (name, source) in shown
    ]
    rest = len(missing) - len(shown)
    return [*problems, Problem("more-missing", Severity.WARNING, details={"count": rest, "code": code})] if rest else problems
