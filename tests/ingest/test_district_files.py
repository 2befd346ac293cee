import copy
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point

from geo_app.domain.provenance import Precision, Status
from geo_app.ingest.district_checks import BadDataFile
from geo_app.ingest.district_files import load_district, load_documents, load_drafts

DATA = Path(__file__).parents[2] / "data" / "gwangsan"


@pytest.fixture(scope="module")
def drafts():
    return load_drafts(DATA)


@pytest.fixture
def folder(tmp_path):
    for path in DATA.iterdir():
        if not path.name.endswith(".geojson"):
            shutil.copy(path, tmp_path / path.name)
    return tmp_path


def named(drafts, name):
    return next(draft for draft in drafts if draft.name == name)


def layer_of(drafts, layer):
    return [draft for draft in drafts if draft.layer == layer]


def test_the_real_places_are_as_many_as_were_published(drafts):
    counts = Counter(draft.layer for draft in drafts)
    assert counts == {"dongs": 21, "legal-dongs": 79, "industrial-complexes": 8, "shelters": 5, "village-jobs": 5, "public-facilities": 24}


def test_no_place_is_made_up_and_every_place_tells_its_source(drafts):
    assert not any(draft.status is Status.SAMPLE or draft.name.startswith("예시") for draft in drafts)
    for draft in drafts:
        assert draft.provenance.source_key
        assert draft.provenance.licence
        if draft.layer not in {"dongs", "legal-dongs"}:
            assert draft.provenance.checked_on is not None


def test_every_pin_stands_in_the_district_longitude_first(drafts):
    district = shapely.union_all([draft.geometry for draft in layer_of(drafts, "dongs")])
    pins = [draft for draft in drafts if isinstance(draft.geometry, Point)]
    assert len(pins) == 33
    for pin in pins:
        assert district.covers(pin.geometry), pin.name


def test_each_dong_office_stands_in_its_own_dong(drafts):
    offices = [draft for draft in drafts if draft.kind == "dong-office"]
    assert len(offices) == 21
    for office in offices:
        assert named(layer_of(drafts, "dongs"), office.name.split()[0]).geometry.covers(office.geometry)
    assert {office.name.split()[0] for office in offices if office.status is Status.REPORTED} == {"송정1동", "송정2동"}


def test_the_four_named_partners_are_listed_and_never_pinned(drafts):
    partners = [draft for draft in drafts if draft.attributes.get("programme") == "dalgona"]
    assert [(partner.kind, partner.precision, partner.geometry) for partner in partners] == [
        ("cafe", Precision.NONE, None),
        ("cafe", Precision.NONE, None),
        ("convenience_store", Precision.NONE, None),
        ("convenience_store", Precision.NONE, None),
    ]


def test_the_city_shelter_keeps_both_hours_and_says_that_only_the_dong_is_known(drafts):
    shelter = named(drafts, "이동노동자 쉼터 쉬소")
    assert [statement.opening_hours for statement in shelter.hours] == ["24/7", "Mo-Su 16:00-06:00"]
    assert shelter.precision is Precision.DONG
    assert named(layer_of(drafts, "legal-dongs"), "월계동").geometry.covers(shelter.geometry)
    assert "월계동" in shelter.attributes["note"]


def test_six_complexes_have_a_centre_and_an_area_and_two_are_only_listed(drafts):
    complexes = layer_of(drafts, "industrial-complexes")
    placed = [site for site in complexes if site.geometry is not None]
    assert len(placed) == 6
    assert all(site.attributes["area_m2"] > 0 and site.precision is Precision.COMPLEX for site in placed)
    assert [site.attributes.get("completed_year") for site in complexes] == [1983, None, None, 2015, 1988, 1983, None, None]
    assert all("aged" not in site.attributes for site in complexes)


def test_documents_hold_the_published_figures():
    documents = load_documents(DATA)
    assert set(documents) == {"district", "indicators", "sectors", "programmes", "calendar", "stations", "curves", "sources"}
    assert {item["file"] for item in documents["sources"]} >= {"dongs.geojson", "legal_dongs.geojson"}
    figures = {row["id"]: row["value"] for row in documents["indicators"]}
    assert figures["jobs-achieved-share"] == round(figures["jobs-achieved"] / figures["jobs-target"], 3)
    assert figures["dalgona-partners-2026"] == 50
    assert sum(next(row for row in documents["programmes"] if row["id"] == "dalgona")["official"]["parts"].values()) == 50
    assert all(scheme["names"] is None or len(scheme["names"]) == scheme["count"] for scheme in documents["sectors"])
    assert json.loads(json.dumps(documents, allow_nan=False)) == documents


def test_a_programme_counts_its_names_by_fields_that_exist(drafts):
    known = {}
    for programme in load_documents(DATA)["programmes"]:
        counted = programme["counted_by"]
        matching = [
            draft
            for draft in layer_of(drafts, counted["layer"])
            if all({**draft.attributes, "kind": draft.kind}.get(name) in values for name, values in counted["where"].items())
        ]
        known[programme["id"]] = (len(matching), sum(draft.geometry is not None for draft in matching))
    assert known == {"dalgona": (4, 0), "village-jobs": (0, 0), "subscribed-offices": (5, 3), "workplace-innovation": (0, 0)}


def test_the_district_is_named_in_six_languages_and_its_codes_meet_without_a_gap():
    district = load_district(DATA)
    assert set(district.names) == {"ko", "en", "vi", "zh", "ru", "uz"}
    old, new = (code for code in district.codes if code.scheme == "mois")
    assert (old.code, new.code) == ("29200", "12330")
    assert (new.valid_from - old.valid_until).days == 1
    assert "derived" in new.note


def test_the_bounds_are_those_of_the_dongs(drafts):
    district = shapely.union_all([draft.geometry for draft in layer_of(drafts, "dongs")])
    assert load_district(DATA).bounds_lonlat == pytest.approx(district.bounds, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "bar"}, "kind"),
        ({"name": " "}, "name"),
        ({"status": "maybe"}, "record"),
        ({"layer": "village-jobs"}, "layer"),
        ({"precision": "address", "geometry": None}, "precision"),
        ({"precision": "none"}, "geometry"),
        ({"geometry": {"type": "LineString", "coordinates": [[126.8, 35.1], [126.9, 35.1]]}}, "geometry"),
        ({"attributes": {"seat_count": 3}}, "seat_count"),
        ({"attributes": {"seats": "3"}}, "seats"),
        ({"attributes": {"seats": True}}, "seats"),
        ({"attributes": {"entry": "knock"}}, "entry"),
        ({"attributes": {"amenities": ["toilet", "sauna"]}}, "amenities"),
        ({"attributes": {"note": ""}}, "note"),
        ({"hours": [{"text": "24시간", "opening_hours": "24시간"}]}, "hours"),
        ({"hours": [{"text": "24시간", "opening_hours": "mo-fr 9:00-18:00"}]}, "opening_hours"),
        ({"hours": [{"text": "24시간", "on_holidays": "perhaps"}]}, "hours"),
        ({"provenance": {"source": "x"}}, "source_key"),
    ],
)
def test_a_fault_names_its_file_record_and_field(folder, change, field):
    path = folder / "shelters.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records[4] = {**records[4], **change}
    path.write_text(json.dumps(records), encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_drafts(folder)
    assert caught.value.values["file"] == "shelters.json"
    assert caught.value.values["record"] == records[4]["name"]
    assert caught.value.values["field"] == field


def test_a_key_that_stands_twice_is_told(folder):
    path = folder / "shelters.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*records, copy.deepcopy(records[0])]), encoding="utf-8")
    with pytest.raises(BadDataFile, match="twice"):
        load_drafts(folder)


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "\udcff"])
def test_a_file_that_is_not_a_list_of_records_is_told(folder, text):
    (folder / "shelters.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadDataFile):
        load_drafts(folder)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("indicators.json", '[{"id": "a"}]'),
        ("indicators.json", '[{"id": "a", "source_note": "n"}, {"id": "a", "source_note": "n"}]'),
        ("programmes.json", '[{"id": "a", "source_note": "n", "official": {}}]'),
        ("sectors.json", "{}"),
        ("calendar.json", '{"holidays": [{"day": "2026-13-01", "name": "x"}]}'),
        ("stations.json", '[{"id": "st-x", "name": "역", "latin": "Station", "lon": 126.8, "lat": 35.1}]'),
        ("stations.json", '{"id": "st-x"}'),
        ("district.toml", 'code = "1"'),
        ("district.toml", "code ="),
    ],
)
def test_a_document_without_its_form_is_told(folder, file, text):
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        load_documents(folder)
    assert caught.value.values["file"] == file


def test_a_folder_with_the_district_alone_has_no_places_yet(tmp_path):
    shutil.copy(DATA / "district.toml", tmp_path / "district.toml")
    assert load_drafts(tmp_path) == []
    assert load_documents(tmp_path).keys() == {"district", "sources"}
    assert load_documents(tmp_path)["sources"] == []


def test_a_broken_curve_is_blamed_by_job(folder):
    rows = json.loads((folder / "curves.json").read_text(encoding="utf-8"))
    rows[1]["curve"][5] = 2
    (folder / "curves.json").write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(BadDataFile) as fault:
        load_documents(folder)
    blamed = [fault.value.values[name] for name in ("file", "record", "field")]
    assert blamed == ["curves.json", "designated-driver", "curve"]
