"""Links that open a map application with the way to a place already asked for.

The order of coordinates differs from one to the next: Kakao and `geo:` take latitude first, T map x (longitude) and y.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

_BREAKS_A_LINK = re.compile(r"[,/\\()\s\x00-\x1f]+")  # Kakao splits its path at commas and slashes, `geo:` ends a label at a bracket
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Directions:
    """`kakao` is an https link that works on every phone; the others open an application and are for a person's tap only."""

    kakao: str
    naver: str
    tmap: str
    geo: str


def directions(name: str, lon: float, lat: float, page_url: str) -> Directions:
    """The links to a point in EPSG:4326. `page_url` is our own page: Naver asks who calls.

    >>> directions("예시 카페, 1호", 126.8, 35.15, "https://example.kr/").kakao
    'https://map.kakao.com/link/to/%EC%98%88%EC%8B%9C%20%EC%B9%B4%ED%8E%98%201%ED%98%B8,35.150000,126.800000'
    """
    label = quote(_BREAKS_A_LINK.sub(" ", name).strip(), safe="")
    x, y = f"{lon:.{_DECIMALS}f}", f"{lat:.{_DECIMALS}f}"
    return Directions(
        kakao=f"https://map.kakao.com/link/to/{label},{y},{x}",
        naver=f"nmap://route/walk?dlat={y}&dlng={x}&dname={label}&appname={quote(page_url, safe='')}",
        tmap=f"tmap://route?goalname={label}&goalx={x}&goaly={y}",
        geo=f"geo:{y},{x}?q={y},{x}({label})",
    )
