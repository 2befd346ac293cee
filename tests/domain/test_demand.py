"""Curves and tables as stored documents: there and back, and every broken member blamed."""

import pytest

from geo_app.domain.demand import DemandTable, DemandUnit, PlacedBy, curves_record, load_curves, load_table, table_record
from geo_app.domain.errors import BadRecord


@pytest.fixture
def job():
    return {
        "id": "rider", "names": {"ko": "라이더", "en": "Rider"}, "base": {"residents": 1.0}, "curve": [0.5] * 167 + [1.0],
        "status": "assumption", "reason": "어림", "source": "",
    }  # fmt: skip


def test_curves_come_back_from_their_record(job):
    measured = {**job, "id": "courier", "status": "measured", "source": "조사", "people": 300.0, "people_source": "조사"}
    assert curves_record(load_curves([job, measured])) == [job, measured]
    assert load_curves([job])[0].name("vi") == "Rider"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Rider 1"), ("names", {"ko": "라이더"}), ("names", "라이더"), ("base", {}), ("base", {"residents": 0.5}),
        ("base", {"residents": 2.0, "establishments": -1.0}), ("curve", [1.0] * 167), ("curve", [0.0] * 168), ("curve", [1.1] * 168),
        ("curve", [float("nan")] * 168), ("curve", ["x"] * 168), ("status", "certain"), ("reason", ""), ("people", 0), ("people", 10),
    ],
)  # fmt: skip
def test_a_broken_curve_is_refused_by_name(job, field, value):
    with pytest.raises(BadRecord):
        load_curves([{**job, field: value}])


def test_a_measured_curve_without_a_source_is_refused(job):
    with pytest.raises(BadRecord):
        load_curves([{**job, "status": "measured"}])


@pytest.mark.parametrize("document", [{}, "curves", [1], [None]])
def test_what_is_no_list_of_jobs_is_refused(document):
    with pytest.raises(BadRecord):
        load_curves(document)


def test_the_same_job_twice_is_refused(job):
    with pytest.raises(BadRecord):
        load_curves([job, job])


def test_a_table_comes_back_from_its_record():
    rows = (("다라30aa80aa", 1.5), ("다라30ab80aa", 0.0))
    table = DemandTable("night", "야간", 2026, "구청", DemandUnit.PEOPLE, PlacedBy.CELL, rows, "ab")
    assert table_record(load_table("night", table_record(table))) == table_record(table)
    assert load_table("night", table_record(table)).rows == rows


@pytest.mark.parametrize(
    "change",
    [{"unit": "cars"}, {"year": "x"}, {"rows": [["a", -1]]}, {"rows": [["a", 1], ["a", 2]]}, {"rows": [["a"]]}, {"placed_by": "x"}],
)
def test_a_broken_table_is_refused(change):
    record = {"name": "야간", "year": 2026, "source": "구청", "unit": "people", "placed_by": "cell", "rows": [["a", 1.0]]}
    load_table("night", record)
    with pytest.raises(BadRecord):
        load_table("night", {**record, **change})
