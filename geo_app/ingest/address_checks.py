"""What an address says beside where the point lies: another district, another legal dong. Only ever a warning."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry import Point

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.frame import Frame
from geo_app.ingest.row import Row

# "광주광역시 북구 용봉로 77": the first part that is a 구 or a 군 by its end.
_DISTRICT = re.compile(r"(?:^|\s)([가-힣]{1,6}[구군])(?=[\s(,]|$)")
# The legal dong stands in brackets after a road address, or before the number of a lot.
_DONG = re.compile(r"\(([가-힣0-9]+동)\s*[,)]|[구군]\s+([가-힣]+동)\s+(?:산\s*)?\d")


def list_address_problems(rows: Sequence[Row], frame: Frame, column: str | None = None) -> Iterator[Problem]:
    """Warnings for the rows whose address and point disagree. About 3 % of real rows do (simplified borders included).

    `column` is the addresses' header.
    """
    for row in rows:
        district = find_district(row.draft.address or "")
        if frame.name and district and district != frame.name:
            yield Problem(
                "address-elsewhere", Severity.WARNING, row.line, column, row.draft.address, {"found": district, "district": frame.name}
            )
    yield from _list_dong_problems([row for row in rows if isinstance(row.draft.geometry, Point) and row.draft.address], frame, column)


def find_district(address: str) -> str | None:
    """The 구 or 군 that an address names, or None.

    >>> find_district("광주광역시 광산구 하남대로 83"), find_district("수완로 1")
    ('광산구', None)
    """
    found = _DISTRICT.search(address)
    return found[1] if found else None


def find_dong(address: str) -> str | None:
    """The legal dong that an address names, or None.

    >>> find_dong("광산구 하남대로 83, 경서드림타워 (하남동)"), find_dong("광산구 송정동 826-3")
    ('하남동', '송정동')
    """
    found = _DONG.search(address)
    return (found[1] or found[2]) if found else None


def _list_dong_problems(rows: Sequence[Row], frame: Frame, column: str | None) -> Iterator[Problem]:
    if not rows or not frame.legal_dongs:
        return
    names = [name for name, _ in frame.legal_dongs]
    tree = shapely.STRtree([area for _, area in frame.legal_dongs])
    points = np.array([row.draft.geometry for row in rows], dtype=object)
    numbers, dongs = tree.query(points, predicate="intersects")
    found: dict[int, list[str]] = {}
    for number, dong in zip(numbers.tolist(), dongs.tolist(), strict=True):
        found.setdefault(number, []).append(names[dong])
    for number, here in found.items():
        said = find_dong(rows[number].draft.address or "")
        if said in names and said not in here:
            address = rows[number].draft.address
            yield Problem("dong-differs", Severity.WARNING, rows[number].line, column, address, {"said": str(said), "found": here[0]})
