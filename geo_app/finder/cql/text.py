"""The text encoding of CQL2 (OGC 21-065, annex B), turned into the JSON encoding.

Written here and not taken from the `cql2` package: its grammar tries again from the start of every bracket, so that twenty of them
with a slip of the pen inside take it five seconds, forty for ever, and ten thousand kill the process. This one reads each word once.
Precedence, from the weakest: or, and, not, comparisons, + -, * / % div, ^ (from the right), sign.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from geo_app.finder.cql.tokens import Cursor
from geo_app.finder.cql.wkt import is_geometry, read_geometry

_COMPARISONS: Final = ("=", "<>", "<", ">", "<=", ">=")
_RESERVED: Final = ("AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV")
_TIMES: Final = ("DATE", "TIMESTAMP")
_OPERAND: Final = "a property, a value, a function or ("


def document_of(text: str) -> Any:
    """The JSON form of a CQL2 text. Raises `BadFilter` with the position of the first word that may not stand where it stands."""
    cursor = Cursor(text)
    document = _either(cursor)
    if cursor.word.kind != "end":
        raise cursor.fault("AND, OR, a comparison or the end")
    return document


def _either(cursor: Cursor) -> Any:
    parts = [_both(cursor)]
    while cursor.has_taken("OR"):
        parts.append(_both(cursor))
    return parts[0] if len(parts) == 1 else {"op": "or", "args": parts}


def _both(cursor: Cursor) -> Any:
    parts = [_negated(cursor)]
    while cursor.has_taken("AND"):
        parts.append(_negated(cursor))
    return parts[0] if len(parts) == 1 else {"op": "and", "args": parts}


def _negated(cursor: Cursor) -> Any:
    count = 0
    while cursor.has_taken("NOT"):
        count += 1
    document = _predicate(cursor)
    for _ in range(count):
        document = _not(document)
    return document


def _predicate(cursor: Cursor) -> Any:
    left = _sum(cursor)
    if cursor.is_at(*_COMPARISONS):
        return {"op": cursor.take().written, "args": [left, _sum(cursor)]}
    if cursor.has_taken("IS"):
        is_negated = cursor.has_taken("NOT")
        cursor.expect("NULL")
        document = {"op": "isNull", "args": [left]}
        return _not(document) if is_negated else document
    is_negated = cursor.has_taken("NOT")
    if cursor.is_at("LIKE", "BETWEEN", "IN"):
        document = {"op": cursor.word.keyword.lower(), "args": [left, *_further(cursor)]}
        return _not(document) if is_negated else document
    if is_negated:
        raise cursor.fault("LIKE, BETWEEN or IN")
    return left


def _further(cursor: Cursor) -> list[Any]:
    """What stands behind LIKE, BETWEEN or IN."""
    keyword = cursor.take().keyword
    if keyword == "LIKE":
        return [_sum(cursor)]
    if keyword == "BETWEEN":
        least = _sum(cursor)
        cursor.expect("AND")
        return [least, _sum(cursor)]
    return [_array(cursor, at_least=1)]


def _sum(cursor: Cursor) -> Any:
    document = _product(cursor)
    while cursor.is_at("+", "-"):
        document = {"op": cursor.take().written, "args": [document, _product(cursor)]}
    return document


def _product(cursor: Cursor) -> Any:
    document = _power(cursor)
    while cursor.is_at("*", "/", "%", "DIV"):
        document = {"op": cursor.take().keyword.lower(), "args": [document, _power(cursor)]}
    return document


def _power(cursor: Cursor) -> Any:
    base = _signed(cursor)
    if not cursor.has_taken("^"):
        return base
    with cursor.deeper():
        return {"op": "^", "args": [base, _power(cursor)]}


def _signed(cursor: Cursor) -> Any:
    sign = 1.0
    while cursor.is_at("-", "+"):
        sign = -sign if cursor.take().written == "-" else sign
    document = _operand(cursor)
    if sign > 0:
        return document
    is_number = isinstance(document, float)
    return -document if is_number else {"op": "*", "args": [-1.0, document]}


def _operand(cursor: Cursor) -> Any:
    word = cursor.word
    if cursor.has_taken("("):
        with cursor.deeper():
            document = _either(cursor)
        cursor.expect(")")
        return document
    if word.kind == "number":
        return cursor.take_number()
    if word.kind in _READ:
        return _READ[word.kind](cursor.take().written)
    if word.kind != "name" or word.keyword in _RESERVED:
        raise cursor.fault(_OPERAND)
    if is_geometry(cursor):
        return read_geometry(cursor)
    return _called(cursor) if cursor.word_after.written == "(" else _named(cursor)


def _named(cursor: Cursor) -> Any:
    word = cursor.take()
    return word.keyword == "TRUE" if word.keyword in ("TRUE", "FALSE") else {"property": word.written}


def _called(cursor: Cursor) -> Any:
    name = cursor.take().written
    with cursor.deeper():
        if name.upper() in _TIMES:
            return {name.lower(): _quoted_argument(cursor)}
        if name.upper() == "INTERVAL":
            return {"interval": _array(cursor, at_least=2)}
        return {"op": name.lower(), "args": _array(cursor, holds_arrays=name.lower().startswith("a_"))}


def _quoted_argument(cursor: Cursor) -> Any:
    cursor.expect("(")
    if cursor.word.kind != "text":
        raise cursor.fault("'…'")
    written = cursor.take().written
    cursor.expect(")")
    return _text(written)


def _array(cursor: Cursor, *, at_least: int = 0, holds_arrays: bool = False) -> list[Any]:
    """What stands between brackets, by commas. Brackets within are an array where one may stand, else they only group."""
    cursor.expect("(")
    listed: list[Any] = []
    while not cursor.is_at(")") or len(listed) < at_least:
        if listed:
            cursor.expect(",")
        listed.append(_array(cursor) if holds_arrays and cursor.is_at("(") else _either(cursor))
    cursor.expect(")")
    return listed


def _not(document: Any) -> dict[str, Any]:
    return {"op": "not", "args": [document]}


def _text(written: str) -> str:
    return written[1:-1].replace("\\'", "'").replace("''", "'")


def _quoted(written: str) -> dict[str, str]:
    return {"property": written[1:-1]}


_READ: Final[Mapping[str, Callable[[str], Any]]] = {"text": _text, "quoted": _quoted}
