"""The layer's own fields of a row, parsed: numbers are numbers, dates ISO strings, choices codes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from geo_app.domain.layers import Field, FieldKind, Layer
from geo_app.ingest.cell_values import BadCell, parse_date, parse_integer, parse_json, parse_number, parse_url
from geo_app.ingest.choice_words import find_boolean, find_choice
from geo_app.ingest.row_cells import NOTE_CHARS, TEXT_CHARS, URL_CHARS, RowCells
from geo_app.ingest.structures import check_structure

_LIST_JOINTS = re.compile(r"[,;/·|\n]+")
_LONG_FIELDS = frozenset({"note", "effect", "eligibility", "entry_note"})
# An unknown word for one of these is told and left out; the row is right without it.
_FORGIVING = frozenset({"entry"})
OTHER = "other"


def read_attributes(cells: RowCells, fields: Sequence[Field], flags: Sequence[str]) -> dict[str, Any]:
    """The layer's fields that the row fills; `flags` are the amenities with a yes-or-no column. Each bad cell is listed in `cells`."""
    found: dict[str, Any] = {}
    for field in fields:
        try:
            value = _read_field(cells, field)
        except BadCell as fault:
            cells.fail(field.name, fault)
            continue
        if value not in ("", None, [], {}):
            found[field.name] = value
    if flags:
        amenities = list(found.get("amenities", ()))
        amenities += [code for code in flags if code not in amenities and _is_flagged(cells, f"amenities.{code}")]
        if amenities:
            found["amenities"] = amenities
    _warn_of_purchase(cells, found)
    return found


def _warn_of_purchase(cells: RowCells, found: Mapping[str, Any]) -> None:
    # The two cannot both hold; which does is for the place to say, so the row stands as it is written.
    if found.get("entry") == "purchase-expected" and "no-purchase" in found.get("amenities", ()):
        cells.warn("purchase-told-twice", "entry")


def read_kind(cells: RowCells, layer: Layer) -> str | None:
    """The code of the row's kind. Raises `BadCell` where the word is none; a layer with a kind `other` takes it as that, with a warning."""
    text = cells.text("kind")
    if not text:
        return None
    kind = find_choice(text, layer.name, layer.kinds)
    if kind is None and OTHER in layer.kinds:
        cells.warn("kind-taken-as-other", "kind", text, known=", ".join(layer.kinds))
        return OTHER
    return _known("kind", text, kind, layer.kinds)


def read_choice(cells: RowCells, name: str, codes: tuple[str, ...]) -> str | None:
    """The code of a closed choice, or None for an empty cell. Raises `BadCell`."""
    text = cells.text(name)
    if not text:
        return None
    code = find_choice(text, name, codes)
    if code is None and name in _FORGIVING:
        cells.warn("choice-ignored", name, text, known=", ".join(codes))
        return None
    return _known(name, text, code, codes)


def _known(name: str, text: str, code: str | None, codes: Sequence[str]) -> str:
    if code is None:
        raise BadCell("unknown-choice", text, field=name, known=", ".join(codes))
    return code


def _read_field(cells: RowCells, field: Field) -> Any:
    if field.kind is FieldKind.CHOICE:
        return read_choice(cells, field.name, field.choices)
    if field.kind is FieldKind.CHOICES:
        return _read_choices(cells, field)
    if field.kind is FieldKind.JSON:
        raw = cells.raw(field.name)
        return check_structure(field.name, parse_json(raw)) if raw not in ("", None) else None
    if field.kind is FieldKind.TEXT:
        is_long = field.name in _LONG_FIELDS
        return cells.text(field.name, NOTE_CHARS if is_long else TEXT_CHARS, keeps_lines=is_long)
    text = cells.text(field.name, URL_CHARS)
    return _parse(field.kind, text) if text else None


def _parse(kind: FieldKind, text: str) -> Any:
    if kind is FieldKind.INTEGER:
        return parse_integer(text)
    if kind is FieldKind.NUMBER:
        return parse_number(text)
    if kind is FieldKind.DATE:
        return parse_date(text).isoformat()
    if kind is FieldKind.URL:
        return parse_url(text)
    answer = find_boolean(text)
    if answer is None:
        raise BadCell("unknown-choice", text, field="boolean", known="예, 아니오")
    return answer


def _read_choices(cells: RowCells, field: Field) -> list[str]:
    raw = cells.raw(field.name)
    words = [str(item) for item in raw] if isinstance(raw, list) else _LIST_JOINTS.split(cells.text(field.name))
    codes: list[str] = []
    for word in words:
        code = find_choice(word, field.name, field.choices) if word.strip() else None
        if code is None and word.strip():
            cells.warn("choice-ignored", field.name, word.strip(), known=", ".join(field.choices))
        elif code is not None and code not in codes:
            codes.append(code)
    return codes


def _is_flagged(cells: RowCells, name: str) -> bool:
    """True for yes, and for a count above 0. A word that is neither is told and left out."""
    try:
        text = cells.text(name)
        answer = find_boolean(text) if text else False
        return parse_integer(text) > 0 if answer is None else answer
    except BadCell as fault:
        cells.warn("choice-ignored", name, fault.value, known="예, 아니오")
        return False
