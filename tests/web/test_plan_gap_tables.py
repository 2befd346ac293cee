"""The gaps on the planner's page and in its file: true ranks, causes, how many there are, and every hour in words."""

import csv
import io
import re
from html import escape

TUESDAY = "2026-11-24T02:00"


def test_gaps_stand_in_two_lists_by_cause_with_true_ranks_how_many_there_are_and_all_their_hours(client):
    text = client.get("/plan", query_string={"at": TUESDAY, "lang": "ko"}).get_data(as_text=True)
    section = text[text.index('id="gaps"') : text.index('id="by-dong"')]
    shut, far = section.split('id="gaps-far"')
    for part, cause in ((shut, "shut"), (far, "far")):
        answer = client.get("/api/coverage/gaps", query_string={"at": TUESDAY, "cause": cause, "most": 200, "lang": "ko"}).json
        assert re.findall(r'<tr data-key="(\d+)"', part) == [str(gap["rank"]) for gap in answer["gaps"][:10]]
        assert f"모두 {answer[f'{cause}_count']}곳 가운데 10곳" in part
        for gap in answer["gaps"][:10]:
            assert escape(gap["name"]) in part
            assert all(escape(span) in part for span in gap["when"].split("; "))
    assert '<details class="plan-rest"' in shut


def test_the_file_of_gaps_has_cause_rank_total_and_readable_hours(client):
    answer = client.get("/plan/gaps.csv", query_string={"at": TUESDAY, "most": 200, "lang": "ko"})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    told = client.get("/api/coverage/gaps", query_string={"at": TUESDAY, "most": 200, "lang": "ko"}).json
    assert [row["때"] for row in rows] == [gap["when"] for gap in told["gaps"]]
    assert {row["까닭"] for row in rows} == {"가까운 곳이 없음", "문이 닫힘"}
    assert {row["한 주의 공백 전체 수"] for row in rows} == {str(told["total"])}
    assert [int(row["주당 시간 수"]) for row in rows] == [len(gap["hours"]) for gap in told["gaps"]]
    shut = client.get("/plan/gaps.csv", query_string={"at": TUESDAY, "most": 200, "cause": "shut", "lang": "ko"}).data.decode("utf-8-sig")
    assert shut.count("문이 닫힘") == told["shut_count"]
