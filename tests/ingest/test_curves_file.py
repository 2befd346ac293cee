"""Curves as people edit them: out and in again, what may be left empty, and every fault by its place."""

import csv
import io

import pytest

from geo_app.domain.demand import curves_record, load_curves
from geo_app.ingest.curves_file import COLUMNS, curve_rows, read_curves_file
from geo_app.ingest.upload import Upload

RECORD = {
    "id": "rider", "names": {"ko": "라이더", "en": "Rider", "vi": "Tài xế"}, "base": {"residents": 0.6, "establishments": 0.4},
    "curve": [round(hour / 167, 4) for hour in range(168)], "status": "assumption", "reason": "=1+1처럼 보임", "source": "조사, 2026",
}  # fmt: skip
JOBS = load_curves([RECORD, {**RECORD, "id": "courier", "people": 1200.0, "people_source": "구청"}])


def text_of(rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def read(rows, known=()):
    return read_curves_file(Upload("곡선.csv", text_of(rows).encode("utf-8-sig")), known)


def test_what_is_written_comes_back_the_same():
    reading = read(curve_rows(JOBS))
    assert reading.problems == []
    assert curves_record(reading.jobs) == curves_record(JOBS)


def test_there_are_seven_rows_a_job_and_a_column_an_hour():
    rows = curve_rows(JOBS)
    assert len(rows) == 14
    assert [row["요일"] for row in rows[:7]] == list("월화수목금토일")
    assert (rows[1]["00시"], rows[6]["23시"]) == (RECORD["curve"][24], 1.0)


def test_what_is_left_empty_stays_as_it_is_known():
    bare = [{name: row[name] for name in COLUMNS if name in ("job", "요일") or name.endswith("시")} for row in curve_rows(JOBS[:1])]
    assert curves_record(read(bare, JOBS).jobs) == [RECORD]
    refused = read(bare)
    assert [(problem.code, problem.value) for problem in refused.problems] == [("curve-bad-job", "rider")]
    assert refused.jobs == ()


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"07시": "1.5"}, "curve-bad-share", "07시"), ({"07시": "-0.1"}, "curve-bad-share", "07시"), ({"07시": ""}, "bad-number", "07시"),
        ({"07시": "많음"}, "bad-number", "07시"), ({"요일": "Mon"}, "curve-unknown-day", "요일"), ({"job": ""}, "curve-bad-job", "job"),
        ({"요일": "월"}, "curve-day-twice", "요일"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_line_and_column(change, code, column):
    rows = curve_rows(JOBS[:1])
    rows[2] |= change
    reading = read(rows)
    assert (code, 4, column) in [(problem.code, problem.line, problem.column) for problem in reading.problems]
    assert reading.jobs == ()


def test_a_day_that_is_missing_is_named():
    reading = read(curve_rows(JOBS[:1])[:5])
    assert [(problem.code, problem.value, problem.details["days"]) for problem in reading.problems] == [
        ("curve-days-missing", "rider", "토, 일")
    ]


@pytest.mark.parametrize(
    "change", [{"base": "residents"}, {"base": "residents=x"}, {"people": "많음"}, {"status": "?"}, {"base": "residents=0.5"}]
)
def test_a_job_that_is_not_whole_is_named(change):
    rows = curve_rows(JOBS[:1])
    rows[0] |= change
    assert [(problem.code, problem.value) for problem in read(rows).problems] == [("curve-bad-job", "rider")]


def test_a_file_without_the_hours_says_which_columns_are_missing():
    reading = read_curves_file(Upload("곡선.csv", "job,요일,00시\nrider,월,1\n".encode()), JOBS)
    (problem,) = reading.problems
    assert problem.code == "curve-columns-missing"
    assert "23시" in problem.details["missing"]


def test_a_file_without_rows_is_refused():
    assert [problem.code for problem in read([]).problems] == ["no-rows"]
