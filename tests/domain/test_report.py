"""What a summary says, against counting by hand."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import CLOSED_COUNTS_FOR, OPEN_COUNTS_FOR, Report, ReportSummary, Seen, Vouching, next_change, summarise

AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
reports = st.builds(
    Report,
    st.sampled_from(["sh-000001", "sh-000002"]),
    st.sampled_from(Seen),
    st.one_of(st.integers(-200 * 1440, 1440), st.integers(-200, 200)).map(lambda minutes: AT + timedelta(minutes=minutes)),
    st.sampled_from(Vouching),
)


def by_hand(made, site_id, at):
    closed = [report.reported_at for report in made if (report.site_id, report.seen) == (site_id, Seen.CLOSED)]
    opened = [report.reported_at for report in made if (report.site_id, report.seen) == (site_id, Seen.OPEN)]
    past = sorted((report.reported_at, report.seen is Seen.OPEN, report.vouching) for report in made if report.site_id == site_id)
    check = None
    for time, is_open, vouching in past:  # at one minute a closed door comes first
        if time <= at and not is_open:
            check = None
        elif time <= at and vouching is Vouching.WHOLE:
            check = time
    if check is not None and at - check >= timedelta(days=180):
        check = None
    closed = sorted(time for time in closed if timedelta(0) <= at - time < timedelta(days=1))
    opened = sorted(time for time in opened if timedelta(0) <= at - time < timedelta(days=180))
    return ReportSummary(len(closed), closed[-1] if closed else None, opened[-1] if opened else None, check)


@given(st.lists(reports, max_size=12), st.integers(-1440, 3 * 1440))
def test_a_summary_is_what_counting_by_hand_gives(made, minutes):
    at = AT + timedelta(minutes=minutes)
    told = summarise(made, at)
    for site_id in ("sh-000001", "sh-000002"):
        assert told.get(site_id, ReportSummary()) == by_hand(made, site_id, at)
    assert ReportSummary() not in told.values()


@given(st.lists(reports, max_size=8))
def test_between_two_changes_the_clock_alone_changes_nothing(made):
    at, told = AT, summarise(made, AT)
    for _ in range(20):
        changes_at = next_change(made, at)
        if changes_at is None:
            assert summarise(made, at + timedelta(days=400)) == told == {}
            return
        assert summarise(made, changes_at - timedelta(microseconds=1)) == told
        at, told = changes_at, summarise(made, changes_at)


def test_a_closed_door_fades_at_the_same_minute_of_the_next_day():
    made = [Report("sh-000001", Seen.CLOSED, AT)]
    assert summarise(made, AT + CLOSED_COUNTS_FOR - timedelta(seconds=1))["sh-000001"].closed_count == 1
    assert summarise(made, AT + CLOSED_COUNTS_FOR) == {}


def test_an_open_door_is_told_for_half_a_year():
    made = [Report("sh-000001", Seen.OPEN, AT)]
    assert summarise(made, AT + OPEN_COUNTS_FOR - timedelta(seconds=1))["sh-000001"].last_open_at == AT
    assert summarise(made, AT + OPEN_COUNTS_FOR) == {}


def test_an_open_door_is_a_check_only_where_it_vouches_wholly():
    for vouching in Vouching:
        told = summarise([Report("sh-000001", Seen.OPEN, AT, vouching)], AT)["sh-000001"]
        assert (told.last_open_at, told.last_check_at) == (AT, AT if vouching is Vouching.WHOLE else None)


def test_a_later_closed_door_ends_a_check_and_its_own_fading_does_not_bring_it_back():
    check, later = Report("sh-000001", Seen.OPEN, AT, Vouching.WHOLE), Report("sh-000001", Seen.CLOSED, AT + timedelta(hours=1))
    assert summarise([check, later], AT)["sh-000001"].last_check_at == AT
    for at in (later.reported_at, later.fades_at, AT + timedelta(days=100)):
        assert summarise([check, later], at)["sh-000001"].last_check_at is None


def test_two_closed_doors_ask_for_a_check_and_one_does_not():
    made = [Report("sh-000001", Seen.CLOSED, AT), Report("sh-000001", Seen.CLOSED, AT)]
    assert not summarise(made[:1], AT)["sh-000001"].needs_check
    assert summarise(made, AT)["sh-000001"].needs_check


def test_times_are_told_in_seoul():
    told = summarise([Report("sh-000001", Seen.OPEN, AT.astimezone(UTC))], AT)["sh-000001"].last_open_at
    assert told == AT
    assert told.utcoffset() == timedelta(hours=9)
