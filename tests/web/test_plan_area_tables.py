"""The tables of areas: a figure's unit stands over its column, or beside it where rows differ."""

from dataclasses import replace

import pytest

from geo_app.domain.demand import DemandUnit
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.world import get_world
from geo_app.web.parameters import moment
from geo_app.web.plan_area_tables import area_tables
from geo_app.wording.catalogue import get_words


class Links:
    def page(self, fragment="", **changes):
        return f"#{fragment}"

    def door(self, endpoint, **changes):
        return endpoint


@pytest.fixture
def job_table(client, demo_workspace):
    answer = ask_coverage(get_world(demo_workspace.keeper.current), CoverageQuestion(at=moment("2026-11-24T14:00")))

    def make(*units):
        jobs = tuple(replace(job, unit=unit, demand=600.0, uncovered=200.0) for job, unit in zip(answer.by_job, units, strict=False))
        with client.application.test_request_context("/plan"):
            table = area_tables(replace(answer, by_job=jobs), None, Links(), get_words("ko"))["by_job"]
        heads = {column.field: column.label for column in table.columns}
        return heads, [(row.cells["uncovered"].text, row.cells["demand"].text) for row in table.rows]

    return make


def test_jobs_of_one_unit_have_it_over_their_column(job_table):
    heads, rows = job_table(DemandUnit.INDEX, DemandUnit.INDEX)
    assert all("지수" in heads[field] for field in ("uncovered", "demand"))
    assert rows == [("200", "600")] * 2
    heads, _ = job_table(DemandUnit.PEOPLE, DemandUnit.PEOPLE)
    assert not any("지수" in heads[field] for field in ("uncovered", "demand"))


def test_where_only_some_jobs_are_counted_in_people_each_figure_has_its_own_unit(job_table):
    heads, rows = job_table(DemandUnit.INDEX, DemandUnit.PEOPLE)
    assert not any("지수" in heads[field] or "사람" in heads[field] for field in ("uncovered", "demand"))
    assert sorted(rows) == sorted([("지수 200", "지수 600"), ("200명", "600명")])


def test_a_row_of_a_job_tells_what_asking_for_it_alone_tells(client):
    at = {"at": "2026-11-24T14:00"}
    whole = client.get("/api/coverage", query_string=at).get_json()
    for row in whole["by_job"]:
        alone = client.get("/api/coverage", query_string={**at, "demand": f"job:{row['key']}"}).get_json()
        told = [alone[name] for name in ("demand_total", "covered", "uncovered", "share")]
        assert [row[name] for name in ("demand", "covered", "uncovered", "share")] == pytest.approx(told, abs=2e-3), row["key"]
        assert row["unit"] == alone["demand"]["unit"] == "index"
