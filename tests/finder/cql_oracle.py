"""A second witness of CQL2: one feature at a time, straight from the JSON of a filter, with nothing of the filter engine in it.

`truth(document, feature)` is True, False or None. Expected of the documents: that they are well-typed.
"""

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shapely.geometry import box, shape

SEOUL = ZoneInfo("Asia/Seoul")
PAST, FUTURE = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1) - timedelta(microseconds=1)


def truth(document, feature):  # noqa: C901, PLR0911 a branch a word of the language
    if isinstance(document, bool):
        return document
    if "property" in document:
        return feature["properties"].get(document["property"])
    name, args = document["op"].lower(), document["args"]
    if name in ("and", "or"):
        said = [truth(part, feature) for part in args]
        decisive = name == "or"
        return decisive if decisive in said else None if None in said else not decisive
    if name == "not":
        said = truth(args[0], feature)
        return None if said is None else not said
    if name == "isnull":
        return value(args[0], feature) is None
    if name == "between":
        return truth({"op": "and", "args": [{"op": ">=", "args": [args[0], args[1]]}, {"op": "<=", "args": [args[0], args[2]]}]}, feature)
    if name == "in":
        return truth({"op": "or", "args": [False, *({"op": "=", "args": [args[0], item]} for item in args[1])]}, feature)
    if name.startswith("t_"):
        return temporal(name, *(value(argument, feature) for argument in args))
    left, right = (value(argument, feature) for argument in args)
    if left is None or right is None:
        return None
    if name.startswith("s_"):
        return getattr(left, name.removeprefix("s_"))(right)
    if name.startswith("a_"):
        left, right = set(left), set(right)
        return {"a_equals": left == right, "a_contains": left >= right, "a_containedby": left <= right, "a_overlaps": bool(left & right)}[
            name
        ]
    return like(left, right) if name == "like" else compared(name, left, right)


def value(document, feature):  # noqa: C901, PLR0911 as above
    """What an operand is: a number, a text, a truth, (start, end, is_day), a list or a geometry; None where it is unknown."""
    if isinstance(document, str):
        return unicodedata.normalize("NFC", document)
    if isinstance(document, bool | int | float):
        return document
    if isinstance(document, list):
        return [value(item, feature) for item in document]
    if "property" in document:
        return own(document["property"], feature)
    if "date" in document or "timestamp" in document:
        return instant(document.get("date") or document["timestamp"])
    if "interval" in document:
        return interval(document["interval"], feature)
    if "bbox" in document:
        return box(*document["bbox"])
    if "type" in document:
        return shape(document)
    name, args = document["op"].lower(), document["args"]
    if name in ("casei", "accenti"):
        text = value(args[0], feature)
        return None if text is None else folded(name, text)
    if name in ("+", "-", "*", "/", "%", "div", "^"):
        return reckoned(name, *(value(argument, feature) for argument in args))
    return truth(document, feature)


def own(name, feature):
    if name == "geometry":
        return feature["geometry"] and shape(feature["geometry"])
    told = feature["properties"].get(name)
    if told is None:
        return None
    if name in ("as_of", "until", "seen_at"):
        return instant(told)
    return value(told, feature) if isinstance(told, str | list) else told


def instant(text):
    if len(text) == len("2026-11-21"):
        start = datetime.combine(date.fromisoformat(text), time(), SEOUL)
        return start, start, True
    start = datetime.fromisoformat(text)
    return start, start, False


def interval(ends, feature):
    told = [(PAST, PAST, None) if end == ".." else value(end, feature) if isinstance(end, dict) else instant(end) for end in ends]
    if None in told:
        return None
    start, end = told
    return start[0], FUTURE if ends[1] == ".." else end[1], end[2] if start[2] is None else start[2]


def temporal(name, a, b):
    if a is None or b is None:
        return None
    if {a[2], b[2]} == {True, False}:
        a, b = ((start, end + DAY if is_day and end != FUTURE else end, is_day) for start, end, is_day in (a, b))
    (a0, a1, _), (b0, b1, _) = a, b
    return {
        "t_after": a0 > b1, "t_before": a1 < b0, "t_disjoint": a0 > b1 or a1 < b0, "t_equals": (a0, a1) == (b0, b1),
        "t_intersects": not (a0 > b1 or a1 < b0), "t_contains": a0 < b0 and b1 < a1, "t_during": b0 < a0 and a1 < b1,
        "t_finishedby": a0 < b0 and a1 == b1, "t_finishes": a0 > b0 and a1 == b1, "t_meets": a1 == b0, "t_metby": a0 == b1,
        "t_overlappedby": b0 < a0 < b1 < a1, "t_overlaps": a0 < b0 < a1 < b1, "t_startedby": a0 == b0 and a1 > b1,
        "t_starts": a0 == b0 and a1 < b1,
    }[name]  # fmt: skip


def compared(name, left, right):
    if isinstance(left, tuple):
        left, right = left[0], right[0]
    return {"=": left == right, "<>": left != right, "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[name]


def like(text, pattern):
    escaped = re.sub(r"\\(.)|(%)|(_)|([^\\%_]+)|(\\)$", _piece, pattern, flags=re.DOTALL)
    return re.fullmatch(escaped, text, re.DOTALL) is not None


def _piece(found):
    taken, percent, underscore, plain, last = found.groups()
    return ".*" if percent else "." if underscore else re.escape(taken or plain or last)


def folded(name, text):
    if name == "casei":
        return unicodedata.normalize("NFC", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)))


def reckoned(name, left, right):
    if left is None or right is None:
        return None
    try:
        outcome = {
            "+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right,
            "%": lambda: math.fmod(left, right), "div": lambda: float(math.trunc(left / right)), "^": lambda: float(left) ** right,
        }[name]()  # fmt: skip
    except (ZeroDivisionError, OverflowError, ValueError):
        return None
    return None if isinstance(outcome, complex) or not math.isfinite(outcome) else outcome
