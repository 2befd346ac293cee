"""Which column of a table of demand is which: where a row lies, and its figure."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo_app.ingest.headers import fold_header
from geo_app.ingest.refusal import FileRefused

GRID, DONG, LON, LAT, FIGURE = "grid", "dong", "lon", "lat", "figure"
# As SGIS, the 국토정보플랫폼, offices and our own exports call them; the first that a file has is taken.
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    GRID: (
        "grid", "격자코드", "격자", "격자번호", "격자id", "국가격자", "국가격자코드", "국가지점번호",
        "gid", "grid_cd", "grid_code", "grid_id", "gid_250m", "grid_1k_cd", "grid_500m_cd", "grid_100m_cd",
    ),
    DONG: (
        "dong", "행정동코드", "행정기관코드", "동코드", "행정구역코드", "adm_cd", "adm_dr_cd", "dong_id",
        "행정동", "행정동명", "동", "동명", "읍면동", "읍면동명", "adm_nm",
    ),
    LON: ("lon", "경도", "lng", "longitude", "x좌표(경도)", "wgs84경도"),
    LAT: ("lat", "위도", "latitude", "y좌표(위도)", "wgs84위도"),
    FIGURE: (
        "figure", "값", "수", "수량", "인원", "인원수", "인구", "인구수", "총인구", "총인구수", "종사자", "종사자수",
        "사업체", "사업체수", "외국인수", "주민수", "건수", "지수",
        "value", "val", "count", "people", "population", "tot_ppltn", "weight",
    ),
}  # fmt: skip
_FOLDED: Final = {part: tuple(fold_header(word) for word in words) for part, words in _WORDS.items()}


def map_columns(headers: Sequence[str]) -> dict[str, str]:
    """Part → header, of the parts that will be read: one way of saying where, and the figure where there is one.

    A grid code is taken before a dong, a dong before coordinates. Raises `FileRefused` where nothing says where a row lies, or where a
    table by grid or dong has no figures; rows of points without a figure count one each.
    """
    found = {part: header for part in _WORDS if (header := _find(part, headers)) is not None}
    place = next(([part] for part in (GRID, DONG) if part in found), [LON, LAT] if {LON, LAT} <= found.keys() else [])
    if not place:
        raise FileRefused("demand-no-place", columns=", ".join(header for header in headers if header))
    if FIGURE not in found and LON not in place:
        raise FileRefused("demand-no-figure", columns=", ".join(header for header in headers if header))
    return {part: found[part] for part in (*place, FIGURE) if part in found}


def count_known(headers: tuple[str, ...]) -> int:
    """How many of the headers mean something here."""
    words = {word for words in _FOLDED.values() for word in words}
    return sum(fold_header(header) in words for header in headers)


def _find(part: str, headers: Sequence[str]) -> str | None:
    by_word = {fold_header(header): header for header in reversed(headers)}
    return next((by_word[word] for word in _FOLDED[part] if word in by_word), None)
