"""Korean public holidays of some years, written out as data.

`python -m geo_app.ingest.district_holidays data/gwangsan 2023 2028` writes `calendar.json` and its card from the `holidays`
package. Written out, because an upgrade of a package must not change yesterday's answer; staff add what the government announces later.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from geo_app.domain.calendar import Calendar, Holiday, HolidayKind
from geo_app.ingest.district_cards import write_card
from geo_app.ingest.district_packages import ExtractPackagesMissing

CALENDAR_NAME = "calendar.json"
SOURCE = "python-holidays"
# Announced for one year by the cabinet, though the package gives the day its own name (국군의 날, 2024-10-01).
_TEMPORARY_NAMES = frozenset({"임시공휴일", "국군의 날"})


def list_holidays(first_year: int, last_year: int) -> list[Holiday]:
    """The holidays from the first year to the last, by day; two that fall together come as two. Raises `ExtractPackagesMissing`."""
    if importlib.util.find_spec("holidays") is None:
        raise ExtractPackagesMissing(missing="holidays", hint='pip install "gwangsan-work-shelter-map[extract]"')
    import holidays  # noqa: PLC0415 - an optional package: only this command needs it

    found = holidays.country_holidays("KR", years=range(first_year, last_year + 1), language="ko")
    return [Holiday(day, part.strip(), _kind(part.strip()), SOURCE) for day, name in sorted(found.items()) for part in name.split(";")]


def write_calendar(folder: Path, first_year: int, last_year: int, *, made_on: date) -> Path:
    """The path of the `calendar.json` written for those years, with its card beside it."""
    path = folder / CALENDAR_NAME
    calendar = Calendar(tuple(list_holidays(first_year, last_year)), date(first_year, 1, 1), date(last_year, 12, 31))
    record = calendar.to_record()
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in record.pop("holidays"))
    head = json.dumps(record)[1:-1]
    path.write_text(f'{{{head},\n "holidays": [\n{rows}\n ]}}\n', encoding="utf-8")
    write_card(
        path,
        title=f"공휴일 {first_year}–{last_year}",
        producer="python-holidays 꾸러미",
        licence="MIT",
        data_date=f"{first_year}/{last_year}",
        made_on=made_on,
        command=f"python -m geo_app.ingest.district_holidays data/{folder.name} {first_year} {last_year}",
        notes="Neither the package nor this file is the law: days announced later (elections, temporary holidays) are added by the office.",
    )
    return path


def _kind(name: str) -> HolidayKind:
    if "대체" in name:
        return HolidayKind.SUBSTITUTE
    if name.endswith("선거일"):
        return HolidayKind.ELECTION
    return HolidayKind.TEMPORARY if name in _TEMPORARY_NAMES else HolidayKind.PUBLIC


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: a folder and the years from the first to the last."""
    parser = argparse.ArgumentParser(prog="python -m geo_app.ingest.district_holidays", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("first_year", type=int)
    parser.add_argument("last_year", type=int)
    given = parser.parse_args(arguments)
    path = write_calendar(given.folder, given.first_year, given.last_year, made_on=datetime.now(ZoneInfo("Asia/Seoul")).date())
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
