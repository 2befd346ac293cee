"""What a file says of a place laid over what is known of it: a source replaces what it said itself, and only adds to what others said."""

from dataclasses import fields, replace
from typing import Any

from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.site import SiteDraft
from geo_app.ingest.hours_merging import add_hours, edit_hours, replace_hours

_PROVENANCE = tuple(item.name for item in fields(Provenance))
# Whose record it is. A file that does not name the source cannot change these, even of a record that it names by our id.
_IDENTITY = frozenset({"source", "source_key"})


def merge_draft(before: SiteDraft, row: SiteDraft, carried: frozenset[str] | None, *, is_named: bool = False) -> SiteDraft:
    """The record's draft with what its row tells. `carried`: the parts that the file speaks of; None for all. `is_named`: by our id.

    A row of the record's own source replaces what the file carries; an empty cell of a column that is there empties the field, and a
    row without coordinates leaves the place where it was, unless it says itself how precise that is. So does a row that names the
    record by our id, an edit: the record stays its source's, unless the file has a column for that, and hours say who told them. A
    row of another source that met an open record by name replaces nothing: name, place, kind, status, key, days and licence rest on
    the record's own source. It fills what is missing, and its hours stand as a further statement. A closed record that it meets
    comes back, and rests on the row's source from then on: status never outlives its evidence.
    """
    if row.provenance.source == before.provenance.source:
        return _replaced(before, row, carried)
    if is_named and carried is not None and "source" not in carried:
        return _edited(before, row, carried)
    if is_named or before.status is Status.CLOSED:
        return replace(_replaced(before, row, carried), status=row.status)
    return _added(before, row, carried)


def _replaced(before: SiteDraft, row: SiteDraft, carried: frozenset[str] | None) -> SiteDraft:
    provenance = _merge_provenance(before.provenance, row.provenance, carried)
    if carried is None:
        return replace(row, provenance=provenance)
    parts = _replaced_parts(before, row, carried)
    if "hours" in carried:
        parts["hours"] = replace_hours(before, row)
    return replace(before, provenance=provenance, **parts)


def _edited(before: SiteDraft, row: SiteDraft, carried: frozenset[str]) -> SiteDraft:
    kept = {name: getattr(before.provenance, name) for name in _PROVENANCE if name in _IDENTITY or name not in carried}
    parts = _replaced_parts(before, row, carried)
    if "hours" in carried:
        parts["hours"] = edit_hours(before, row)
    return replace(before, provenance=replace(row.provenance, **kept), **parts)


def _added(before: SiteDraft, row: SiteDraft, carried: frozenset[str] | None) -> SiteDraft:
    parts: dict[str, Any] = {"kind": before.kind or (row.kind if carried is None or "kind" in carried else None)}
    if before.geometry is None and row.geometry is not None:
        parts |= {"geometry": row.geometry, "precision": row.precision}
    if carried is None or "hours" in carried:
        parts["hours"] = add_hours(before, row)
    return replace(
        before, **parts,
        closures=(*before.closures, *(closure for closure in row.closures if closure not in before.closures)),
        dated_hours=(*before.dated_hours, *(dated for dated in row.dated_hours if dated not in before.dated_hours)),
        attributes=_filled_attributes(before, row),
    )  # fmt: skip


def _replaced_parts(before: SiteDraft, row: SiteDraft, carried: frozenset[str]) -> dict[str, Any]:
    told = ("kind", "visibility", "address", "closures", "dated_hours")
    parts: dict[str, Any] = {name: getattr(row, name) for name in told if name in carried}
    if "status" in carried or before.status is Status.CLOSED:
        parts["status"] = row.status
    if row.geometry is not None:
        parts |= {"geometry": row.geometry, "precision": row.precision}
    elif "precision" in carried and not (row.precision is Precision.NONE and before.precision is Precision.NONE):
        # A record of no precision is published without its coordinates, and comes back without them.
        parts |= {"geometry": None, "precision": row.precision}
    attributes = {name: value for name, value in before.attributes.items() if name not in carried}
    attributes |= {name: value for name, value in row.attributes.items() if name in carried}
    return {**parts, "name": row.name, "attributes": attributes}


def _merge_provenance(before: Provenance, row: Provenance, carried: frozenset[str] | None) -> Provenance:
    """The row's source; its key, page and days where the file has them, else the record's where the source is the same.

    A key is never emptied: without it the next row with the key would be another place.
    """
    if row.source != before.source:
        return row
    kept = {name: getattr(before, name) for name in _PROVENANCE if carried is not None and name not in carried}
    return replace(row, **{**kept, "source_key": row.source_key or before.source_key})


def _filled_attributes(before: SiteDraft, row: SiteDraft) -> dict[str, Any]:
    """The record's attributes, those it lacks from the row, and of lists of codes both."""
    filled = dict(before.attributes)
    for name, value in row.attributes.items():
        held = filled.setdefault(name, value)
        if isinstance(held, list) and isinstance(value, list):
            filled[name] = [*held, *(item for item in value if item not in held)]
    return filled
