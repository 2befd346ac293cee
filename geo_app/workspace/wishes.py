"""The box of wishes: takes them in by the reports' key of the day, and tells how many there are of a place and an hour."""

from collections.abc import Sequence
from datetime import datetime

from geo_app.desk.reports import Filing
from geo_app.desk.store import Desk
from geo_app.desk.wishes import count_wishes, file_wish, tidy_wishes
from geo_app.domain.calendar import SEOUL
from geo_app.domain.wish import WishCount, WishTime, told_count
from geo_app.storage.faults import told_as_broken_store
from geo_app.workspace.day_key import DayKey
from geo_app.workspace.home import Home
from geo_app.workspace.reports import KEY_FILE, LOCK
from geo_app.workspace.tidying import HourlyTidying


class WishBox:
    """Safe between threads and processes. Somebody must `look` at it at least once an hour, so that a day's marks go with the day."""

    def __init__(self, home: Home, desk: Desk) -> None:
        self._home = home
        self._desk = desk
        self._key = DayKey(home.folder / KEY_FILE)
        self._tidying = HourlyTidying(desk, "wishes", self._tidy)

    def add(self, place: str, time: WishTime, *, at: datetime, address: str | None) -> Filing:
        """Take in a wish from that network address, which is not kept. `place` must be of the gazetteer. Raises `BrokenStore`.

        One stands for each reporter, place, hour and day; wishing the same again changes nothing.
        """
        self._tidying.do_when_due(at)
        # As for reports: the lock keeps the key from being destroyed between the making of the tag and its writing.
        with told_as_broken_store(self._home.folder), self._home.lock(LOCK):
            tag = self._key.tag(address, at.astimezone(SEOUL).date())
            return file_wish(self._desk, place, time, at=at, tag=tag.text, day=tag.day)

    def counts(self) -> Sequence[WishCount]:
        """What is wished for, most first, then by place and time; small numbers are not told. Raises `BrokenStore`."""
        told = [WishCount(place, time, told_count(count)) for place, time, count in count_wishes(self._desk)]
        return sorted(told, key=lambda item: (-(item.count or 0), item.place, item.time))

    def look(self, at: datetime) -> None:
        """Let go of what is old. Never raises."""
        self._tidying.look(at)

    def _tidy(self, at: datetime) -> bool:
        with told_as_broken_store(self._home.folder), self._home.lock(LOCK):
            return tidy_wishes(self._desk, at=at, day=self._key.current_day(at.astimezone(SEOUL).date()))
