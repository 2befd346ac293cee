"""The same place twice in one file: the first row stands, the later one is kept out and named."""

from collections.abc import Iterable, Iterator

from shapely.geometry import Point

from geo_app.domain.identity import match_key
from geo_app.domain.problem import Problem
from geo_app.domain.site import SiteDraft
from geo_app.ingest.refusal import ProblemList
from geo_app.ingest.row import Row

_SAME_PLACE_DECIMALS = 4  # degrees: about 10 m


def drop_repeats(rows: Iterable[Row], problems: ProblemList) -> Iterator[Row]:
    """The rows without those that repeat an earlier one: the same id, the same key of the source, or the same name and address.

    Two rows with keys of their own may share name and address: the source says that they are two.
    """
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        identity = row_identity(row)
        earlier = first.setdefault(identity, row)
        if earlier is row:
            yield row
        else:
            code = (
                "duplicate-row" if earlier.draft == row.draft else ("duplicate-key" if identity[0] != "name" else "same-name-and-address")
            )
            problems.add(
                Problem(code, line=row.line, value=_shown(row.draft), details={"first_line": earlier.line, "key": str(identity[-1])[:100]})
            )


def row_identity(row: Row) -> tuple[object, ...]:
    """What makes this row this place within its file."""
    draft = row.draft
    if row.site_id is not None:
        return "id", row.site_id
    if draft.provenance.source_key is not None:
        return "key", draft.provenance.source, draft.provenance.source_key
    return "name", _place(draft), match_key(draft.name, draft.address)


def _place(draft: SiteDraft) -> tuple[float, float] | None:
    """Where it is, for a name without an address: two shops of one chain are two."""
    if draft.address or not isinstance(draft.geometry, Point):
        return None
    return round(draft.geometry.x, _SAME_PLACE_DECIMALS), round(draft.geometry.y, _SAME_PLACE_DECIMALS)


def _shown(draft: SiteDraft) -> str:
    return f"{draft.name} · {draft.address}" if draft.address else draft.name
