"""What a file says of a place laid over what is known of it: only what the file speaks of is replaced."""

from dataclasses import fields, replace
from typing import Any

from geo_app.domain.provenance import Provenance
from geo_app.domain.site import HoursStatement, SiteDraft

_PROVENANCE = tuple(item.name for item in fields(Provenance))


def merge_draft(before: SiteDraft, row: SiteDraft, carried: frozenset[str] | None) -> SiteDraft:
    """The record's draft with the parts that the file carries taken from its row (None: all parts).

    An empty cell of a column that is there empties the field; a row without coordinates leaves the place where it was, unless it
    says itself how precise that is. The source becomes the file's; hours of other sources stay beside the row's own.
    """
    if carried is None:
        return row
    parts: dict[str, Any] = {name: getattr(row, name) for name in ("kind", "visibility", "address", "closures") if name in carried}
    if "status" in carried or before.status.value == "closed":
        parts["status"] = row.status
    if row.geometry is not None:
        parts |= {"geometry": row.geometry, "precision": row.precision}
    elif "precision" in carried:
        parts |= {"geometry": None, "precision": row.precision}
    if "hours" in carried:
        parts["hours"] = _merge_hours(before, row)
    return replace(
        before, name=row.name, **parts,
        attributes={name: value for name, value in before.attributes.items() if name not in carried}
        | {name: value for name, value in row.attributes.items() if name in carried},
        provenance=_merge_provenance(before.provenance, row.provenance, carried),
    )  # fmt: skip


def _merge_provenance(before: Provenance, row: Provenance, carried: frozenset[str]) -> Provenance:
    """The row's source; its key, page and days where the file has them, else the record's where the source is the same."""
    if row.source != before.source:
        return row
    kept = {name: getattr(before, name) for name in _PROVENANCE if name not in carried}
    return replace(row, **kept)


def _merge_hours(before: SiteDraft, row: SiteDraft) -> tuple[HoursStatement, ...]:
    """The statements of other sources, then the row's. A row that names sources itself speaks for all of them."""
    own = row.provenance.source
    if any(statement.source not in (None, own) for statement in row.hours):
        return row.hours
    others = []
    for statement in before.hours:
        source = statement.source or before.provenance.source
        if source != own:
            others.append(statement if statement.source else replace(statement, source=source))
    return (*others, *row.hours)
