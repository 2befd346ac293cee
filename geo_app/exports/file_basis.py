"""What a table's figures rest on, in the reader's words: the last columns of a CSV file, and the sheet of notes of a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from geo_app.domain.hours import seoul_time
from geo_app.exports.columns import LIST_JOINT, Cell
from geo_app.exports.coverage_query import week_question
from geo_app.exports.demand_text import demand_text
from geo_app.exports.tables import Column
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.question import CoverageQuestion
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import DISTANCE_WORDS
from geo_app.wording.labels import choice_label, label
from geo_app.wording.plan_terms import WAY_WORDS
from geo_app.wording.question_terms import BASIS_WORDS, CELL_WORDS, TRUTH_WORDS

_MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class FileBasis:
    """The question of a table and what answered it.

    `demand` and `distance_kind` are None where a table counts nobody and measures no way. `conditions`: further ones, a sentence each.
    `is_week`: the table is of the whole week that holds `at`.
    """

    question: CoverageQuestion
    revision: int
    demand: DemandInfo | None
    distance_kind: str | None
    conditions: Sequence[str] = ()
    is_week: bool = False


def basis_cells(basis: FileBasis, words: Words) -> dict[str, Cell]:
    """The basis by the names of `BASIS_WORDS`, what says nothing left out; the revision stands last."""
    told: dict[str, Cell] = {"asked_at": _moment(basis, words)}
    if basis.distance_kind is not None:
        told["mode"] = label(words, WAY_WORDS, basis.question.mode.value)
        told["minutes"] = _plain(basis.question.minutes)
    if basis.demand is not None:
        told["demand"] = demand_text(basis.demand, words)
    if basis.distance_kind is not None:
        told["distance_kind"] = words(DISTANCE_WORDS[basis.distance_kind])
    return {**told, "conditions": LIST_JOINT.join(basis.conditions), "revision": basis.revision}


def basis_columns(basis: FileBasis, words: Words) -> tuple[tuple[Column, Cell], ...]:
    """The same as columns with their cell, equal in every row: a CSV file is passed on without anything beside it."""
    return tuple((Column(f"basis_{name}", words(BASIS_WORDS[name])), cell) for name, cell in basis_cells(basis, words).items())


def told_basis(basis: FileBasis, made_at: datetime, words: Words, *, title: str, **further: str) -> tuple[tuple[str, Cell], ...]:
    """(name, value) lines in the reader's language for a sheet of notes. `further`: lines by names of `BASIS_WORDS`."""
    told = basis_cells(basis, words)
    revision = told.pop("revision")
    told = {
        "title": title,
        "layer": choice_label(words, "layer", basis.question.layer),
        **told,
        **further,
        "revision": revision,
        "made_at": seoul_time(made_at).strftime(_MOMENT),
    }
    return tuple((words(BASIS_WORDS[name]), cell) for name, cell in told.items() if cell not in ("", None))


def value_labels(column: str, words: Words) -> MappingProxyType[Cell, str]:
    """Words for the codes of a column, by its name: yes and no, the state of a door, how one enters, layers and units."""
    if column.startswith(("is_", "has_")):
        return MappingProxyType({value: words(text) for value, text in TRUTH_WORDS.items()})
    return MappingProxyType({code: words(text) for code, text in CELL_WORDS.get(column, {}).items()})


def _moment(basis: FileBasis, words: Words) -> str:
    if basis.is_week:
        return words("the week from {monday}", monday=week_question(basis.question).at.strftime(_MOMENT))
    return basis.question.at.strftime(_MOMENT)


def _plain(minutes: float) -> int | float:
    return int(minutes) if minutes == int(minutes) else minutes
