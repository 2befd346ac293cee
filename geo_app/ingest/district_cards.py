"""The card beside each data file: what it is, whose it is, under which licence, made when and how, with its SHA-256."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from geo_app.domain.errors import GeoAppError

CARD_SUFFIX = ".card.toml"
# Codes of what may travel with this project. "facts": names, dates, counts and codes, which nobody's licence binds.
OPEN_LICENCES = {
    "KOGL-1": "https://www.kogl.or.kr/info/license.do",
    "NGII-unrestricted": "",
    "MIT": "https://opensource.org/license/mit",
    "facts": "",
}
_DIGEST_LINE = re.compile(r'^digest = "[^"]*"$', re.MULTILINE)


class BadCard(GeoAppError):
    """A card is missing or lacks something. Values: `file`, `reason`."""

    code: ClassVar[str] = "bad-card"


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader must know before using the file. `data_date` is the data's own day, year or span; `digest` is "sha256:<hex>"."""

    title: str
    producer: str
    licence: str
    data_date: str
    made_on: date
    digest: str
    command: str
    notes: str
    licence_url: str = ""


def card_path(path: Path) -> Path:
    """Where the card of that file lies."""
    return path.with_name(path.name + CARD_SUFFIX)


def file_digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, as "sha256:<hex>"."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def list_data_files(folder: Path) -> list[Path]:
    """The files of the folder that need a card, by name: all but the cards and hidden files."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith(CARD_SUFFIX)
    ]


def write_card(path: Path, *, made_on: date, **members: str) -> Card:
    """The card of `path`, written beside it. A card whose digest still fits keeps its day, so that making a file again changes nothing."""
    digest, target = file_digest(path), card_path(path)
    if target.exists() and read_card(path).digest == digest:
        made_on = read_card(path).made_on
    card = Card(made_on=made_on, digest=digest, licence_url=OPEN_LICENCES[members["licence"]], **members)
    lines = [f"{name} = {_toml_value(value)}\n" for name, value in _members(card) if value != ""]
    target.write_text("".join(lines), encoding="utf-8")
    return card


def read_card(path: Path) -> Card:
    """The card of a data file. Raises `BadCard`."""
    target = card_path(path)
    if not target.exists():
        raise BadCard(file=path.name, reason="no card")
    try:
        return Card(**tomllib.loads(target.read_text(encoding="utf-8")))
    except (TypeError, tomllib.TOMLDecodeError) as fault:
        raise BadCard(file=path.name, reason=str(fault)) from fault


def stamp_cards(folder: Path) -> list[Path]:
    """The cards whose digest no longer fitted, corrected: for files kept by hand. Raises `BadCard` where a file has no card."""
    stamped = []
    for path in list_data_files(folder):
        if read_card(path).digest != file_digest(path):
            target = card_path(path)
            target.write_text(_DIGEST_LINE.sub(f'digest = "{file_digest(path)}"', target.read_text(encoding="utf-8")), encoding="utf-8")
            stamped.append(target)
    return stamped


def _members(card: Card) -> Iterator[tuple[str, Any]]:
    for item in fields(card):
        yield item.name, getattr(card, item.name)


def _toml_value(value: str | date) -> str:
    # A JSON string is a TOML basic string.
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
