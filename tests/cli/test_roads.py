"""`geo-app roads` as staff type it."""

import json
import sys

import pytest
from ingest.roads.road_files import TOWN, write_osm

from geo_app.cli import main
from geo_app.wording.catalogue import get_words


@pytest.fixture
def run(demo_home, monkeypatch, capsys):
    """Runs a command in this process: (exit code, standard output, standard error)."""

    def run(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("GEO_APP_HOME", str(demo_home))
            patch.setattr(sys, "argv", ["geo-app", *(str(argument) for argument in arguments)])
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def town(tmp_path):
    return write_osm(tmp_path / "town.osm.pbf", TOWN)


def test_streets_come_in_are_shown_and_taken_away(run, town):
    code, told, warned = run("roads", "import", town, "--accept-sparse", "--date", "2026-11-01", "--reason", "처음")
    assert code == 0
    assert "OpenStreetMap · 자료 기준일 2026-11-01 · © OpenStreetMap contributors" in told
    assert "호를 공개했습니다." in told
    assert "roads-islands" in warned
    assert "처음" in run("history", "--limit", "1")[1]
    shown = run("roads", "show")[1]
    assert "걸어서" in shown
    assert "부터 들어 있습니다." in shown
    assert "길 자료를 거두었습니다" in run("roads", "remove", "--reason", "낡음")[1]
    assert "길 자료가 없어 이동 시간을 추정합니다" in run("roads", "show")[1]
    assert "바뀐 것이 없습니다" in run("roads", "remove", "--reason", "낡음")[1]


def test_the_doctor_tells_which_streets_are_in(run, town):
    def told():
        return [finding["message"] for finding in json.loads(run("doctor", "--json")[1])["findings"]]

    assert any("길 자료가 없어" in message for message in told())
    run("roads", "import", town, "--accept-sparse", "--date", "2026-11-01")
    assert "길 자료: OpenStreetMap · 자료 기준일 2026-11-01 · © OpenStreetMap contributors" in told()


def test_the_answer_as_json_names_revision_counts_and_problems(run, town):
    code, told, _ = run("roads", "import", town, "--accept-sparse", "--json", "--source", "협회")
    document = json.loads(told)
    assert code == 0
    assert document["revision"] > 1
    assert document["streets"]["source"] == "협회"
    assert document["streets"]["modes"]["walk"]["length_m"] > 0
    assert [problem["code"] for problem in document["problems"]] == ["roads-islands", "roads-thin"]
    again = json.loads(run("roads", "import", town, "--accept-sparse", "--json", "--source", "협회")[1])
    assert (again["revision"], again["unchanged"]) == (None, True)
    assert json.loads(run("roads", "show", "--json")[1])["streets"]["revision"] == document["revision"]


def test_a_dry_run_says_what_would_come_in(run, town):
    code, told, _ = run("roads", "import", town, "--accept-sparse", "--dry-run")
    assert code == 0
    assert "교차점" in told
    assert told.splitlines()[-1] == get_words("ko")("This was a dry run; nothing was written.")
    assert json.loads(run("roads", "show", "--json")[1]) == {"streets": None}


def test_streets_of_one_corner_are_refused_with_figures_and_the_way_out(run, town):
    for further in ((), ("--dry-run",)):
        code, told, warned = run("roads", "import", town, *further)
        assert code == 1
        assert "roads-sparse" in warned
        assert "--accept-sparse" in warned
        assert "구 안에서 걸어서" in told
        assert "길 자료는 그대로입니다" in told
    assert json.loads(run("roads", "show", "--json")[1]) == {"streets": None}
    run("roads", "import", town, "--accept-sparse")
    assert "구 안에서 오토바이: 1.0 km" in run("roads", "show")[1]
    notes = json.loads(run("coverage", "--json")[1])
    assert "squares-off-streets" in notes["notes"]
    assert notes["off_street_share"] > 0.9
    assert "500 m 안에 길이 없어" in run("coverage")[1]


def test_a_file_of_another_place_is_refused_with_what_to_do(run, tmp_path):
    far = write_osm(tmp_path / "far.osm", TOWN, places=lambda number: (24.9 + number / 1000, 60.1))
    code, told, warned = run("roads", "import", far)
    assert code == 1
    assert "far.osm" in warned
    assert "시·도의 파일" in warned
    assert "길 자료는 그대로입니다" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("roads", "import", "missing.osm.pbf"),
        ("roads", "remove"),
        ("roads", "import"),
    ],
)
def test_what_is_typed_wrongly_ends_with_two(run, arguments):
    assert run(*arguments)[0] == 2


def test_a_wrong_day_or_margin_ends_with_two(run, town):
    assert run("roads", "import", town, "--date", "2026-13-40")[0] == 2
    assert run("roads", "import", town, "--accept-sparse", "--margin-m", "-5")[0] == 2
    assert run("roads", "import", town, "--accept-sparse", "--margin-m", "nan")[0] == 2
