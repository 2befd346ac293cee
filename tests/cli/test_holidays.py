"""`geo-app holidays` and `geo-app alerts` as staff type them."""

import json
import os
import subprocess
import sys

import pytest
from conftest import geo_app

from geo_app.cli import main
from geo_app.workspace.workspace import Workspace

ADD = ("holidays", "add", "2026-12-28", "임시공휴일", "--kind", "temporary", "--source", "관보 2026-321", "--reason", "정부 발표")
HEAT = ("alerts", "add", "폭염특보", "2026-7-20", "--until", "2026-7-24", "--source", "기상청", "--reason", "특보")


@pytest.fixture
def run(demo_home, monkeypatch, capsys):
    """Runs a command in this process: (exit code, standard output, standard error)."""

    def run(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("GEO_APP_HOME", str(demo_home))
            patch.setattr(sys, "argv", ["geo-app", *arguments])
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code or 0
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def head_of(demo_home):
    opened = Workspace(demo_home)
    try:
        return opened.ledger.head_number()
    finally:
        opened.close()


def test_a_holiday_is_added_told_and_listed(run, demo_home):
    before = head_of(demo_home)
    code, told, _ = run(*ADD)
    assert code == 0
    assert "2026-12-28 (월) 임시공휴일 · 임시공휴일 · 관보 2026-321" in told
    assert f"개정 {before + 1}호를 공개했습니다." in told
    assert "2026-12-28 (월) 임시공휴일" in run("holidays", "list", "--year", "2026")[1]
    assert "2026-12-28" not in run("holidays", "list", "--year", "2027")[1]
    assert "정부 발표" in run("history", "--limit", "1")[1]


def test_the_list_as_json_names_the_years_it_covers(run):
    run(*ADD)
    document = json.loads(run("holidays", "list", "--json", "--year", "2026")[1])
    assert (document["covers_from"], document["covers_until"]) == ("2023-01-01", "2028-12-31")
    assert {"day": "2026-12-28", "name": "임시공휴일", "kind": "temporary", "source": "관보 2026-321"} in document["holidays"]
    assert {item["day"][:4] for item in document["holidays"]} == {"2026"}


def test_the_same_day_twice_writes_nothing_and_says_so(run, demo_home):
    run(*ADD)
    head = head_of(demo_home)
    code, told, _ = run(*ADD)
    assert (code, head_of(demo_home)) == (0, head)
    assert "이미 있습니다" in told


@pytest.mark.parametrize("typed", ["2026-12-28", "2026.12.28.", "2026. 12. 28", "2026/12/28", "20261228", "2026년 12월 28일"])
def test_a_day_is_read_in_each_form_that_people_write(run, typed):
    code, told, _ = run(*ADD[:2], typed, *ADD[3:])
    assert code == 0
    assert "2026-12-28 (월)" in told


def test_single_digits_are_read(run):
    assert "2026-06-05" in run(*ADD[:2], "2026-6-5", *ADD[3:])[1]


def test_several_days_are_added_by_one_revision(run, demo_home):
    before = head_of(demo_home)
    told = run(*ADD, "--until", "2026-12-30")[1]
    assert told.count("더했습니다") == 3
    assert head_of(demo_home) == before + 1


WRONG = [
    (("holidays", "add"), "DATE", "꼭 써야 합니다"),
    (("holidays", "add", "다음 주", "x"), "다음 주", "2026-06-03처럼"),
    (("holidays", "add", "2026-2-30", "x"), "2026-2-30", "달력에 없는 날짜"),
    (("holidays", "add", "26-6-3", "x"), "26-6-3", "2026-06-03처럼"),
    (("holidays", "add", "2026-06-05"), "NAME", "꼭 써야 합니다"),
    (("holidays", "add", "2026-06-05", "x"), "--kind", "temporary"),
    (("holidays", "add", "2026-06-05", "x", "--kind", "party"), "party", "temporary"),
    (("holidays", "add", "2026-06-05", "x", "--kind", "local"), "--source", "꼭 써야 합니다"),
    (("holidays", "add", "2026-06-05", "x", "--kind", "local", "--source", "조례"), "--reason", "꼭 써야 합니다"),
    (("holidays", "add", "2026-06-05", "x\u202ey", "--kind", "local"), "NAME", "보이지 않는 글자"),
    (("holidays", "add", "2026-06-05", "x" * 301), "NAME", "300자"),
    ((*ADD, "--until", "2026-12-27"), "2026-12-27", "앞섭니다"),
    ((*ADD, "--until", "2062-12-30"), "--until", "31일까지만"),
    ((*ADD[:2], "2062-12-28", *ADD[3:]), "2023-01-01부터 2028-12-31까지", "--outside"),
    ((*ADD[:2], "2026-12-25", "기독탄신일", *ADD[4:]), "기독탄신일", "holidays remove 2026-12-25"),
    (("holidays", "remove", "2026-12-28", "--reason", "x"), "2026-12-28", "2026-12-25 기독탄신일"),
    (("holidays", "remove", "2026-12-25", "설날", "--reason", "x"), "설날", "기독탄신일"),
    (("holidays", "remove", "2028-10-03", "--reason", "x"), "개천절, 추석", "이름"),
    (("holidays", "remove", "2026-12-25"), "--reason", "꼭 써야 합니다"),
    (("holidays", "list", "--year", "올해"), "올해", "2026처럼"),
    (("alerts", "add"), "KIND", "heat-wave"),
    (("alerts", "add", "태풍", "2026-7-20"), "태풍", "폭염특보 (heat-wave)"),
    (("alerts", "add", "폭염해제", "2026-7-20"), "폭염해제", "한파특보 (cold-wave)"),
    (("alerts", "remove", "폭염특보해제", "2026-7-20"), "폭염특보해제", "heat-wave"),
    ((*HEAT[:3], "2062-7-20", "--until", "2062-7-24", *HEAT[6:]), "2023-01-01부터 2028-12-31까지", "--outside"),
    ((*HEAT[:3], "2028-12-30", "--until", "2029-1-2", *HEAT[6:]), "2029-01-02", "--outside"),
    ((*HEAT[:4], "--until", "2027-7-24", *HEAT[6:]), "--until", "92일까지만"),
    (("alerts", "remove", "폭염", "2026-07-20", "--reason", "x"), "2026-07-20", "폭염특보"),
]


@pytest.mark.parametrize(("arguments", "what", "remedy"), WRONG)
def test_what_cannot_be_done_is_named_with_what_to_do(run, demo_home, arguments, what, remedy):
    before = head_of(demo_home)
    code, told, fault = run(*arguments)
    assert (code, told) == (2, "")
    assert what in fault
    assert remedy in fault
    assert head_of(demo_home) == before


def test_a_far_day_that_is_meant_is_added_and_the_covered_years_are_said(run):
    code, told, _ = run(*ADD[:2], "2029-6-3", *ADD[3:], "--outside")
    assert code == 0
    assert "2023-01-01부터 2028-12-31까지" in told


def test_a_holiday_is_removed(run):
    run(*ADD)
    code, told, _ = run("holidays", "remove", "2026-12-28", "--reason", "취소")
    assert code == 0
    assert "뺐습니다: 2026-12-28" in told
    assert "2026-12-28" not in run("holidays", "list")[1]


def test_an_alert_is_added_listed_and_removed(run):
    assert run("alerts", "list")[1] == "들어 있는 기상특보가 없습니다.\n"
    code, told, _ = run(*HEAT)
    assert code == 0
    assert "더했습니다: 2026-07-20 ~ 2026-07-24 폭염특보 · 기상청" in told
    assert "이미 있습니다: 2026-07-20 ~ 2026-07-24 폭염특보" in run(*HEAT)[1]
    assert "2026-07-20 ~ 2026-07-24" in run("alerts", "list")[1]
    assert json.loads(run("alerts", "list", "--json")[1])["alerts"][0]["kind"] == "heat-wave"
    assert "alerts" not in json.loads(run("holidays", "list", "--json")[1])
    code, _, fault = run(*HEAT[:3], "2026-7-24", *HEAT[6:])
    assert code == 2
    assert "이미" in fault
    assert "alerts remove '폭염특보' 2026-07-20" in fault
    assert "heat-wave" not in fault.removesuffix("[alert-conflict]\n")
    code, told, _ = run("alerts", "remove", "폭염특보", "20260720", "--reason", "해제")
    assert code == 0
    assert "뺐습니다: 2026-07-20 ~ 2026-07-24 폭염특보" in told
    assert run("alerts", "list")[1] == "들어 있는 기상특보가 없습니다.\n"


@pytest.mark.parametrize("word", ["폭염", "폭염특보", "폭염주의보", "폭염경보", "폭염 경보", "heat-wave"])
def test_each_word_of_the_weather_office_is_an_alert(run, word):
    assert "폭염특보" in run(*HEAT[:2], word, *HEAT[3:])[1]


def test_an_alert_outside_the_covered_years_is_added_where_it_is_meant(run):
    assert run(*HEAT[:3], "2029-7-20", *HEAT[6:], "--outside")[0] == 0


def test_the_word_that_the_list_prints_is_a_kind(run):
    code, told, _ = run(*ADD[:5], "임시공휴일", *ADD[6:])
    assert code == 0
    assert "2026-12-28 (월) 임시공휴일 · 임시공휴일" in told
    fault = run(*ADD[:5], "지역공휴일아님", *ADD[6:])[2]
    assert "임시공휴일 (temporary)" in fault
    conflict = run(*ADD[:5], "public", *ADD[6:])[2]
    assert "임시공휴일" in conflict
    assert "temporary" not in conflict


@pytest.mark.parametrize(("day", "name"), [("2026-02-17", "설날"), ("2026-09-25", "추석")])
def test_a_year_without_its_feast_is_warned_of_and_the_doctor_sees_it(run, day, name):
    good = run("doctor")[1]
    assert "설날과 추석이 하루씩" in good
    code, told, warned = run("holidays", "remove", day, name, "--reason", "잘못")
    assert code == 0
    assert f"뺐습니다: {day}" in told
    assert f"2026년에 {name}" in warned
    code, told, _ = run("doctor")
    assert code == 1
    assert [line for line in told.splitlines() if f"2026년에 {name}" in line and "0일" in line]
    add = ("holidays", "add", day, name, "--kind", "public", "--source", "관보", "--reason", "다시")
    run(*add)
    assert "설날과 추석이 하루씩" in run("doctor")[1]
    run(*add[:2], "2026-03-02", *add[3:])
    assert [line for line in run("doctor")[1].splitlines() if f"2026년에 {name}" in line and "2일" in line]


def test_another_day_is_removed_without_a_warning(run):
    assert run("holidays", "remove", "2026-12-25", "--reason", "x")[2] == ""


def test_the_history_tells_what_became_of_the_calendar(run, demo_home):
    before = head_of(demo_home)
    run(*ADD)
    run(*HEAT)
    run("restore", str(before), "--reason", "잘못 넣음")
    back, alert, holiday = run("history", "--limit", "3")[1].splitlines()
    assert "공휴일 더함: 2026-12-28 임시공휴일 · 정부 발표" in holiday
    assert "특보 더함: 2026-07-20 ~ 2026-07-24 폭염특보 · 기상청 · 특보" in alert
    assert f"개정 {before}호로 되돌림 · 공휴일 뺌: 2026-12-28 임시공휴일 · 특보 뺌: 2026-07-20" in back
    assert back.endswith("잘못 넣음")
    document = json.loads(run("history", "--limit", "1", "--json")[1])[0]
    assert (document["restored"], document["reason"], len(document["calendar"])) == (before, "잘못 넣음", 2)


def test_a_long_list_of_days_is_cut_in_the_history(run):
    run(*ADD, "--until", "2026-12-31")
    (line,) = run("history", "--limit", "1")[1].splitlines()
    assert line.count("공휴일 더함") == 3
    assert "달력 변경 1건 더" in line


def test_a_reason_that_names_a_revision_to_come_is_a_reason(run):
    run(*ADD[:-1], "restore 9999: x")
    document = json.loads(run("history", "--limit", "1", "--json")[1])[0]
    assert (document["restored"], document["reason"]) == (None, "restore 9999: x")


def test_the_help_comes_at_once():
    subprocess.run([geo_app(), "holidays", "add", "--help"], check=True, capture_output=True)
    waits = []
    for command in (("holidays",), ("holidays", "add"), ("alerts", "list")):
        began = os.times()
        subprocess.run([geo_app(), *command, "--help"], check=True, capture_output=True)
        ended = os.times()
        # Seconds of the processor: what else the machine does meanwhile is not counted.
        waits.append(ended.children_user + ended.children_system - began.children_user - began.children_system)
    assert min(waits) < 0.5
