"""Dated closures and dated hours as people write them in a cell: `2026-12-01~2026-12-03 공사; 2026-12-31 정리`."""

import re
from typing import Any

from geo_app.ingest.cell_values import BadCell, parse_date, parse_json

_DAY = r"\d{4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}\s*[.일]?|\d{8}"
_SPAN = r"\d{1,2}:\d{2}\s*[-~∼〜～]\s*\d{1,2}:\d{2}"
_ITEM = re.compile(rf"({_DAY})(?:\s*[-–~∼〜～]\s*({_DAY}))?(?:\s+(\S.*))?", re.ASCII | re.DOTALL)
_TIMES = re.compile(rf"({_SPAN}(?:\s*,\s*{_SPAN})*)(?:\s+(\S.*))?", re.ASCII | re.DOTALL)
_TILDE = re.compile(r"[~∼〜～]")
# A reason that still holds days or times is a form that was not understood: to keep it as words would shut one day in the place of five.
_UNREAD = re.compile(rf"{_DAY}|\d{{1,2}}:\d{{2}}|\d\s*시|^[-–~∼〜～,]|\d{{1,2}}\s*월\s*\d|까지", re.ASCII)


def load_items(raw: Any, code: str, *, has_times: bool) -> Any:
    """The items of a cell, for `read_closures` or (`has_times`) `read_dated_hours`: JSON as our export writes it, or plain text.

    Raises `BadCell`: `bad-json`, or `code` where a piece of plain text has not its form.

    >>> load_items("2026-12-31 09:00~12:00 단축", "bad-dated-hours", has_times=True)
    [{'first': '2026-12-31', 'last': '2026-12-31', 'times': '09:00-12:00', 'reason': '단축'}]
    """
    if not isinstance(raw, str) or raw.lstrip()[:1] in ("[", "{"):
        return parse_json(raw or [])
    pieces = [piece.strip() for piece in re.split(r"[;；\n]", raw)]
    return [_item(piece, code, has_times=has_times) for piece in pieces if piece not in ("", "-")]


def _item(piece: str, code: str, *, has_times: bool) -> dict[str, str]:
    found = _ITEM.fullmatch(piece)
    told = (found and found[3]) or ""
    times = _TIMES.fullmatch(told) if has_times else None
    reason = (times[2] or "") if times else told
    if found is None or has_times is not bool(times) or _UNREAD.search(reason):
        raise BadCell(code, piece)
    try:
        first = parse_date(found[1]).isoformat()
        last = parse_date(found[2]).isoformat() if found[2] else first
    except BadCell:
        raise BadCell(code, piece) from None
    item = {"first": first, "last": last, "reason": reason}
    return {"first": first, "last": last, "times": _canonical(times[1]), "reason": reason} if times else item


def _canonical(times: str) -> str:
    spans = re.sub(r"\s", "", _TILDE.sub("-", times)).split(",")
    return ",".join("-".join(clock.zfill(5) for clock in span.split("-")) for span in spans)
