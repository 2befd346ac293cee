"""The census figures of a district's dongs, whatever code the dong had in that year."""

from dataclasses import dataclass, field

import pandas as pd

from geo_app.ingest.district_packages import BOUNDARY_YEAR, read_census

LATEST_YEAR = 2025
SGIS_2020_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Census:
    """By SGIS code of 2020 (7 digits): romanised `names`, `figures` by (year, figure), and `later_codes` (the code of the 2025 census).

    `district_en` and `province_en` are romanised names, empty where the package has no row.
    """

    names: dict[str, str] = field(default_factory=dict)
    figures: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)
    later_codes: dict[str, str] = field(default_factory=dict)
    district_en: str = ""
    province_en: str = ""


def read_figures(sgis: str) -> Census:
    """The figures of a district. Years are joined by the dong's romanised name, because ten codes of one district changed in 2023 alone.

    A name that stands for two codes in one year, and a dong that was founded or renamed in between, gives no figure for that year.
    """
    frame = read_census(sgis)
    if frame.empty:
        return Census()
    at_boundaries = frame[(frame["year"] == BOUNDARY_YEAR) & (frame["code"].str.len() == SGIS_2020_LENGTH)]
    names: dict[str, str] = dict(zip(at_boundaries["code"], at_boundaries["name_en"], strict=True))
    by_name = {name: code for code, name in names.items()}
    census = Census(names, {}, {}, str(frame["district_en"].mode().iloc[0]), str(frame["province_en"].mode().iloc[0]))
    columns = _unambiguous(frame)[["year", "code", "name_en", "figure", "count"]]
    for year, code, name, figure, count in columns.itertuples(index=False, name=None):
        if name in by_name:
            census.figures.setdefault(by_name[name], {})[str(year), figure] = int(count)
            if year == LATEST_YEAR:
                census.later_codes[by_name[name]] = code
    return census


def _unambiguous(frame: pd.DataFrame) -> pd.DataFrame:
    # The 2020 rows come under both code forms with equal counts; the 8-digit form only ends in one more zero.
    short = frame["code"].str[:SGIS_2020_LENGTH]
    plain = frame.assign(code=frame["code"].where(frame["year"] != BOUNDARY_YEAR, short))
    plain = plain.drop_duplicates(["year", "code", "name_en", "figure", "count"])
    codes = plain.groupby(["year", "name_en", "figure"])["code"].transform("size")
    return plain[codes == 1]
