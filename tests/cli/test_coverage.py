"""`geo-app coverage`: the answers of the machine doors, and tables that a clerk can read."""

import json
import sys
import unicodedata

import pytest

from geo_app.cli import main

AT = ("--at", "2026-11-24T02:00")


@pytest.fixture
def run(demo_template, monkeypatch, capfdbinary):
    """Runs a command in this process on the demo district; it only reads."""

    def told(*arguments):
        monkeypatch.setenv("GEO_APP_HOME", str(demo_template))
        monkeypatch.setattr(sys, "argv", ["geo-app", "coverage", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return told


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize(("option", "door"), [("", ""), ("--week", "/week"), ("--gaps", "/gaps"), ("--hosts", "/hosts")])
def test_a_document_is_what_the_machine_door_answers(run, client, option, door):
    further = ("--mode", "bicycle", "--minutes", "7.5", "--edits", "close:sh-000006", "--without", "sh-000007")
    query = {"at": "2026-11-24T02:00", "mode": "bicycle", "minutes": "7.5", "edits": "close:sh-000006", "without": "sh-000007"}
    code, out, _ = run(*AT, *further, *filter(None, [option]), "--json")
    assert code == 0
    assert out.encode().rstrip(b"\n") == client.get(f"/api/coverage{door}", query_string=query).data


def test_the_table_has_the_dongs_straight_and_the_worst_first(run, client):
    code, out, _ = run(*AT)
    assert code == 0
    told = json.loads(client.get("/api/coverage", query_string={"at": "2026-11-24T02:00"}).data)
    lines = out.split("\n\n")[1].splitlines()
    table = [line for line in lines[1:] if not line.startswith("·")]
    assert len(table) == len(told["by_dong"])
    shares = {item["name"]: item["share"] for item in told["by_dong"]}
    order = [shares[line.split()[0]] for line in table]
    assert order == sorted(order)
    assert len({width(line) for line in [lines[0], *table]}) == 1
    assert "직선거리(추정)" in out


def test_the_week_is_seven_lines_of_twenty_four_hours(run):
    _, out, _ = run(*AT, "--week")
    assert "직선거리(추정)" in out.splitlines()[1]
    rows = out.splitlines()[4:]
    assert [row.split()[0] for row in rows] == ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"]
    assert {len(row.split()) for row in rows} == {25}
    assert len({width(row) for row in rows}) == 1


def test_gaps_and_hosts_are_told_in_words(run):
    _, gaps, _ = run(*AT, "--gaps", "--most", "3")
    _, _, head, *lines = gaps.splitlines()
    assert [line.split(".")[0] for line in lines] == ["1", "2", "3"]
    told = json.loads(run(*AT, "--gaps", "--most", "200", "--cause", "shut", "--json")[1])
    assert str(told["total"]) in head
    assert {gap["cause"] for gap in told["gaps"]} == {"shut"}
    _, shut, _ = run(*AT, "--gaps", "--most", "3", "--cause", "shut")
    assert [line.split(".")[0] for line in shut.splitlines()[3:]] == [str(gap["rank"]) for gap in told["gaps"][:3]]
    assert all(line.endswith("문이 닫힘") for line in shut.splitlines()[3:])
    _, hosts, _ = run(*AT, "--hosts", "--workers", "999999")
    told, *lines = hosts.splitlines()
    assert told.startswith("수요: 산업단지 종사자(명). 출처: ")
    assert len(lines) == 2


def test_figures_say_whom_they_count_that_minutes_are_estimates_and_that_the_places_are_made_up(run):
    _, out, _ = run(*AT)
    lines = out.splitlines()
    assert lines[0].startswith("개정 3호 · ")
    assert lines[1].startswith("수요: 주민(2025년, 명). 출처: ")
    assert lines[2] == "이동 시간 기준: 직선거리(추정)"
    assert "센 46곳이 모두 예시 자료입니다" in out
    assert "중앙값 분(추정)" in out
    assert "헤아린" not in out
    assert "이용 가능" not in out


def test_an_earlier_revision_can_be_asked(run):
    assert json.loads(run(*AT, "--revision", "1", "--json")[1])["revision"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--sites", "sh-999999"), "unknown-site"),
        (("--demand", "nobody"), "unknown-demand"),
        (("--edits", "open:1"), "bad-edit"),
        (("--edits", "close:sh-999999"), "unknown-edited-site"),
        (("--revision", "999"), "unknown-revision"),
    ],
)
def test_a_refusal_names_what_is_wrong(run, arguments, code):
    number, out, err = run(*AT, *arguments)
    assert (number, out) == (2, "")
    assert f"[{code}]" in err


@pytest.mark.parametrize("arguments", [("--minutes", "0"), ("--mode", "fly"), ("--nth", "11"), ("--at", "gestern"), ("--layer", "dongs")])
def test_bad_usage_is_said_before_anything_is_asked(run, arguments):
    assert run(*arguments)[0] == 2
