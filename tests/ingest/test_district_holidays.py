import csv
import json
import os
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from geo_app.domain.calendar import Calendar, HolidayKind
from geo_app.ingest import district_holidays
from geo_app.ingest.district_holidays import list_holidays, main, write_calendar
from geo_app.ingest.district_packages import ExtractPackagesMissing

DATA = Path(__file__).parents[2] / "data" / "gwangsan"

needs_package = pytest.mark.skipif(not find_spec("holidays"), reason="the package holidays is not installed")


@pytest.fixture(scope="module")
def calendar():
    return Calendar.from_record(json.loads((DATA / "calendar.json").read_text(encoding="utf-8")))


@needs_package
def test_the_committed_calendar_holds_every_day_of_the_package(calendar):
    holidays = pytest.importorskip("holidays")
    assert {item.day for item in calendar.holidays} == set(holidays.country_holidays("KR", years=range(2023, 2029)))


@needs_package
def test_writing_it_again_gives_the_same_bytes(tmp_path):
    folder = tmp_path / "gwangsan"
    folder.mkdir()
    main([str(folder), "2023", "2028"])
    assert (folder / "calendar.json").read_bytes() == (DATA / "calendar.json").read_bytes()


def test_kinds_are_told_from_the_korean_names(calendar):
    kinds = {item.day: item.kind for item in calendar.holidays}
    assert kinds[date(2024, 10, 1)] is HolidayKind.TEMPORARY
    assert kinds[date(2025, 1, 27)] is HolidayKind.TEMPORARY
    assert kinds[date(2026, 6, 3)] is HolidayKind.ELECTION
    assert kinds[date(2026, 8, 17)] is HolidayKind.SUBSTITUTE
    assert kinds[date(2026, 12, 25)] is HolidayKind.PUBLIC


def test_each_covered_year_has_its_two_feast_days_even_beside_another_holiday(calendar):
    feasts = [item.day for item in calendar.holidays if calendar.is_seollal_or_chuseok_day(item.day) and item.name in {"설날", "추석"}]
    assert len(feasts) == 12
    # 추석 and 개천절 fall together in 2028.
    assert date(2028, 10, 3) in feasts
    assert len(calendar.list_holidays(date(2028, 10, 3), date(2028, 10, 3))) == 2
    assert not calendar.is_seollal_or_chuseok_day(date(2026, 2, 16))


def test_the_covered_days_are_whole_years(calendar):
    assert (calendar.covers_from, calendar.covers_until) == (date(2023, 1, 1), date(2028, 12, 31))


@pytest.mark.skipif("GEO_APP_ANCHORS" not in os.environ, reason="GEO_APP_ANCHORS (a folder of published answers) is not set")
def test_every_day_on_which_two_libraries_agree_is_a_holiday_here(calendar):
    with (Path(os.environ["GEO_APP_ANCHORS"]) / "hours" / "kr_holidays.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    agreed = {date.fromisoformat(row["date"]) for row in rows if row["holidays_py_0.109"] and row["date_holidays_js"]}
    assert len(agreed) > 60
    assert all(calendar.is_public_holiday(day) for day in agreed)


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(district_holidays.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ExtractPackagesMissing):
        write_calendar(tmp_path, 2026, 2026, made_on=date(2026, 11, 21))


@needs_package
def test_days_come_in_order():
    days = [item.day for item in list_holidays(2026, 2027)]
    assert days == sorted(days)
