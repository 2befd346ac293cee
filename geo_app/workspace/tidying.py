"""Letting go of what is old on the desk, once an hour, out of the file's log too."""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime

from geo_app.desk.report_tidying import cut_log
from geo_app.desk.store import Desk
from geo_app.domain.calendar import SEOUL

_log = logging.getLogger(__name__)


class HourlyTidying:
    """`tidy(at)` is asked in the first look of each hour of Seoul, and tells whether anything went. Safe between threads."""

    def __init__(self, desk: Desk, what: str, tidy: Callable[[datetime], bool]) -> None:
        self._desk = desk
        self._what = what
        self._tidy = tidy
        self._lock = threading.Lock()
        self._done: tuple[date, int] | None = None
        self._is_log_to_cut = False
        self._is_faulty = False

    def do_when_due(self, at: datetime) -> None:
        """Tidy where this hour has not seen it. Raises what `tidy` raises; it is then due still."""
        local = at.astimezone(SEOUL)
        hour = (local.date(), local.hour)
        with self._lock:
            if hour != self._done:
                self._is_log_to_cut |= self._tidy(at)
                self._done = hour
            if self._is_log_to_cut:  # somebody read in it when last tried
                self._is_log_to_cut = not cut_log(self._desk)

    def look(self, at: datetime) -> None:
        """The same, and never raises: a fault is logged once, by its kind, and tried again at the next look."""
        try:
            self.do_when_due(at)
        except Exception as fault:  # noqa: BLE001 the thread that looks for us must live on to see it mended
            if not self._is_faulty:
                _log.error("%s cannot be tidied: %s", self._what, type(fault).__name__)
            self._is_faulty = True
        else:
            self._is_faulty = False

    def erased(self) -> None:
        """Something was erased just now: the log is cut at once, or at a next look where somebody reads in it."""
        with self._lock:
            self._is_log_to_cut = not cut_log(self._desk)
