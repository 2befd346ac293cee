"""Answers of coverage that this worker has given already, and their bytes: by snapshot and question, the least used let go first."""

import gzip
import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, cast

import brotli
from flask import current_app

from geo_app.exports.coverage_query import week_question
from geo_app.planning.coverage import CoverageAnswer, ask_coverage
from geo_app.planning.gaps import GapCause, GapList, RankedGaps, rank_gaps
from geo_app.planning.hosts import ComplexNeed, find_hosts
from geo_app.planning.keeping import Kept, weigh
from geo_app.planning.week import WeekAnswer, ask_week
from geo_app.planning.world import get_world
from geo_app.snapshot.layer import ReadyBytes
from geo_app.snapshot.snapshot import Snapshot
from geo_app.web.coding import GZIP_LEVEL
from geo_app.web.coverage_parameters import Asked

EXTENSION = "geo_app.coverage_answers"
# A worker keeps so much of answers as they are (168 hours of the slider at 0.1 MB each), as they are sent in all codings, and of files.
MOST_ANSWER_BYTES, MOST_SENT_BYTES, MOST_FILE_BYTES = 18_000_000, 20_000_000, 12_000_000
MOST_TAGS = 4_096
# Working out an answer takes some 20 MB for a moment, a file less but seconds. More at once than there are cores only hold more memory.
ANSWERS_AT_ONCE, FILES_AT_ONCE = 3, 2
BROTLI_QUALITY = 4


@dataclass(slots=True)
class _Kept:
    """What was made of a snapshot. The snapshot is not held: another may long have taken its place."""

    snapshot: weakref.ref[Snapshot]
    future: Future[Any]
    weight: int = 0


class KeptValues:
    """Values by (snapshot, key), `most` of weight in all; safe between threads: the first who asks makes it, the others wait for it.

    At most `at_once` are made at a time, so a value must never be made by asking these same values for another.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int], at_once: int | None = None) -> None:
        self._most = most
        self._weigh = weigh
        self._turns = nullcontext() if at_once is None else threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[int, Hashable], _Kept] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    def get(self, snapshot: Snapshot, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of the key, made by `make` where it is not held. Raises what `make` raises, and keeps nothing then."""
        place = (id(snapshot), key)
        with self._lock:
            kept = self._held.get(place)
            is_held = kept is not None and kept.snapshot() is snapshot
            if kept is None or not is_held:
                self._drop(place)
                kept = self._held[place] = _Kept(weakref.ref(snapshot), Future())
            self._held.move_to_end(place)
        if not is_held:
            self._make(place, kept, make)
        return kept.future.result()

    def _make(self, place: tuple[int, Hashable], kept: _Kept, make: Callable[[], Any]) -> None:
        try:
            with self._turns:
                value = make()
        except BaseException as fault:
            with self._lock:
                if self._held.get(place) is kept:
                    self._drop(place)
            kept.future.set_exception(fault)
            raise
        with self._lock:
            kept.weight = self._weigh(value)
            if self._held.get(place) is kept:
                self._weight += kept.weight
                self._make_room()
        kept.future.set_result(value)

    def _make_room(self) -> None:
        for place in [place for place, kept in self._held.items() if kept.snapshot() is None]:
            self._drop(place)
        while self._weight > self._most and self._held:
            self._drop(next(iter(self._held)))

    def _drop(self, place: tuple[int, Hashable]) -> None:
        kept = self._held.pop(place, None)
        self._weight -= 0 if kept is None else kept.weight


class CoverageAnswers:
    """What the planner's doors and page ask, each question once. Make one an app (`get_answers`)."""

    def __init__(self) -> None:
        self._answers = KeptValues(MOST_ANSWER_BYTES, weigh, ANSWERS_AT_ONCE)
        self._ready = KeptValues(MOST_SENT_BYTES, lambda ready: len(ready.data))
        self._files = KeptValues(MOST_FILE_BYTES, lambda ready: len(ready.data), FILES_AT_ONCE)
        self._tags: Kept[str] = Kept(MOST_TAGS)

    def coverage(self, asked: Asked) -> CoverageAnswer:
        """The answer at `at`."""
        make = lambda: ask_coverage(get_world(asked.snapshot), asked.question, asked.edits)  # noqa: E731 a name beside its use
        return cast("CoverageAnswer", self._answers.get(asked.snapshot, ("coverage", asked.question, asked.edits), make))

    def week(self, asked: Asked) -> WeekAnswer:
        """The 168 slices of the week that holds `at`: one answer wherever in the week `at` stands."""
        question = week_question(asked.question)
        make = lambda: ask_week(get_world(asked.snapshot), question, asked.edits)  # noqa: E731
        return cast("WeekAnswer", self._answers.get(asked.snapshot, ("week", question, asked.edits), make))

    def gaps(self, asked: Asked, most: int, cause: GapCause | None = None) -> GapList:
        """The worst gaps of that week, at most so many, of one cause where one is named."""
        question = week_question(asked.question)
        make = lambda: rank_gaps(get_world(asked.snapshot), question, asked.edits)  # noqa: E731
        ranked = cast("RankedGaps", self._answers.get(asked.snapshot, ("gaps", question, asked.edits), make))
        return ranked.worst(most, cause)

    def hosts(self, asked: Asked, min_employees: int) -> tuple[ComplexNeed, ...]:
        """The complexes with at least so many workers that nobody serves at `at`, and who could host a place there."""
        make = lambda: find_hosts(get_world(asked.snapshot), asked.question, min_employees, asked.edits)  # noqa: E731
        key = ("hosts", min_employees, asked.question, asked.edits)
        return cast("tuple[ComplexNeed, ...]", self._answers.get(asked.snapshot, key, make))

    def ready(self, asked: Asked, key: Hashable, coding: str, make: Callable[[], bytes]) -> ReadyBytes:
        """Bytes of the question in a content coding, with their tag. `key` names everything that moves them beside the question."""
        whole = (key, asked.question, asked.edits)
        plain = cast("ReadyBytes", self._ready.get(asked.snapshot, (whole, "identity"), lambda: _tagged(make())))
        if coding == "identity":
            return plain
        return cast("ReadyBytes", self._ready.get(asked.snapshot, (whole, coding), lambda: _tagged(_coded(plain.data, coding))))

    def file(self, asked: Asked, key: Hashable, make: Callable[[], bytes]) -> ReadyBytes:
        """A file of the question's, with its tag; `key` as in `ready`. Raises what `make` raises."""
        whole = (key, asked.question, asked.edits)
        found = cast("ReadyBytes", self._files.get(asked.snapshot, whole, lambda: _tagged(make())))
        self._tags.get(_tag_key(asked, whole), lambda: found.etag)
        return found

    def file_tag(self, asked: Asked, key: Hashable) -> str | None:
        """The tag of that file where it was made before, even if it is kept no longer: equal questions give equal bytes."""
        return self._tags.find(_tag_key(asked, (key, asked.question, asked.edits)))


def get_answers() -> CoverageAnswers:
    """The answers of the app that answers now."""
    return cast("CoverageAnswers", current_app.extensions.setdefault(EXTENSION, CoverageAnswers()))


def _tag_key(asked: Asked, whole: Hashable) -> Hashable:
    # Not the snapshot itself, which must not be held; a backup that was put back may have another revision under the same number.
    return asked.snapshot.number, asked.snapshot.made_at, whole


def _tagged(data: bytes) -> ReadyBytes:
    return ReadyBytes(data, f'"{hashlib.sha256(data).hexdigest()}"')


def _coded(data: bytes, coding: str) -> bytes:
    packed = brotli.compress(data, quality=BROTLI_QUALITY) if coding == "br" else gzip.compress(data, GZIP_LEVEL, mtime=0)
    return bytes(packed)
