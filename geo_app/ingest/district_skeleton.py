"""A first `district.toml` for a district that has none: what the packages know, for a person to complete."""

import json
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.ingest.district_census import Census
from geo_app.ingest.district_packages import DistrictKey

DISTRICT_NAME = "district.toml"


def write_skeleton(folder: Path, key: DistrictKey, full_name: str, census: Census, areas: Sequence[BaseGeometry]) -> tuple[Path, ...]:
    """The file written, or nothing where a `district.toml` is there already: it is kept by hand from then on.

    `full_name` is "province district dong" of one dong; `areas` are in EPSG:4326.
    """
    path = folder / DISTRICT_NAME
    if path.exists():
        return ()
    province, *middle, _ = full_name.split()
    names = {"ko": " ".join(middle), **({"en": census.district_en} if census.district_en else {})}
    ground = shapely.union_all(areas)
    inside = ground.representative_point()
    bounds = [round(value, 6) for value in ground.bounds]
    lines = [
        f"code = {_text(key.mois or key.sgis)}",
        f"province_names = [{_text(province)}]",
        f"bounds_lonlat = {bounds}",
        "# A point inside the district; put its office here.",
        f"focus_lonlat = [{inside.x:.6f}, {inside.y:.6f}]",
        "aged_after_years = 30",
        "",
        *_table("names", names),
        *_table("focus_names", names),
        *([*_code("mois", key.mois)] if key.mois else []),
        *_code("sgis", key.sgis),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return (path,)


def _table(name: str, members: dict[str, str]) -> list[str]:
    return [f"[{name}]", *(f"{key} = {_text(value)}" for key, value in members.items()), ""]


def _code(scheme: str, code: str) -> list[str]:
    return ["[[codes]]", f"scheme = {_text(scheme)}", f"code = {_text(code)}", ""]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
