"""`geo-app demand` as staff type it."""

import json
import sys

import pytest

from geo_app.cli import main

TOLD = ("--name", "야간 노동자", "--year", "2026", "--source", "구청 2026", "--reason", "현황 조사")


@pytest.fixture
def run(demo_home, monkeypatch, capsys):
    """Runs a command in this process: (exit code, standard output, standard error)."""

    def run(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("GEO_APP_HOME", str(demo_home))
            patch.setattr(sys, "argv", ["geo-app", "demand", *map(str, arguments)])
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_the_list_says_unit_year_source_and_what_is_assumed(run):
    code, told, _ = run("list")
    assert code == 0
    assert "residents · 주민 · 명 · 2025 · 통계청" in told
    assert "job:rider · 배달 라이더 · 지수(가장 붐비는 시각 1,000) · 가정" in told
    assert "complex-workers · 산업단지 종사자 · 명 · 개략 범위" in told
    assert "빠진 곳: " in told
    document = json.loads(run("list", "--json")[1])
    assert document["curves_built_in"] is False
    assert {"residents", "residents:2015", "jobs"} <= {row["key"] for row in document["demands"]}


def test_a_table_goes_in_is_listed_and_comes_out(run, tmp_path):
    file = tmp_path / "야간.csv"
    file.write_text("행정동,인원\n하남동,320\n", encoding="cp949")
    code, told, _ = run("import", file, "--key", "night", *TOLD)
    assert code == 0
    assert "행 1개, 장소 1곳, 합계 320, 구 밖 0" in told
    assert "공개했습니다" in told
    assert "table:night · 야간 노동자 · 명 · 2026 · 구청 2026" in run("list")[1]
    assert run("remove", "night", "--reason", "잘못 올림")[0] == 0
    assert "table:night" not in run("list")[1]
    code, _, told = run("remove", "night", "--reason", "다시")
    assert code == 2
    assert "수요 표 night 항목은 없습니다." in told


def test_a_faulty_table_ends_with_1_and_names_line_and_column(run, tmp_path):
    file = tmp_path / "야간.csv"
    file.write_text("행정동,인원\n하남동,많음\n", encoding="utf-8")
    code, told, faults = run("import", file, "--key", "night", *TOLD)
    assert code == 1
    assert "2행 · 인원" in faults
    assert "아무것도 적용하지 않았습니다." in told
    document = json.loads(run("import", file, "--key", "night", *TOLD, "--json")[1])
    assert document["revision"] is None
    assert (document["problems"][0]["line"], document["problems"][0]["code"]) == (2, "bad-number")


@pytest.mark.parametrize("missing", ["--key", "--name", "--year", "--source", "--reason"])
def test_what_is_needed_is_asked_for_by_name(run, tmp_path, missing):
    file = tmp_path / "야간.csv"
    file.write_text("행정동,인원\n하남동,3\n", encoding="utf-8")
    given = ["--key", "night", *TOLD]
    place = given.index(missing)
    code, _, told = run("import", file, *given[:place], *given[place + 2 :])
    assert code == 2
    assert missing in told


def test_curves_go_out_are_edited_and_come_in_again(run, tmp_path):
    file = tmp_path / "곡선.csv"
    assert run("curves-export", file)[0] == 0
    same = run("curves-import", file, "--source", "–", "--reason", "확인")
    assert same[0] == 0
    assert "이미" in same[1]
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("rider,월,0.132", "rider,월,0.5"), encoding="utf-8-sig")
    code, told, _ = run("curves-import", file, "--source", "구청 조사", "--reason", "조사 반영", "--json")
    assert code == 0
    assert json.loads(told)["revision"] is not None
    assert "구청 조사" in next(row for row in json.loads(run("list", "--json")[1])["demands"] if row["key"] == "job:rider")["source"]
