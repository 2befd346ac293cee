"""Summing up from what still tells something, as from all."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.desk.reports import Slip
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import OPEN_COUNTS_FOR, Report, Seen, Vouching, summarise
from geo_app.workspace import report_book
from geo_app.workspace.report_book import ReportBook

AT = datetime(2026, 11, 24, 13, 0, tzinfo=SEOUL)
HOURS = st.one_of(st.integers(-30, 30), st.sampled_from([-4330, -4320, -4310, -4300, -1000]))
REPORTS = st.builds(
    lambda site, hours, kind: Report(site, kind[0], AT + timedelta(hours=hours), kind[1]),
    st.sampled_from(["sh-000001", "sh-000002"]),
    HOURS,
    st.sampled_from([(Seen.CLOSED, Vouching.NONE), *[(Seen.OPEN, item) for item in Vouching]]),
)
STEPS = st.lists(st.one_of(st.tuples(st.integers(1, 12), REPORTS), st.integers(-3, 50)), max_size=40)


@given(steps=STEPS)
def test_whatever_comes_and_fades_the_summaries_are_those_of_all_reports(steps):
    book, held, at = ReportBook(), {}, AT
    for step in steps:
        if isinstance(step, int):
            at += timedelta(hours=step)
            assert book.tell(at).summaries == summarise(held.values(), at)
        else:
            number, report = step
            report_id = number * 10 + int(report.site_id[-1])  # a report stays with its place
            book.put([Slip(report_id, 1, report)])
            held[report_id] = report
    assert book.tell(at).summaries == summarise(held.values(), at)
    book.clear()
    assert book.tell(at).summaries == {}


@pytest.mark.parametrize("seen", list(Seen))
def test_a_tap_does_not_go_through_all_that_a_place_was_ever_told(monkeypatch, seen):
    book = ReportBook()
    first = AT - OPEN_COUNTS_FOR + timedelta(days=10)
    book.put(Slip(number, number, Report("sh-000001", seen, first + timedelta(minutes=number))) for number in range(10_000))
    book.tell(AT)
    looked_at = []

    def counting(reports, at):
        looked_at.extend(reports)
        return summarise(reports, at)

    monkeypatch.setattr(report_book, "summarise", counting)
    book.put([Slip(20_000, 20_000, Report("sh-000001", Seen.CLOSED, AT))])
    assert book.tell(AT).summaries["sh-000001"].closed_count == 1
    assert len(looked_at) == 2
