"""An hours text cut into tokens that know where they stand."""

import re
from enum import Enum, auto
from typing import NamedTuple

from geo_app.domain.hours.refusal import BadHours, Refusal

# The OpenStreetMap data base itself keeps at most 255 characters in a value; twice that leaves room and still bounds the work.
MAX_TEXT_LENGTH = 510


class Kind(Enum):
    """What a token is; `END` stands after the last one."""

    ALWAYS = auto()
    TIME = auto()
    NUMBER = auto()
    WORD = auto()
    MARK = auto()
    END = auto()


class Token(NamedTuple):
    """`text` in lower case; `position` in characters from 1, as an editor shows it."""

    kind: Kind
    text: str
    position: int


_TOKEN = re.compile(
    r"""(?P<space>[ \t\u00a0]+)
      | (?P<always>24/7)
      | (?P<time>[0-9]{1,2}:[0-9]{2}(?![0-9]))
      | (?P<number>[0-9]+)
      | (?P<word>[A-Za-z]+)
      | (?P<fallback>\|\|)
      | (?P<comment>"[^"]*"?)
      | (?P<mark>[,;:+\[\]-])
    """,
    re.VERBOSE,
)
_KINDS = {kind.name.lower(): kind for kind in Kind}
_REFUSED = {"fallback": Refusal.FALLBACK, "comment": Refusal.COMMENT}


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text, `END` last. Raises `BadHours` at the first character that begins none."""
    if len(text) > MAX_TEXT_LENGTH:
        raise BadHours(Refusal.TOO_LONG, position=MAX_TEXT_LENGTH + 1, value=text[:20])
    tokens = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        name = found.lastgroup if found else None
        if found is None or name is None or name in _REFUSED:
            raise BadHours(_REFUSED.get(name or "", Refusal.UNEXPECTED), position=place + 1, value=found[0] if found else text[place])
        if name != "space":
            tokens.append(Token(_KINDS[name], found[0].lower(), place + 1))
        place = found.end()
    return (*tokens, Token(Kind.END, "", len(text) + 1))
