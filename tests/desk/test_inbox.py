"""Taking an inbox's reports and wishes onto the desk, once each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from geo_app.desk.inbox import Taken, WishSlip, forget_taken, open_inbox, take_reports, take_wishes
from geo_app.desk.report_tidying import tidy_reports
from geo_app.desk.reports import Slip, file_report, list_reports, newest_number
from geo_app.desk.store import open_desk
from geo_app.desk.wishes import count_wishes
from geo_app.domain.errors import BrokenStore
from geo_app.domain.report import REPORTS_AN_HOUR, Limit, Report, Seen, Vouching
from geo_app.domain.wish import DayBand, WishTime

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
INBOX = "ab" * 16


@pytest.fixture
def desk(tmp_path):
    opened = open_desk(tmp_path / "desk.sqlite")
    yield opened
    opened.close()


def slip(number, seen=Seen.CLOSED, *, slip_id=1, at=AT, vouching=Vouching.NONE):
    return Slip(slip_id, number, Report("sh-000001", seen, at, vouching))


def told(desk):
    return [item.report for item in list_reports(desk)]


def test_a_report_is_taken_once_and_a_changed_one_takes_its_place(desk):
    assert take_reports(desk, INBOX, [slip(1)]) == Taken(added=1)
    assert take_reports(desk, INBOX, [slip(1)]) == Taken(unchanged=1)
    newer = slip(5, Seen.OPEN, at=AT + timedelta(minutes=3), vouching=Vouching.WHOLE)
    assert take_reports(desk, INBOX, [newer]) == Taken(changed=1, vouching=1)
    assert take_reports(desk, INBOX, [slip(1), newer]) == Taken(unchanged=2)
    assert told(desk) == [newer.report]


def test_the_same_numbers_of_another_inbox_are_other_reports(desk):
    assert take_reports(desk, INBOX, [slip(1)]) == take_reports(desk, "cd" * 16, [slip(1)]) == Taken(added=1)
    assert len(told(desk)) == 2


def test_what_is_taken_stands_beside_the_reports_made_inside_and_is_seen_by_their_readers(desk):
    file_report(desk, Report("sh-000001", Seen.CLOSED, AT), tag="t" * 16, day=DAY)
    before = newest_number(desk)
    take_reports(desk, INBOX, [slip(1), slip(2, slip_id=2)])
    assert len(list_reports(desk, after=before)) == 2
    assert len(told(desk)) == 3


def test_a_report_let_go_inside_is_not_brought_back_by_the_number_of_another(desk):
    take_reports(desk, INBOX, [slip(1)])
    tidy_reports(desk, at=AT + timedelta(hours=25), day=DAY + timedelta(days=1))
    assert told(desk) == []
    file_report(desk, Report("sh-000002", Seen.CLOSED, AT + timedelta(hours=25)), tag="t" * 16, day=DAY)
    newer = slip(9, at=AT + timedelta(hours=26))
    assert take_reports(desk, INBOX, [newer]) == Taken(changed=1)
    assert sorted(report.site_id for report in told(desk)) == ["sh-000001", "sh-000002"]


def test_all_are_taken_or_none(desk):
    def failing():
        yield slip(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        take_reports(desk, INBOX, failing())
    assert told(desk) == []
    assert take_reports(desk, INBOX, [slip(1)]) == Taken(added=1)


def flood(count, *, first=1, at=AT, site=lambda _: "sh-000001", seen=Seen.CLOSED):
    return [Slip(number, number, Report(site(number), seen, at)) for number in range(first, first + count)]


def test_of_a_place_no_more_is_taken_of_an_hour_than_fits_however_often_the_file_comes(desk):
    most = REPORTS_AN_HOUR[Limit.PLACE]
    for slips in (flood(100), list(reversed(flood(100)))):
        taken = take_reports(desk, INBOX, slips)
        assert (taken.added + taken.unchanged, taken.over_limit, len(told(desk))) == (most, 100 - most, most)
    # Nor where what came before is left out of the next file, or is given another minute of that hour.
    moved = flood(10, first=5_000, at=AT + timedelta(minutes=59))
    assert take_reports(desk, INBOX, moved) == Taken(over_limit=10)
    later = flood(most + 1, first=10_000, at=AT + timedelta(hours=1))
    assert take_reports(desk, INBOX, later) == Taken(added=most, over_limit=1)
    other = flood(most, first=20_000, site=lambda _: "sh-000002")
    assert take_reports(desk, INBOX, other) == Taken(added=most)


def test_what_was_let_go_here_still_takes_up_its_room(desk):
    most = REPORTS_AN_HOUR[Limit.PLACE]
    take_reports(desk, INBOX, flood(100))
    tidy_reports(desk, at=AT + timedelta(hours=25), day=DAY + timedelta(days=1))
    assert take_reports(desk, INBOX, flood(100)) == Taken(unchanged=most, over_limit=100 - most)
    assert told(desk) == []


def test_a_changed_report_comes_before_new_ones_and_into_an_hour_with_room(desk, monkeypatch):
    monkeypatch.setitem(REPORTS_AN_HOUR, Limit.PLACE, 2)
    assert take_reports(desk, INBOX, [slip(1, at=AT - timedelta(hours=2))]) == Taken(added=1)
    newer = [slip(9), *flood(5, first=20)]
    assert take_reports(desk, INBOX, newer) == Taken(added=1, changed=1, over_limit=4)


def test_of_all_places_no_more_is_taken_of_an_hour_than_fits(desk, monkeypatch):
    monkeypatch.setitem(REPORTS_AN_HOUR, Limit.EVERYONE, 40)
    assert take_reports(desk, INBOX, flood(100, site=lambda number: f"sh-{number:06d}")) == Taken(added=40, over_limit=60)


def test_it_is_told_for_how_many_places_the_reports_vouch(desk):
    reports = [("sh-000001", Vouching.WHOLE), ("sh-000001", Vouching.HALF), ("sh-000002", Vouching.HALF), ("sh-000003", Vouching.NONE)]
    slips = [Slip(number, number, Report(site, Seen.OPEN, AT, how)) for number, (site, how) in enumerate(reports, 1)]
    assert take_reports(desk, INBOX, slips) == Taken(added=4, vouching=2)
    assert take_reports(desk, INBOX, slips) == Taken(unchanged=4)


def test_a_wish_is_counted_once(desk):
    wish = WishSlip(1, "dg-000001", WishTime(DayBand.WEEKDAY, 2), DAY)
    assert take_wishes(desk, INBOX, [wish]) == Taken(added=1)
    assert take_wishes(desk, INBOX, [wish, WishSlip(2, wish.place, wish.time, DAY)]) == Taken(added=1, unchanged=1)
    assert list(count_wishes(desk)) == [("dg-000001", wish.time, 2)]


def test_what_is_too_old_to_be_taken_again_is_forgotten(desk):
    take_reports(desk, INBOX, [slip(1), slip(2, slip_id=2, at=AT + timedelta(days=9))])
    take_wishes(desk, INBOX, [WishSlip(1, "dg-000001", WishTime(DayBand.WEEKDAY, 2), DAY)])
    forget_taken(desk, reports_before=AT + timedelta(days=1), wishes_before=DAY)
    with desk.lend() as connection:
        assert connection.execute("SELECT slip FROM taken_reports").fetchall() == [(2,)]
        assert connection.execute("SELECT count(*) FROM taken_wishes").fetchone() == (0,)


def test_an_inbox_is_no_desk_and_a_desk_no_inbox_and_each_has_a_name_of_its_own(tmp_path, desk):
    one, two = open_inbox(tmp_path / "one.sqlite"), open_inbox(tmp_path / "two.sqlite")
    names = []
    for inbox in (one, two):
        with inbox.lend() as connection:
            names += connection.execute("SELECT name FROM inbox").fetchone()
        inbox.close()
    assert [len(name) for name in {*names}] == [32, 32]
    with pytest.raises(BrokenStore):
        open_desk(tmp_path / "one.sqlite")
    with pytest.raises(BrokenStore):
        open_inbox(tmp_path / "desk.sqlite")
    with open_inbox(tmp_path / "one.sqlite").lend() as connection:
        assert connection.execute("SELECT name FROM inbox").fetchone() == (names[0],)
