"""What several sources say about one place's hours, side by side: each speaks for itself, and nobody for another."""

from collections.abc import Iterable
from dataclasses import replace

from geo_app.domain.identity import normalise_text
from geo_app.domain.site import HoursStatement, SiteDraft

Statements = tuple[HoursStatement, ...]


def replace_hours(before: SiteDraft, row: SiteDraft) -> Statements:
    """The row's statements and those of other sources. A row that names sources itself speaks for all of them."""
    own = row.provenance.source
    if _names_sources(row):
        return row.hours
    others = (_labelled(statement, before.provenance.source) for statement in before.hours if _teller(statement, before) != own)
    return _ordered(before, [*row.hours, *others], own)


def add_hours(before: SiteDraft, row: SiteDraft) -> Statements:
    """The record's statements, and of the row's those that differ from them, under the row's source; its earlier ones go."""
    kept = [statement for statement in before.hours if _teller(statement, before) != row.provenance.source]
    told = [_signed(statement, row) for statement in row.hours]
    return _ordered(before, [*kept, *(item for item in told if not _is_said(item, kept))], before.provenance.source)


def edit_hours(before: SiteDraft, row: SiteDraft) -> Statements:
    """The row's statements in the place of the record's own: one that says the same stays as it was, the others are the row's source's."""
    speakers = {before.provenance.source, row.provenance.source}
    told = [_find_same(statement, before.hours) or _signed(statement, row) for statement in row.hours]
    third = [item for item in before.hours if _teller(item, before) not in speakers and item not in told]
    return _ordered(before, told if _names_sources(row) else [*told, *third], before.provenance.source)


def _ordered(before: SiteDraft, statements: list[HoursStatement], own: str) -> Statements:
    """The record's order where nothing differs, so that two sources in turn change nothing; else the own statements first."""
    if len(statements) == len(before.hours) and all(statement in before.hours for statement in statements):
        return before.hours
    return tuple(sorted(statements, key=lambda statement: statement.source not in (None, own)))


def _names_sources(row: SiteDraft) -> bool:
    return any(statement.source not in (None, row.provenance.source) for statement in row.hours)


def _teller(statement: HoursStatement, before: SiteDraft) -> str:
    return statement.source or before.provenance.source


def _labelled(statement: HoursStatement, source: str) -> HoursStatement:
    return statement if statement.source else replace(statement, source=source)


def _signed(statement: HoursStatement, row: SiteDraft) -> HoursStatement:
    """A statement that stands in another source's record: with its own source, page and day."""
    told = row.provenance
    return replace(
        statement,
        source=statement.source or told.source,
        source_url=statement.source_url or told.source_url,
        as_of=statement.as_of or told.as_of,
    )


def _find_same(statement: HoursStatement, known: Iterable[HoursStatement]) -> HoursStatement | None:
    same = (item for item in known if statement.source in (None, item.source) and _says(item) == _says(statement))
    return next(same, None)


def _is_said(statement: HoursStatement, known: Iterable[HoursStatement]) -> bool:
    return any(_says(item) == _says(statement) for item in known)


def _says(statement: HoursStatement) -> tuple[str, str | None, str | None]:
    return statement.opening_hours or normalise_text(statement.text), statement.on_holidays, statement.alert
