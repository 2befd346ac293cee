"""The box of wishes: no address in any file, small numbers untold, marks gone with their day whoever looks."""

from contextlib import closing
from datetime import datetime

import pytest

from geo_app.desk.reports import Outcome
from geo_app.desk.store import open_desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.wish import DayBand, WishCount, WishTime
from geo_app.workspace.home import Home
from geo_app.workspace.reports import KEY_FILE, ReportBoard
from geo_app.workspace.wishes import WishBox

BEFORE, AFTER = datetime(2026, 11, 21, 23, 59, 30, tzinfo=SEOUL), datetime(2026, 11, 22, 0, 0, 30, tzinfo=SEOUL)
NIGHT, NOON = WishTime(DayBand.WEEKDAY, 2), WishTime(DayBand.SUNDAY, 12)


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "instance")
    made.prepare()
    return made


@pytest.fixture
def desk(home):
    with closing(open_desk(home.desk)) as opened:
        yield opened


@pytest.fixture
def box(home, desk):
    return WishBox(home, desk)


def add(box, number=1, *, place="dg-000003", time=NIGHT, at=BEFORE):
    return box.add(place, time, at=at, address=f"203.0.113.{number}").outcome


def tags(desk):
    with desk.lend() as connection:
        return [row[0] for row in connection.execute("SELECT tag FROM wishes")]


def test_small_numbers_are_untold_and_most_stand_first(box):
    assert box.counts() == []
    for number in (1, 2, 3):
        add(box, number)
    add(box, place="dg-000001", time=NOON)
    assert box.counts() == [WishCount("dg-000003", NIGHT, 3), WishCount("dg-000001", NOON, None)]


def test_one_connection_counts_once_a_day(box):
    assert [add(box), add(box), add(box, at=AFTER)] == [Outcome.ADDED, Outcome.REPLACED, Outcome.ADDED]


def test_no_file_holds_an_address_and_no_mark_outlives_its_day(box, home, desk):
    add(box)
    (tag,) = tags(desk)
    box.look(AFTER)
    assert tags(desk) == [None]
    written = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert tag.encode() not in written
    assert b"203.0.113" not in written
    assert not (home.folder / KEY_FILE).exists()


def test_reports_and_wishes_share_the_key_of_the_day(box, home, desk):
    board = ReportBoard(home, desk)
    add(box)
    board.look(BEFORE)
    key = (home.folder / KEY_FILE).read_bytes()
    assert add(box) is Outcome.REPLACED
    assert (home.folder / KEY_FILE).read_bytes() == key
    board.look(AFTER)
    assert add(box, at=AFTER) is Outcome.ADDED
    assert (home.folder / KEY_FILE).read_bytes() != key
