"""The board of riders' reports: what they say now, from memory; what other processes take in is seen within a second."""

import logging
import threading
from collections.abc import Mapping
from datetime import date, datetime

from geo_app.desk.report_tidying import cut_log, tidy_reports
from geo_app.desk.reports import Filing, Outcome, file_report, list_reports, newest_number
from geo_app.desk.store import Desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import Report, ReportSummary, Seen, Vouching
from geo_app.storage.faults import told_as_broken_store
from geo_app.workspace.day_key import DayKey
from geo_app.workspace.home import Home
from geo_app.workspace.report_book import ReportBook, Said

KEY_FILE = "reports.key"
LOCK = "reports"
_log = logging.getLogger(__name__)


class ReportBoard:
    """Takes reports in and sums them up; safe between threads and processes. Somebody must `look` at it a few times a second."""

    def __init__(self, home: Home, desk: Desk) -> None:
        self._home = home
        self._desk = desk
        self._key = DayKey(home.folder / KEY_FILE)
        self._looking = threading.Lock()
        self._book = ReportBook()
        self._said: Said | None = None
        self._number = 0
        self._is_to_read_whole = True
        self._tidied: tuple[date, int] | None = None
        self._is_log_to_cut = False
        self._fault: Exception | None = None

    @property
    def stamp(self) -> str:
        """Another text whenever the summaries of now are others, the same in every process that knows the same; for caches and ETags."""
        said = self._said
        return "" if said is None else said.stamp

    @property
    def fault(self) -> Exception | None:
        """Why the desk could not be read when last tried; what was read before is still told."""
        return self._fault

    def summaries(self, at: datetime) -> Mapping[str, ReportSummary]:
        """What riders say of each place at `at`, by its id; a place nobody reported is not in it. From memory."""
        if self._said is None:  # nobody has looked yet
            self.look(at)
        said = self._said
        if said is not None and said.holds(at):
            return said.summaries
        with self._looking:
            return self._book.tell_another_time(at)

    def add(self, site_id: str, seen: Seen, *, at: datetime, address: str | None, vouching: Vouching = Vouching.NONE) -> Filing:
        """Take in a rider's report from that network address, which is not kept. It shows at once. Raises `BrokenStore`.

        One standing report for each reporter, place and day: the next one takes its place. `site_id` must be of a published place,
        `vouching` what its published hours make of an open door.
        """
        self._tidy_when_due(at)
        # The lock also keeps the day's key from being destroyed between the making of the tag and its writing.
        with told_as_broken_store(self._home.folder), self._home.lock(LOCK):
            tag = self._key.tag(address, at.astimezone(SEOUL).date())
            filing = file_report(self._desk, Report(site_id, seen, at, vouching), tag=tag.text, day=tag.day)
        if filing.outcome is not Outcome.LIMITED:
            with self._looking:
                self._take_over()
                self._said = self._book.tell(at)
        return filing

    def look(self, at: datetime) -> None:
        """Take over what other processes took in, let go of what is old. Never raises: a fault is told by `fault` and tried again."""
        try:
            self._tidy_when_due(at)
            with self._looking:
                is_new = self._take_over()
                if is_new or self._said is None or not self._said.holds(at):
                    self._said = self._book.tell(at)
        except Exception as fault:  # noqa: BLE001 the thread that looks for us must live on to see it mended
            # Requests go on being answered from memory, also where nothing could be read into it yet.
            with self._looking:
                self._said = self._said or self._book.tell(at)
            if self._fault is None:
                _log.error("riders' reports cannot be read: %s", type(fault).__name__)
            self._fault = fault
        else:
            self._fault = None

    def _take_over(self) -> bool:
        newest = newest_number(self._desk)
        is_whole = self._is_to_read_whole or newest < self._number
        if newest == self._number and not is_whole:
            return False
        # A lower number is another desk under the same name (somebody put one back): what is held was never said on it.
        read = list_reports(self._desk, after=0 if is_whole else self._number)
        if is_whole:
            self._book.clear()
        self._book.put(read)
        self._number, self._is_to_read_whole = newest, False
        return True

    def _tidy_when_due(self, at: datetime) -> None:
        local = at.astimezone(SEOUL)
        hour = (local.date(), local.hour)
        if hour != self._tidied:
            self._tidy(at, local.date())
            self._tidied = hour
        if self._is_log_to_cut:  # somebody read in it when last tried
            self._is_log_to_cut = not cut_log(self._desk)

    def _tidy(self, at: datetime, today: date) -> None:
        with told_as_broken_store(self._home.folder), self._home.lock(LOCK):
            tidy_reports(self._desk, at=at, day=self._key.current_day(today))
        with self._looking:
            self._is_to_read_whole = True  # what was let go must leave memory too
        # Whether or not anything went: an earlier process may have died before it cut the log.
        self._is_log_to_cut = True
